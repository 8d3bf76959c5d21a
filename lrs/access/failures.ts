/** Failed logins are counted by where they come from, so that a weak LIVRET_SECRET cannot be guessed at full speed. */
import { ipKeyGenerator } from 'express-rate-limit';
import { LivretError } from '../errors.ts';
import type { Counters } from '../store/store.ts';

const WINDOW = 60_000;

/**
 * A whole ministry may sit behind one address: what one wrongly configured player does must not shut the others out.
 * So the limit is counted for each name at an address, and an address as a whole is given this many times more.
 */
const NAMES_PER_ADDRESS = 20;

/** Counts failures in windows of a minute; `limit` a minute for one name at one address, 0 counts nothing. */
export class FailedLogins {
  readonly #counters: Counters;
  readonly #limit: number;
  #failed = 0;
  #refused = 0;

  constructor(counters: Counters, limit: number) {
    this.#counters = counters;
    this.#limit = limit;
  }

  /** Logins that failed since the start. */
  get failed(): number {
    return this.#failed;
  }

  /** Those that were not even looked at, since too many had failed before. */
  get refused(): number {
    return this.#refused;
  }

  /** Rejects `request.rate` once too many failed. */
  async check(address: string, name: string): Promise<void> {
    if (this.#limit === 0) return;
    for (const [key, limit] of this.#limits(address, name)) {
      const counted = await this.#counters.get(key);
      if (!counted || counted.hits < limit) continue;
      this.#refused++;
      const retryAfter = Math.max(1, Math.ceil((counted.resets - Date.now()) / 1000));
      throw new LivretError('request.rate', { detail: 'Too many failed logins.', retryAfter });
    }
  }

  async count(address: string, name: string): Promise<void> {
    this.#failed++;
    if (this.#limit === 0) return;
    for (const [key] of this.#limits(address, name)) await this.#counters.add(key, WINDOW);
  }

  #limits(address: string, name: string): [string, number][] {
    const from = ipKeyGenerator(address);
    return [
      [`login ${from} ${name.slice(0, 100)}`, this.#limit],
      [`login ${from}`, this.#limit * NAMES_PER_ADDRESS],
    ];
  }
}
