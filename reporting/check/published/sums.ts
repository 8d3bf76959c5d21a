/** The sums of an atom, from the values of its members, by the kinds of figures that metric.ts describes. */
import type { FigureSpec, Metric } from '../../metrics/metric.ts';
import type { Part, Sums } from '../../privacy/sums.ts';
import { isSame } from '../differences.ts';

/** What a member counts for. */
export interface Counted {
  person: string;
  values: readonly number[];
  keys?: Readonly<Record<string, readonly string[]>>;
}

export interface SumsDifference {
  where: string;
  read: string | number | null;
  recounted: string | number | null;
}

/** A count of behaviour stands for it as one of the two multiples of 3 around it, and 0 for 0. */
const STEP = 3;

const isRounded = (shown: number, count: number): boolean => shown % STEP === 0 && Math.abs(shown - count) < STEP;

/** How the sums that are kept differ from those of the members. Counts are exact for a cohort; `minimum` is k. */
export function sumsDiffer(
  kept: Sums,
  members: readonly Counted[],
  metric: Pick<Metric, 'figures' | 'family'>,
  minimum: number,
): SumsDifference[] {
  const found: SumsDifference[] = [];
  const equal = (where: string, read: number | undefined, recounted: number): void => {
    if (!isSame(read, recounted)) found.push({ where, read: read ?? null, recounted });
  };
  const counted = (where: string, read: number | undefined, recounted: number): void => {
    if (metric.family.cohort) equal(where, read, recounted);
    else if (read === undefined || !isRounded(read, recounted)) found.push({ where, read: read ?? null, recounted });
  };
  equal('units', kept.units, members.length);
  counted('shown units', kept.shown, members.length);
  for (const spec of metric.figures) compareFigure(spec, kept.parts[spec.name], members, { equal, counted, minimum });
  return found;
}

type Compare = (where: string, read: number | undefined, recounted: number) => void;

function compareFigure(
  spec: FigureSpec,
  part: Part | undefined,
  members: readonly Counted[],
  { equal, counted, minimum }: { equal: Compare; counted: Compare; minimum: number },
): void {
  const { kind, name } = spec;
  const single = typeof part === 'number' ? part : undefined;
  const list = Array.isArray(part) ? part : [];
  const having = (place: number): number => members.filter(({ values }) => (values[place] ?? 0) > 0).length;
  if (kind === 'sum')
    equal(
      name,
      single,
      addUp(members, (values) => values[spec.of] ?? 0),
    );
  if (kind === 'count') counted(name, single, having(spec.of));
  if (kind === 'mean') {
    const capped = (values: readonly number[]): number => Math.min(values[spec.of] ?? 0, spec.cap);
    equal(`${name}: sum`, list[0], addUp(members, capped));
    equal(
      `${name}: sum of squares`,
      list[1],
      addUp(members, (values) => capped(values) ** 2),
    );
  }
  if (kind === 'histogram') {
    for (let place = 0; place < spec.size; place++) counted(`${name}: ${place}`, list[place], having(spec.of + place));
  }
  if (kind === 'tally') {
    const counts = countsByKey(members, name);
    const told = new Map(
      Object.entries(part !== undefined && typeof part === 'object' && !Array.isArray(part) ? part : {}),
    );
    const hidden = spec.among === undefined ? new Set<string>() : hiddenKeys(members, spec.among, minimum);
    for (const key of new Set([...counts.keys(), ...told.keys()])) {
      counted(`${name}: ${key}`, told.get(key) ?? 0, hidden.has(key) ? 0 : (counts.get(key) ?? 0));
    }
  }
}

/** Members that have each key under a name. */
function countsByKey(members: readonly Counted[], name: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { keys } of members) {
    for (const key of new Set(keys?.[name])) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** Keys that fewer than k might have, and, smallest first, more of them while one to k − 1 members have a hidden one or none. */
function hiddenKeys(members: readonly Counted[], among: string, minimum: number): Set<string> {
  const sizes = [...countsByKey(members, among)].sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1));
  const hidden = new Set<string>();
  for (const [key, size] of sizes) {
    const left = members.filter(({ keys }) => {
      const own = keys?.[among] ?? [];
      return own.length === 0 || own.some((each) => hidden.has(each));
    }).length;
    if (size < minimum || (left > 0 && left < minimum)) hidden.add(key);
  }
  return hidden;
}

function addUp(members: readonly Counted[], of: (values: readonly number[]) => number): number {
  let sum = 0;
  for (const { values } of members) sum += of(values);
  return sum;
}

/** First quartile, median and third quartile, linear between neighbours, to the nearest multiple of the grid. */
export function quartilesAgain(values: readonly number[], grid: number): number[] {
  const sorted = values.toSorted((a, b) => a - b);
  return [1, 2, 3].map((quarter) => {
    const place = ((sorted.length - 1) * quarter) / 4;
    const low = sorted[Math.floor(place)] ?? 0;
    const high = sorted[Math.ceil(place)] ?? low;
    return Math.round((low + (high - low) * (place % 1)) / grid) * grid;
  });
}
