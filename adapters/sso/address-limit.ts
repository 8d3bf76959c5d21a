/** What one address may do in a minute before it is not listened to for the rest of it. */
import type { Request } from 'express';
import { ipKeyGenerator } from 'express-rate-limit';
import { LivretError, type Store } from '../../lrs/index.ts';

/** ms */
const WINDOW = 60_000;

/** Messages handed in (by POST) and refused: one costs more to check than to send. Hardly any of a ministry's is. */
export const MOST_REFUSALS = 300;

/** Logins that were begun: each is kept for a quarter of an hour. 33,000 agents behind one address come within half an hour. */
export const MOST_BEGUN = 1_200;

/** Counts by address, over all processes of the store. */
export class AddressLimit {
  readonly #counters: Store['counters'];
  readonly #what: string;
  readonly #most: number;

  /** `what` names the counter. */
  constructor(counters: Store['counters'], what: string, most: number) {
    this.#counters = counters;
    this.#what = what;
    this.#most = most;
  }

  /** Rejects `request.rate` once there were too many. */
  async check(request: Request): Promise<void> {
    const counted = await this.#counters.get(this.#nameFor(request));
    if (!counted || counted.hits < this.#most) return;
    const retryAfter = Math.max(1, Math.ceil((counted.resets - Date.now()) / 1000));
    throw new LivretError('request.rate', { detail: 'Too many logins from this address.', retryAfter });
  }

  async count(request: Request): Promise<void> {
    await this.#counters.add(this.#nameFor(request), WINDOW);
  }

  #nameFor({ ip }: Request): string {
    return `${this.#what} ${ip === undefined ? 'unknown' : ipKeyGenerator(ip)}`;
  }
}
