/** What tells one version of an atom from another: whoever subtracts them learns exactly about that (rule 8). */
import type { Metric } from '../metrics/metric.ts';
import { unnamedIn } from './atoms.ts';
import { groupBy } from './group-by.ts';
import { type Member, peopleOf } from './members.ts';
import { unitOf } from './stages.ts';

/**
 * By horizon, the units that have other values there in the one than in the other, or are in one only. Each horizon is given
 * out by itself, so that many changes at one do not hide few at another.
 */
export function changedUnits(before: readonly Member[], now: readonly Member[]): Member[][] {
  // All members of a publication have a stage for each of its horizons.
  const horizons = (now[0] ?? before[0])?.stages.length ?? 0;
  return Array.from({ length: horizons }, (_, horizon) => changedAt(horizon, before, now));
}

function changedAt(horizon: number, before: readonly Member[], now: readonly Member[]): Member[] {
  const [old, current] = [before, now].map((members) => new Set(members.map((member) => textOf(member, horizon))));
  const gone = before.filter((member) => !current?.has(textOf(member, horizon)));
  return [...gone, ...now.filter((member) => !old?.has(textOf(member, horizon)))];
}

/** Whatever of a unit is in a figure of the atom: where in it the unit stands is not. */
const textOf = ({ person, leaf, stages }: Member, horizon: number): string =>
  JSON.stringify([unitOf(person, leaf), stages[horizon]]);

/**
 * The changed by the key that each of them might have in a tally, and those who might have none: a count by key tells of the
 * first alone, and what is left of a count of all of the others.
 */
export function changedByKey(
  changed: readonly Member[],
  horizon: number,
  { figures }: Pick<Metric, 'figures'>,
): Member[][] {
  return figures.flatMap((spec) => {
    const { among } = spec.kind === 'tally' ? spec : {};
    if (among === undefined) return [];
    const keyed = changed.flatMap((member) => {
      const keys = member.stages[horizon]?.keys?.[among] ?? [];
      return keys.length === 0 ? [{ key: '', member }] : keys.map((key) => ({ key, member }));
    });
    return [...groupBy(keyed, ({ key }) => key).values()].map((own) => own.map(({ member }) => member));
  });
}

/** Whether a correspondent who knows all names in a perimeter finds out about many of the changed outside of it, or nobody. */
export function hidesChange(changed: readonly Member[], perimeter: ReadonlySet<string>, minimum: number): boolean {
  const [inside, outside] = [true, false].map((within) =>
    peopleOf(changed.filter(({ leaf: [direction] }) => perimeter.has(direction) === within)),
  );
  return !inside || !outside || outside.size === 0 || unnamedIn(outside, inside) >= minimum;
}
