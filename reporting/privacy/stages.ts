/** How the figures of a unit grow from one horizon to the next (rule 5). */
import { isDeepStrictEqual } from 'node:util';
import type { Contribution } from '../metrics/metric.ts';
import type { Member, Stage } from './members.ts';
import type { Leaf } from './tree.ts';

/** What a person is counted for: of a cohort, the parcours. */
export const unitOf = (person: string, [, parcours]: Leaf): string => JSON.stringify([person, parcours ?? null]);

/** What is found of a cohort at a horizon, by unit. */
export type Found = ReadonlyMap<string, Stage>;

export const foundIn = (found: readonly Contribution[]): Found =>
  new Map(found.map(({ person, leaf, values, keys }) => [unitOf(person, leaf), { values, ...(keys && { keys }) }]));

/**
 * The next stage of a member. What was given out is never taken back: a value is not below the one before, a key that
 * counted counts on. Who is not found any more, erased or moved to another period, keeps what they had.
 */
export function grown({ person, leaf, stages }: Member, found: Found): Stage {
  const before = stages.at(-1) ?? { values: [] };
  const now = found.get(unitOf(person, leaf));
  if (!now) return before;
  const values = before.values.map((value, place) => Math.max(value, now.values[place] ?? value));
  const keys = keysTogether(before.keys, now.keys);
  const after: Stage = { values, ...(keys && { keys }) };
  return isDeepStrictEqual(before, after) ? before : after;
}

function keysTogether(before: Contribution['keys'], now: Contribution['keys']) {
  if (!before || !now) return before ?? now;
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  const all = (name: string) => [...(before[name] ?? []), ...(now[name] ?? [])];
  return Object.fromEntries(names.map((name) => [name, [...new Set(all(name))].sort()]));
}
