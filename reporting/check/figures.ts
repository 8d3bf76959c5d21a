/** What the metrics find, person by person, against their recount: for a period and a slice of people. */
import { METRICS } from '../metrics/index.ts';
import type { Contribution, FigureSpec, Metric } from '../metrics/metric.ts';
import type { Period } from '../periods/period.ts';
import type { Query } from '../projection/database.ts';
import type { ReportingSettings } from '../settings.ts';
import { type Findings, isSame } from './differences.ts';
import { enrolmentUnits } from './recount/completion.ts';
import { RECOUNTED_KEYS, RECOUNTS } from './recount/index.ts';
import { placeIn, type RecountPeople, type RecountPerson } from './recount/types.ts';
import type { Slices } from './slices.ts';

/** A unit that counts: a person, or a person in a parcours. */
export type Unit = Omit<Contribution, 'person'>;

/** By metric and person. */
export type Units = Map<string, Map<string, Unit[]>>;

type Line = [
  metric: string,
  person: string,
  leaf: Contribution['leaf'],
  values: readonly number[],
  keys?: Contribution['keys'],
];

/** Writes what the metric gives of everybody to the slices, under a kind of lines. */
export async function writeUnits(
  slices: Slices,
  kind: string,
  metric: string,
  contributions: readonly Contribution[],
  breathe: () => Promise<void>,
): Promise<void> {
  for (const { person, leaf, values, keys } of contributions) {
    await breathe();
    const line: Line = keys ? [metric, person, leaf, values, keys] : [metric, person, leaf, values];
    await slices.add(kind, slices.of(person), line);
  }
}

export async function readUnits(slices: Slices, kind: string, slice: number): Promise<Units> {
  const units: Units = new Map();
  for await (const read of slices.read(kind, slice)) {
    const [metric, person, leaf, values, keys] = read as Line;
    const people = units.get(metric) ?? new Map<string, Unit[]>();
    units.set(metric, people);
    people.set(person, [...(people.get(person) ?? []), { leaf, values, ...(keys && { keys }) }]);
  }
  return units;
}

export const contributionsOf = (
  metric: Metric,
  query: Query,
  period: Period,
  settings: ReportingSettings,
): Promise<Contribution[]> => metric.contributions(query, period, settings, period.end);

/** What counts of each person by the definition, as of `through` (ms); nothing of who belonged nowhere in the period. */
export function recountUnits(
  metric: Pick<Metric, 'name' | 'family'>,
  people: RecountPeople,
  period: Period,
  settings: ReportingSettings,
  through: number,
): Map<string, Unit[]> {
  const units = new Map<string, Unit[]>();
  if (metric.family.cohort) {
    for (const [id, person] of people) units.set(id, enrolmentUnits(person, period, through));
    return units;
  }
  const recount = RECOUNTS[metric.name];
  if (!recount) throw new TypeError(`No recount of ${metric.name}.`);
  const keys = RECOUNTED_KEYS[metric.name]?.(people, period);
  for (const [id, values] of recount(people, period, settings)) {
    const place = placeIn(people.get(id) ?? NOBODY, period);
    const own = keys?.get(id);
    if (place) units.set(id, [{ leaf: [place.direction], values, ...(own && { keys: own }) }]);
  }
  return units;
}

const NOBODY: RecountPerson = { events: [], memberships: [] };

/** What tells the units of a person from each other. */
export const unitKey = ({ leaf: [, parcours] }: Unit): string => parcours ?? '';

/** Whether both say the same of a unit. */
export const isSameUnit = (one: Unit, other: Unit): boolean => differencesOf(one, other).length === 0;

/** Compares what was written under the kind of lines with what the recount gives of some people. */
export function compareUnits(
  metric: Metric,
  period: Period,
  { found, wanted }: { found: ReadonlyMap<string, Unit[]>; wanted: ReadonlyMap<string, Unit[]> },
  people: Iterable<string>,
  findings: Findings,
): void {
  const what = metric.name;
  for (const person of people) {
    const about = { what, period: period.name, person };
    const read = new Map((found.get(person) ?? []).map((unit) => [unitKey(unit), unit]));
    const recounted = new Map((wanted.get(person) ?? []).map((unit) => [unitKey(unit), unit]));
    findings.compared(what, recounted.size);
    for (const key of new Set([...read.keys(), ...recounted.keys()])) {
      const [one, other] = [read.get(key), recounted.get(key)];
      if (one && other) {
        for (const difference of differencesOf(one, other, metric.figures)) {
          const where = key === '' ? difference.where : `${key}: ${difference.where}`;
          findings.differ({ ...about, ...difference, where });
        }
      } else {
        findings.differ({ ...about, where: key, read: one ? 'counted' : null, recounted: other ? 'counted' : null });
      }
    }
  }
}

interface UnitDifference {
  where: string;
  read: string | number | null;
  recounted: string | number | null;
}

function differencesOf(one: Unit, other: Unit, figures: readonly FigureSpec[] = []): UnitDifference[] {
  const found: UnitDifference[] = [];
  const [leaf, otherLeaf] = [leafText(one), leafText(other)];
  if (leaf !== otherLeaf) found.push({ where: 'place', read: leaf, recounted: otherLeaf });
  for (let place = 0; place < Math.max(one.values.length, other.values.length); place++) {
    const [read, recounted] = [one.values[place] ?? null, other.values[place] ?? null];
    if (!isSame(read, recounted)) found.push({ where: valueName(figures, place), read, recounted });
  }
  for (const name of new Set([...Object.keys(one.keys ?? {}), ...Object.keys(other.keys ?? {})])) {
    const [read, recounted] = [keysText(one, name), keysText(other, name)];
    if (read !== recounted) found.push({ where: name, read, recounted });
  }
  return found;
}

/** A value by the figures that are made of it: 'keptShare', 'meanMinutes, minutes'; by its place where no figure says. */
function valueName(figures: readonly FigureSpec[], place: number): string {
  const names = figures.flatMap((figure) => {
    if (figure.kind === 'histogram') {
      const step = place - figure.of;
      return step >= 0 && step < figure.size ? [`${figure.name} ${step}`] : [];
    }
    // A share is of two other figures, by their names.
    return 'of' in figure && figure.of === place ? [figure.name] : [];
  });
  return names.join(', ') || `value ${place}`;
}

const leafText = ({ leaf }: Unit): string => JSON.stringify([...leaf, null, null, null].slice(0, 4));
const keysText = ({ keys }: Unit, name: string): string => [...(keys?.[name] ?? [])].sort().join(' ');

/** Those of that name, or all. */
export const metricsOf = (name: string | undefined): readonly Metric[] =>
  name === undefined ? METRICS : METRICS.filter((metric) => metric.name === name);
