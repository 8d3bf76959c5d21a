/** The leaves of a publication by what stands in each dimension: a ministry has tens of thousands, and a question is about few. */
import { DIMENSIONS, type Dimension, valueIn } from './dimensions.ts';
import type { Leaf } from './tree.ts';

/** What has one of these in each of the dimensions that are named; '' is nothing there. */
export type Region = Partial<Record<Dimension, ReadonlySet<string>>>;

const layouts = new WeakMap<readonly Leaf[], Layout>();

export class Layout {
  readonly #leaves: readonly Leaf[];
  readonly #places: Readonly<Record<Dimension, Map<string, number[]>>>;

  /** Made once for the same array. */
  static of(leaves: readonly Leaf[]): Layout {
    const known = layouts.get(leaves) ?? new Layout(leaves);
    layouts.set(leaves, known);
    return known;
  }

  private constructor(leaves: readonly Leaf[]) {
    this.#leaves = leaves;
    this.#places = { direction: new Map(), parcours: new Map(), service: new Map(), site: new Map() };
    for (const [place, leaf] of leaves.entries()) {
      for (const dimension of DIMENSIONS) {
        const value = valueIn(leaf, dimension) ?? '';
        const known = this.#places[dimension].get(value);
        if (known) known.push(place);
        else this.#places[dimension].set(value, [place]);
      }
    }
  }

  /** Places of the leaves in a region. */
  *within(region: Region): Generator<number> {
    const sizeOf = ([dimension, values]: [Dimension, ReadonlySet<string>]): number =>
      [...values].reduce((size, value) => size + (this.#places[dimension].get(value)?.length ?? 0), 0);
    // The dimension that leaves the fewest is gone through; the others are looked at.
    const [first, ...others] = DIMENSIONS.flatMap((dimension): [Dimension, ReadonlySet<string>][] => {
      const values = region[dimension];
      return values ? [[dimension, values]] : [];
    }).sort((a, b) => sizeOf(a) - sizeOf(b));
    if (!first) {
      yield* this.#leaves.keys();
      return;
    }
    const [dimension, values] = first;
    for (const value of values) {
      for (const place of this.#places[dimension].get(value) ?? []) {
        const leaf = this.#leaves[place];
        if (leaf && others.every(([other, wanted]) => wanted.has(valueIn(leaf, other) ?? ''))) yield place;
      }
    }
  }

  /** Whether a region holds so many leaves. */
  holds(region: Region, count: number): boolean {
    let found = 0;
    for (const _place of this.within(region)) if (++found > count) return false;
    return found === count;
  }
}
