/**
 * Sets of directions in which somebody has looked at names: what rule 3 of published-cells.md calls nominative perimeters.
 * Noted when they look, for the directory does not know them all: identity providers grant roles for a session, and the tree
 * changes. What was once read by name can be subtracted for ever, so none is removed.
 */
import { hash } from 'node:crypto';
import { type CollectionSpec, put, type Store } from '../../lrs/index.ts';
import { moveFootings } from '../privacy/index.ts';

interface PerimeterRecord {
  /** In order. */
  directions: string[];
  /** Milliseconds since 1970: first look. */
  since: number;
}

export const PERIMETERS: CollectionSpec<PerimeterRecord> = { name: 'reporting.perimeters', indexes: {} };

export class Perimeters {
  readonly #store: Store;
  readonly #noted = new Set<string>();

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * Resolves once it is on disk that somebody sees the names of these directions: what is published from then on is cut for
   * them, and what was published before is known to whoever reads now (published-before.ts).
   */
  async note(directions: Iterable<string>, now: number): Promise<void> {
    const sorted = [...new Set(directions)].sort();
    const id = hash('sha256', JSON.stringify(sorted), 'hex');
    if (this.#noted.has(id)) return;
    if ((await this.#store.collection(PERIMETERS).get(id)) === undefined) {
      const noted = put(PERIMETERS, id, { directions: sorted, since: now });
      await this.#store.commit({ changes: [noted, ...moveFootings(now)] });
    }
    this.#noted.add(id);
  }

  /** All that were ever noted. */
  async all(): Promise<ReadonlySet<string>[]> {
    const found = await this.#store.collection(PERIMETERS).find();
    return found.map(({ value }) => new Set(value.directions));
  }
}
