import { setTimeout as wait } from 'node:timers/promises';
import { HEADERS } from '../cli/requests.ts';

/** Follows the feed over HTTP from its start, going on after its last cursor whatever becomes of the server. */
export class FeedReader {
  /** Ids of statements, in the order in which they came. */
  readonly ids: string[] = [];
  readonly #url: string;
  #cursor = '';
  #over = false;
  readonly #following: Promise<void>;

  constructor(url: string) {
    this.#url = url;
    this.#following = this.#follow();
  }

  /** Reads to the present end, and no further. */
  async end(): Promise<void> {
    this.#over = true;
    await this.#following;
    while (await this.#readOn()) await wait(50);
  }

  async #follow(): Promise<void> {
    for (; !this.#over; await wait(100)) await this.#readOn().catch(() => undefined);
  }

  /** Whether there was something. */
  async #readOn(): Promise<boolean> {
    const after = this.#cursor === '' ? '' : `?after=${encodeURIComponent(this.#cursor)}`;
    const response = await fetch(`${this.#url}/feed${after}`, { headers: HEADERS });
    if (response.status !== 200) throw new Error(`The feed answers ${response.status}.`);
    const lines = (await response.text()).split('\n').filter((line) => line !== '');
    const entries = lines.map((line) => JSON.parse(line));
    const statements = entries.filter(({ kind }) => kind === 'statement');
    this.ids.push(...statements.map(({ statement }) => statement.id));
    this.#cursor = entries.at(-1)?.cursor ?? this.#cursor;
    return statements.length > 0;
  }
}
