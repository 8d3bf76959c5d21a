/** How a transfer is getting on. */

export interface Progress {
  lines: number;
  perSecond: number;
  /** Of the source, 0 to 1; null when its size is not known. */
  share: number | null;
  secondsLeft: number | null;
}

/** ms between two reports. */
const EVERY = 500;

/** Gives a function that says how far it is, but at most twice a second; undefined in between. */
export function createProgress(totalBytes: number | undefined): (lines: number, bytes: number) => Progress | undefined {
  const start = performance.now();
  let last = start;
  return (lines, bytes) => {
    const now = performance.now();
    if (now - last < EVERY) return undefined;
    last = now;
    const seconds = (now - start) / 1000;
    const share = totalBytes === undefined || totalBytes <= 0 ? null : Math.min(1, bytes / totalBytes);
    const secondsLeft = share === null || share === 0 ? null : Math.ceil((seconds * (1 - share)) / share);
    return { lines, perSecond: Math.round(lines / seconds), share, secondsLeft };
  };
}
