/** What each provider sent last, and what was made of it: what an administrator needs when a mapping does not fit. */
import { randomInt } from 'node:crypto';
import { type CollectionSpec, put, remove, type Store } from '../../lrs/index.ts';
import type { Mapped } from './mapping.ts';
import type { Arrival } from './provider.ts';

/** One arrival. Names and values of attributes are in it: it is for administrators, and soon overwritten. */
export interface Seen {
  provider: string;
  /** ms since 1970 */
  at: number;
  attributes?: Arrival['attributes'];
  mapped?: Mapped;
  /** Why it was refused. */
  refused?: string;
}

const SEEN: CollectionSpec<Seen> = {
  name: 'sso-seen',
  indexes: { provider: { fields: ['provider', 'at'] }, at: { fields: ['at'] } },
};

/** ms for which what somebody sent is kept. */
const KEPT = 30 * 24 * 60 * 60_000;

/** How many are kept for each provider and outcome, and how much of what it sent. */
const PLACES = 8;
const MOST_ATTRIBUTES = 60;
const MOST_VALUES = 20;
const LONGEST_VALUE = 200;

/** ms between two notes of refusals: whoever sends nonsense must not keep the store busy. */
const REFUSAL_EVERY = 1_000;

export class SeenArrivals {
  readonly #store: Store;
  readonly #lastRefusal = new Map<string, number>();

  constructor(store: Store) {
    this.#store = store;
  }

  async accepted(provider: string, arrival: Arrival, mapped: Mapped): Promise<void> {
    const place = `${provider}:accepted:${randomInt(PLACES)}`;
    const seen: Seen = { provider, at: Date.now(), attributes: shortened(arrival.attributes), mapped };
    await this.#store.commit({ changes: [put(SEEN, place, seen)] });
  }

  async refused(provider: string, reason: string): Promise<void> {
    const at = Date.now();
    if (at - (this.#lastRefusal.get(provider) ?? 0) < REFUSAL_EVERY) return;
    this.#lastRefusal.set(provider, at);
    const place = `${provider}:refused:${randomInt(PLACES)}`;
    await this.#store.commit({ changes: [put(SEEN, place, { provider, at, refused: reason })] });
  }

  /** Forgets what is older than a month. */
  async sweep(): Promise<void> {
    const old = await this.#store.collection(SEEN).find({ index: 'at', to: Date.now() - KEPT });
    if (old.length > 0) await this.#store.commit({ changes: old.map(({ id }) => remove(SEEN, id)) });
  }

  /** The latest first. */
  async last(provider: string): Promise<Seen[]> {
    const found = await this.#store.collection(SEEN).find({ index: 'provider', equals: [provider], descending: true });
    return found.map(({ value }) => value);
  }
}

function shortened(attributes: Arrival['attributes']): Arrival['attributes'] {
  const entries = Object.entries(attributes).slice(0, MOST_ATTRIBUTES);
  return Object.fromEntries(
    entries.map(([name, values]) => [
      name.slice(0, LONGEST_VALUE),
      values.slice(0, MOST_VALUES).map((value) => value.slice(0, LONGEST_VALUE)),
    ]),
  );
}
