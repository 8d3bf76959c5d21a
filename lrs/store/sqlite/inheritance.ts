import { membersOf } from '../../xapi/members.ts';
import type { Statement } from '../../xapi/types.ts';
import { MOST_STEPS } from '../store.ts';
import type { Dictionary } from './dictionary.ts';
import { fromUtf8, MEMBER_KIND } from './encoding.ts';
import type { Database } from './schema.ts';
import { adopt, type Usages, withoutOwner } from './usages.ts';

interface Step {
  position: number;
  text: Uint8Array;
}

/** What a statement inherits, followed anew along what it refers to. For the writer, where a statement was changed or removed. */
export class Inheritance {
  readonly #dictionary: Dictionary;
  readonly #target;

  constructor(database: Database, dictionary: Dictionary) {
    this.#dictionary = dictionary;
    this.#target = database.prepare(
      'SELECT s.position, s.text FROM reference r JOIN statement s ON s.id = r.target WHERE r.source = ?',
    );
  }

  of(position: number): Usages {
    const inherited: Usages = new Map();
    const seen = new Set([position]);
    let target = this.#next(position);
    while (target && !seen.has(target.position) && seen.size <= MOST_STEPS) {
      seen.add(target.position);
      adopt(inherited, withoutOwner(this.ownOf(fromUtf8(target.text))));
      target = this.#next(target.position);
    }
    return inherited;
  }

  /** What a text is found by, by itself. */
  ownOf(text: string): Usages {
    const usages: Usages = new Map();
    for (const { kind, value, usage } of membersOf(JSON.parse(text) as Statement)) {
      usages.set(this.#dictionary.number(MEMBER_KIND[kind], value), usage);
    }
    return usages;
  }

  #next(position: number): Step | undefined {
    return this.#target.get(position) as Step | undefined;
  }
}
