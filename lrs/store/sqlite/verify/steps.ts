import { LRUCache } from 'lru-cache';
import type { Member } from '../../../xapi/types.ts';
import type { Step } from '../../verify/reach.ts';
import { readText } from '../../verify/text.ts';
import { MEMBER_KIND, utf8, uuidBytes } from '../encoding.ts';
import type { Database } from '../schema.ts';

const REMEMBERED_MEMBERS = 200_000;
const REMEMBERED_STEPS = 10_000;

/** Statements by id, with the numbers of their members as the dictionary has them. */
export class Steps {
  readonly #text;
  readonly #number;
  readonly #numbers = new LRUCache<string, number>({ max: REMEMBERED_MEMBERS });
  readonly #known = new LRUCache<string, Step<number>>({ max: REMEMBERED_STEPS });

  constructor(database: Database) {
    this.#text = database.prepare('SELECT text FROM statement WHERE id = ?');
    this.#number = database.prepare('SELECT id FROM member WHERE kind = ? AND value = ?');
  }

  get(id: string): Step<number> | undefined {
    const known = this.#known.get(id);
    if (known) return known;
    const row = this.#text.get(uuidBytes(id)) as { text: Uint8Array } | undefined;
    const read = row && readText({ id, text: row.text, hasTimestamp: false, voids: false }).found;
    if (!read) return undefined;
    const step = { own: this.usagesOf(read.members).usages, refersTo: read.refersTo };
    this.#known.set(id, step);
    return step;
  }

  /** Numbers of members, and how many have none. */
  usagesOf(members: readonly Member[]): { usages: Map<number, number>; unknown: number } {
    const usages = new Map<number, number>();
    let unknown = 0;
    for (const { kind, value, usage } of members) {
      const number = this.numberOf(MEMBER_KIND[kind], value);
      if (number === undefined) unknown++;
      else usages.set(number, usage);
    }
    return { usages, unknown };
  }

  /** A member's number, if the dictionary has it. */
  numberOf(kind: number, value: string): number | undefined {
    const key = `${kind}${value}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const row = this.#number.get(kind, utf8(value)) as { id: number } | undefined;
    if (row) this.#numbers.set(key, row.id);
    return row?.id;
  }
}
