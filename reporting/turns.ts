/** So many at once, so many waiting; whoever comes then is sent away. */
import { LivretError } from '../lrs/index.ts';

/** Seconds after which whoever is sent away may come again. */
const COME_AGAIN = 5;

export class Turns {
  readonly #most: { atOnce: number; waiting: number };
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(most: { atOnce: number; waiting: number }) {
    this.#most = most;
  }

  /**
   * Waits for a turn and gives what ends it, to be called once. Rejects `sql.busy` where too many wait, `request.aborted`
   * by the signal.
   */
  async take(signal?: AbortSignal): Promise<() => void> {
    if (this.#running >= this.#most.atOnce) await this.#wait(signal);
    else this.#running++;
    return () => {
      // A turn is handed on; only without anybody to take it are there fewer.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running--;
    };
  }

  #wait(signal: AbortSignal | undefined): Promise<void> {
    if (this.#waiting.length >= this.#most.waiting) throw new LivretError('sql.busy', { retryAfter: COME_AGAIN });
    return new Promise((resolve, reject) => {
      const go = (): void => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(go), 1);
        reject(new LivretError('request.aborted'));
      };
      this.#waiting.push(go);
      if (signal?.aborted) leave();
      else signal?.addEventListener('abort', leave, { once: true });
    });
  }
}
