/** Sums as short texts: names of figures and modules once, and numbers for them. */
import type { Part, Sums } from './sums.ts';

/** A tally is a list in a list: each of its keys by its place, followed by its count. */
type EncodedPart = number | number[] | [number[]];
export type EncodedSums = [units: number, shown: number, parts: [name: number, part: EncodedPart][]];

/** The names that some sums are made of. */
export class Names {
  readonly list: string[] = [];
  readonly #places = new Map<string, number>();

  place(name: string): number {
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    this.#places.set(name, this.list.length);
    return this.list.push(name) - 1;
  }
}

export function encodeSums({ units, shown, parts }: Sums, names: Names): EncodedSums {
  const encoded = Object.entries(parts).map(([name, part]): [number, EncodedPart] => [
    names.place(name),
    typeof part === 'number' || Array.isArray(part)
      ? part
      : [Object.entries(part).flatMap(([key, count]) => [names.place(key), count])],
  ]);
  return [units, shown, encoded];
}

export function decodeSums([units, shown, parts]: EncodedSums, names: readonly string[]): Sums {
  const decoded: Record<string, Part> = {};
  for (const [name, part] of parts) decoded[names[name] ?? ''] = decodePart(part, names);
  return { units, shown, parts: decoded };
}

function decodePart(part: EncodedPart, names: readonly string[]): Part {
  if (typeof part === 'number') return part;
  const [first] = part;
  if (!Array.isArray(first)) return part as number[];
  const tally: Record<string, number> = {};
  for (let place = 0; place < first.length; place += 2) tally[names[first[place] ?? -1] ?? ''] = first[place + 1] ?? 0;
  return tally;
}
