/** How far catching up with the store is. */
import type { Tell } from '../../web/index.ts';

export interface Progress {
  /** Statements taken in. */
  taken: number;
  /** Statements there are, as the store counted them. */
  total: number;
}

/** ms between two lines of the log. */
const EVERY = 10_000;

/** Gives a function that writes a line now and then, the first one soon. */
export function createTeller(tell: Tell): (progress: Progress) => void {
  let told = Number.NEGATIVE_INFINITY;
  return ({ taken, total }) => {
    if (performance.now() - told < EVERY) return;
    told = performance.now();
    tell('the reports are catching up with the store', { taken, total });
  };
}
