/** Runs work once a burst of calls has settled, so that a busy store is read in large pages and not statement by statement. */

export interface Settling {
  call(): void;
  stop(): void;
}

/** `work` runs `quiet` ms after the last call, or `longest` ms after the first one of a burst that does not end. */
export function settle(work: () => void, { quiet, longest }: { quiet: number; longest: number }): Settling {
  let timer: NodeJS.Timeout | undefined;
  let first = 0;
  function run(): void {
    timer = undefined;
    work();
  }
  return {
    call() {
      const now = performance.now();
      if (timer === undefined) first = now;
      clearTimeout(timer);
      timer = setTimeout(run, Math.max(0, Math.min(quiet, first + longest - now))).unref();
    },
    stop: () => clearTimeout(timer),
  };
}
