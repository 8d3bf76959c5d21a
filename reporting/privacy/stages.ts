/** How the figures of a unit grow from one horizon to the next (rule 5). */
import { isDeepStrictEqual } from 'node:util';
import type { Contribution, Metric } from '../metrics/metric.ts';
import type { Member, Stage } from './members.ts';
import type { Leaf } from './tree.ts';

/** What a person is counted for: of a cohort, the parcours. */
export const unitOf = (person: string, [, parcours]: Leaf): string => JSON.stringify([person, parcours ?? null]);

/** What is found of a cohort at a horizon. */
export interface Found {
  stages: ReadonlyMap<string, Stage>;
  /** Names of the tallies of which only what holds now counts. */
  latest: ReadonlySet<string>;
}

export const foundIn = (found: readonly Contribution[], { figures }: Pick<Metric, 'figures'>): Found => ({
  stages: new Map(
    found.map(({ person, leaf, values, keys }) => [unitOf(person, leaf), { values, ...(keys && { keys }) }]),
  ),
  latest: new Set(figures.flatMap((spec) => (spec.kind === 'tally' && spec.latest ? [spec.name] : []))),
});

/**
 * The next stage of a member. What was given out is never taken back: a value is not below the one before, a key that
 * counted counts on. Who is not found any more, erased or moved to another period, keeps what they had.
 */
export function grown({ person, leaf, stages }: Member, { stages: found, latest }: Found): Stage {
  const before = stages.at(-1) ?? { values: [] };
  const now = found.get(unitOf(person, leaf));
  if (!now) return before;
  const values = before.values.map((value, place) => Math.max(value, now.values[place] ?? value));
  const keys = keysTogether(before.keys, now.keys, latest);
  const after: Stage = { values, ...(keys && { keys }) };
  return isDeepStrictEqual(before, after) ? before : after;
}

function keysTogether(before: Contribution['keys'], now: Contribution['keys'], latest: ReadonlySet<string>) {
  if (!before || !now) return before ?? now;
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  const all = (name: string) => [...(latest.has(name) ? [] : (before[name] ?? [])), ...(now[name] ?? [])];
  return Object.fromEntries(names.map((name) => [name, [...new Set(all(name))].sort()]));
}
