/** What looks like chance, and is the same for the same seed. */

export interface Chance {
  /** From 0 up to 1. */
  next(): number;
  /** True this often. */
  happens(probability: number): boolean;
  /** A whole number from `from` up to `to`, which it is not. */
  between(from: number, to: number): number;
}

/** mulberry32. */
export function chance(seed: number): Chance {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    happens: (probability) => next() < probability,
    between: (from, to) => from + Math.floor(next() * (to - from)),
  };
}

/** A chance of its own for what these words name: what is drawn elsewhere does not change it. FNV-1a. */
export function chanceOf(...parts: readonly (string | number)[]): Chance {
  let hash = 0x811c9dc5;
  for (const letter of parts.join('|')) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return chance(hash);
}

/** One of a list. Throws RangeError where it is empty. */
export function pick<T>({ between }: Chance, list: readonly T[]): T {
  const found = list[between(0, list.length)];
  if (found === undefined) throw new RangeError('There is nothing to pick from.');
  return found;
}
