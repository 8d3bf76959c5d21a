/** What a page has shown that an import would do, until it is confirmed: by whom it was shown to, once, and soon. */
import { randomBytes } from 'node:crypto';
import { type CollectionSpec, hasCode, put, remove, type Store } from '../../../lrs/index.ts';

/** What somebody was shown. */
export interface Shown {
  /** Name of the blob that holds the file. */
  blob: string;
  /** Who looks: nobody else confirms it. */
  by: string;
  /** It was said to hold everybody. */
  complete: boolean;
  /** How many would leave by that. */
  left: number;
}

interface StoredPreview extends Shown {
  /** ms since 1970 */
  expires: number;
}

const PREVIEWS: CollectionSpec<StoredPreview> = {
  name: 'import-previews',
  indexes: { expires: { fields: ['expires'] } },
};

/** ms: time to read it. The blob is not referred to, and stays a day at least. */
const TERM = 15 * 60_000;

const SWEPT_AT_ONCE = 1000;

export class Previews {
  readonly #store: Store;
  readonly #now: () => number;

  constructor(store: Store, now: () => number = Date.now) {
    this.#store = store;
    this.#now = now;
  }

  /** Keeps one; gives the id to confirm it by, which cannot be guessed. */
  async make(shown: Shown): Promise<string> {
    const id = randomBytes(20).toString('hex');
    const value = { ...shown, expires: this.#now() + TERM };
    await this.#store.commit({ changes: [put(PREVIEWS, id, value, { expect: 'absent' })] });
    return id;
  }

  /** Uses one up; undefined where it is somebody else's, over, used already, or never was. */
  async take(id: string, by: string): Promise<Shown | undefined> {
    const found = await this.#store.collection(PREVIEWS).get(id);
    if (found?.value.by !== by || this.#now() >= found.value.expires) return undefined;
    try {
      await this.#store.commit({ changes: [remove(PREVIEWS, id, { expect: found.version })] });
    } catch (error) {
      if (hasCode(error, 'collection.conflict')) return undefined;
      throw error;
    }
    return found.value;
  }

  /** How many wait, those that are over included. */
  async count(): Promise<number> {
    return this.#store.collection(PREVIEWS).count();
  }

  /** Removes those that are over. */
  async sweep(): Promise<void> {
    for (let gone = SWEPT_AT_ONCE; gone === SWEPT_AT_ONCE; ) {
      const query = { index: 'expires', to: this.#now() + 1, limit: SWEPT_AT_ONCE };
      const over = await this.#store.collection(PREVIEWS).find(query);
      if (over.length > 0) await this.#store.commit({ changes: over.map(({ id }) => remove(PREVIEWS, id)) });
      gone = over.length;
    }
  }
}
