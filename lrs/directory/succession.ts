/** Directions that merge, split or are renamed: which became which, and what that says of earlier times. Pure. */
import { LivretError } from '../errors.ts';

/**
 * On a civil day `from` became `to`, all of it. A merge: A and B → C. A rename: A → B. A split: A → B and C. Whoever goes
 * on stands on both sides: A and B → B where B took A in, A → A and B where B came out of A.
 */
export interface Succession {
  /** Names of directions. */
  from: readonly string[];
  to: readonly string[];
  /** First day of what came after, YYYY-MM-DD. */
  day: string;
}

const byDay = (a: Succession, b: Succession): number => (a.day < b.day ? -1 : Number(a.day > b.day));

const mentioned = ({ from, to }: Succession): string[] => [...new Set([...from, ...to])];

const refused = (detail: string): LivretError => new LivretError('direction.succession', { detail });

/** Throws `direction.succession` where these cannot all be true. */
export function requireConsistent(successions: readonly Succession[]): void {
  const ordered = successions.toSorted(byDay);
  /** What is known of a direction: the day it ended, or undefined where it goes on. */
  const ended = new Map<string, string | undefined>();
  const last = new Map<string, string>();
  for (const succession of ordered) {
    const { from, to, day } = succession;
    for (const name of mentioned(succession)) {
      if (last.get(name) === day) throw refused(`“${name}” is in two changes of ${day}: record them as one.`);
      last.set(name, day);
    }
    for (const name of from) {
      const end = ended.get(name);
      if (end !== undefined) throw refused(`“${name}” ended on ${end}.`);
    }
    for (const name of to.filter((each) => !from.includes(each))) {
      const goesOn = ended.has(name) && ended.get(name) === undefined;
      if (goesOn) throw refused(`“${name}” was there before ${day} and goes on: name it with --from too.`);
    }
    for (const name of from) ended.set(name, to.includes(name) ? undefined : day);
    for (const name of to) ended.set(name, undefined);
  }
}

export interface Predecessors {
  /**
   * same: these very directions. succeeded: `directions`, which went into them wholly, each of them. over: one of these
   * ended in the earliest change of `through`, and whoever still counts under its name is what was not moved; nobody can
   * say which part. split: nobody can say, since a direction they came from went elsewhere in part.
   */
  kind: 'same' | 'succeeded' | 'over' | 'split';
  /** Whose figures then, added up, are to be compared with theirs now; empty where it is over or split. */
  directions: string[];
  /** The changes in between that concern them, the latest first. */
  through: Succession[];
}

/**
 * What some directions, taken together as they are on `asOf` (a civil day; by default after every change), were made of
 * on an earlier day. A figure is never split: B that came out of A with C had none of its own before; B and C together
 * had A's.
 */
export function predecessorsOf(
  successions: readonly Succession[],
  directions: readonly string[],
  day: string,
  asOf = '9999-12-31',
): Predecessors {
  const between = successions.filter((each) => each.day > day && each.day <= asOf).toSorted(byDay);
  let names = new Set(directions);
  const through: Succession[] = [];
  for (const succession of between.toReversed()) {
    const { from, to } = succession;
    if (!mentioned(succession).some((name) => names.has(name))) continue;
    through.push(succession);
    // With all that came of it, whoever still counts under the old name is part of the whole.
    const isWhole = mentioned(succession).every((name) => names.has(name));
    const isOver = !isWhole && from.some((name) => names.has(name) && !to.includes(name));
    if (isOver) return { kind: 'over', directions: [], through };
    if (!to.every((name) => names.has(name))) return { kind: 'split', directions: [], through };
    names = new Set([...[...names].filter((name) => !to.includes(name)), ...from]);
  }
  return { kind: through.length === 0 ? 'same' : 'succeeded', directions: [...names].sort(), through };
}

/** The last change at or before a civil day that a direction took part in: what was counted of it before says nothing of it any more. */
export const lastChangeOf = (
  successions: readonly Succession[],
  direction: string,
  day: string,
): Succession | undefined =>
  successions
    .filter((each) => each.day <= day && mentioned(each).includes(direction))
    .toSorted(byDay)
    .at(-1);
