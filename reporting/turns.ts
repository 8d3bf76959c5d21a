/** So many at once, so many waiting, and of each of them one's share; whoever comes then is sent away. */
import { type ErrorCode, LivretError } from '../lrs/index.ts';

/** Seconds after which whoever is sent away may come again. */
const COME_AGAIN = 5;

export interface Most {
  /** The refusal of whoever is sent away, a 503. */
  busy: ErrorCode;
  atOnce: number;
  waiting: number;
  /** Of one asker: nobody can take all there is. Without it there is no share. */
  each?: { atOnce: number; waiting: number };
}

interface Waiter {
  by: string;
  go(): void;
}

export class Turns {
  readonly #most: Required<Most>;
  readonly #running: string[] = [];
  #waiting: Waiter[] = [];

  constructor(most: Most) {
    this.#most = { each: most, ...most };
  }

  /**
   * Waits for a turn of this asker and gives what ends it, to be called once. Rejects `busy` where too many wait,
   * all in all or of this asker, `request.aborted` by the signal.
   */
  async take(by = '', signal?: AbortSignal): Promise<() => void> {
    if (this.#mayRun(by)) this.#running.push(by);
    else await this.#wait(by, signal);
    return () => {
      this.#running.splice(this.#running.indexOf(by), 1);
      this.#next();
    };
  }

  #mayRun(by: string): boolean {
    const { atOnce, each } = this.#most;
    return this.#running.length < atOnce && count(this.#running, by) < each.atOnce;
  }

  /** The first of those who wait whose share is not used up. */
  #next(): void {
    const next = this.#waiting.find((each) => this.#mayRun(each.by));
    if (!next) return;
    this.#waiting = this.#waiting.filter((each) => each !== next);
    this.#running.push(next.by);
    next.go();
  }

  #wait(by: string, signal: AbortSignal | undefined): Promise<void> {
    const { busy, waiting, each } = this.#most;
    const own = this.#waiting.filter((waiter) => waiter.by === by).length;
    if (this.#waiting.length >= waiting || own >= each.waiting) {
      throw new LivretError(busy, { retryAfter: COME_AGAIN });
    }
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        by,
        go() {
          signal?.removeEventListener('abort', leave);
          resolve();
        },
      };
      const leave = (): void => {
        this.#waiting = this.#waiting.filter((other) => other !== waiter);
        reject(new LivretError('request.aborted'));
      };
      this.#waiting.push(waiter);
      if (signal?.aborted) leave();
      else signal?.addEventListener('abort', leave, { once: true });
    });
  }
}

const count = (all: readonly string[], one: string): number => all.filter((each) => each === one).length;
