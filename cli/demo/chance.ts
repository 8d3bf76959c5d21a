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
