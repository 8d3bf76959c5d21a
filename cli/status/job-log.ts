/** What became of the jobs in this process, for the status page. */
import type { Watch } from '../observe/watch.ts';

export interface JobRun {
  /** ms since 1970 when its last run here ended, and how long it took (ms). */
  ended: number;
  took: number;
  failed: boolean;
}

/** Watches jobs; of each it keeps the last run. */
export class JobLog implements Watch {
  readonly #runs = new Map<string, JobRun>();

  /** Called around each turn. One in which another process held the lease is no run. */
  async job(name: string, work: () => Promise<boolean>): Promise<boolean> {
    const began = Date.now();
    const note = (failed: boolean): void => {
      const ended = Date.now();
      this.#runs.set(name, { ended, took: ended - began, failed });
    };
    try {
      const ran = await work();
      if (ran) note(false);
      return ran;
    } catch (error) {
      note(true);
      throw error;
    }
  }

  last(name: string): JobRun | undefined {
    return this.#runs.get(name);
  }
}
