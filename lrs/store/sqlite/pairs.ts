/**
 * Verb and activity together: two frequent filters that seldom meet would walk the whole index. A statement that refers
 * to others is under a mark instead, since what it inherits combines freely.
 */
import { type Member, type MemberKind, Usage } from '../../xapi/types.ts';
import type { Dictionary } from './dictionary.ts';
import { MEMBER_KIND } from './encoding.ts';
import type { Database } from './schema.ts';

/** Numbers of a verb and an activity; no member has number 0. */
export type Pair = readonly [verb: number, activity: number];

export const REFERRING: Pair = [0, 0];

/** What a statement stands under. `numberOf`: the dictionary's. */
export function pairsOf(
  members: readonly Member[],
  refers: boolean,
  numberOf: (kind: number, value: string) => number | undefined,
): Pair[] {
  if (refers) return [REFERRING];
  const direct = (kind: MemberKind): number[] =>
    members
      .filter((member) => member.kind === kind && member.usage & Usage.DIRECT)
      .flatMap(({ value }) => numberOf(MEMBER_KIND[kind], value) ?? []);
  const activities = direct('activity');
  return activities.length === 0 ? [] : direct('verb').flatMap((verb) => activities.map((each): Pair => [verb, each]));
}

export class PairWriter {
  readonly #insert;
  readonly #delete;
  readonly #dictionary: Dictionary;

  constructor(database: Database, dictionary: Dictionary) {
    this.#insert = database.prepare('INSERT INTO pair (verb, activity, position) VALUES (?, ?, ?)');
    this.#delete = database.prepare('DELETE FROM pair WHERE verb = ? AND activity = ? AND position = ?');
    this.#dictionary = dictionary;
  }

  insert(position: number, members: readonly Member[], refers: boolean): void {
    for (const pair of this.#of(members, refers)) this.#insert.run(...pair, position);
  }

  remove(position: number, members: readonly Member[], refers: boolean): void {
    for (const pair of this.#of(members, refers)) this.#delete.run(...pair, position);
  }

  #of(members: readonly Member[], refers: boolean): Pair[] {
    return pairsOf(members, refers, (kind, value) => this.#dictionary.number(kind, value));
  }
}
