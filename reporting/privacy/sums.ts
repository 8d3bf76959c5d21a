/** What is kept of an atom so that it can be added to others: sums of its people's values. No arithmetic gets below it. */
import type { Contribution, FigureSpec, Metric, TallyFigure } from '../metrics/metric.ts';
import { sum } from '../metrics/statistics.ts';
import type { Draw } from './draw.ts';

/** sum: Σ. mean: [Σ, Σ²] of capped values. count: as drawn. tally: by key, as drawn. histogram: by class, as drawn. */
export type Part = number | number[] | Record<string, number>;

export interface Sums {
  /** Units, exactly: what means are divided by. */
  units: number;
  /** Units as they are shown. */
  shown: number;
  /** By name of a figure. */
  parts: Record<string, Part>;
}

/** How people are counted, and the fewest of them that a figure stands for. */
export interface Counting {
  draw: Draw;
  minimum: number;
}

export function sumsOf(
  members: readonly Contribution[],
  { figures }: Pick<Metric, 'figures'>,
  counting: Counting,
): Sums {
  const { draw } = counting;
  const parts = figures.flatMap((spec) => {
    const part = partOf(spec, members, counting);
    return part === undefined ? [] : [[spec.name, part] as const];
  });
  return { units: members.length, shown: drawn(members, draw), parts: Object.fromEntries(parts) };
}

const drawn = (members: readonly Contribution[], draw: Draw): number => draw(members.map(({ person }) => person));

const valuesOf = (members: readonly Contribution[], place: number): number[] =>
  members.map(({ values }) => values[place] ?? 0);

const withOne = (members: readonly Contribution[], place: number): Contribution[] =>
  members.filter(({ values }) => (values[place] ?? 0) > 0);

function partOf(spec: FigureSpec, members: readonly Contribution[], counting: Counting): Part | undefined {
  const { draw } = counting;
  if (spec.kind === 'sum') return sum(valuesOf(members, spec.of));
  if (spec.kind === 'mean') {
    const capped = valuesOf(members, spec.of).map((value) => Math.min(value, spec.cap));
    return [sum(capped), sum(capped.map((value) => value * value))];
  }
  if (spec.kind === 'count') return drawn(withOne(members, spec.of), draw);
  if (spec.kind === 'tally') return tally(members, spec, counting);
  if (spec.kind === 'histogram') {
    return Array.from({ length: spec.size }, (_, index) => drawn(withOne(members, spec.of + index), draw));
  }
  return undefined;
}

function tally(
  members: readonly Contribution[],
  { name, among }: TallyFigure,
  { draw, minimum }: Counting,
): Record<string, number> {
  const having = membersByKey(members, name);
  const isTold = among === undefined ? () => true : toldAmong(members, among, minimum);
  const counts = [...having].flatMap(([key, own]) => {
    const count = isTold(key) ? drawn(own, draw) : 0;
    return count === 0 ? [] : [[key, count] as const];
  });
  return Object.fromEntries(counts.sort());
}

/**
 * The keys that enough people might have. Those of whom nothing is told, who are what is left of a count of all, are enough
 * too, or nobody: until they are, the key that the fewest might have is not told either.
 */
function toldAmong(members: readonly Contribution[], among: string, minimum: number): (key: string) => boolean {
  const might = membersByKey(members, among);
  const told = [...might]
    .filter(([, own]) => own.length >= minimum)
    .sort(([a, { length }], [b, other]) => length - other.length || (a < b ? -1 : 1))
    .map(([key]) => key);
  const isLeft = ({ keys }: Contribution): boolean => {
    const own = keys?.[among] ?? [];
    return own.length === 0 || own.some((key) => !told.includes(key));
  };
  const isTooFew = (count: number): boolean => count > 0 && count < minimum;
  while (told.length > 0 && isTooFew(members.filter(isLeft).length)) told.shift();
  return (key) => told.includes(key);
}

function membersByKey(members: readonly Contribution[], name: string): Map<string, Contribution[]> {
  const found = new Map<string, Contribution[]>();
  for (const member of members) {
    for (const key of new Set(member.keys?.[name] ?? [])) {
      const own = found.get(key);
      if (own) own.push(member);
      else found.set(key, [member]);
    }
  }
  return found;
}

/** The sums of several atoms together, in their order. */
export function together(all: readonly Sums[]): Sums {
  let [units, shown] = [0, 0];
  const parts = new Map<string, Part[]>();
  for (const each of all) {
    units += each.units;
    shown += each.shown;
    for (const [name, part] of Object.entries(each.parts)) {
      const known = parts.get(name);
      if (known) known.push(part);
      else parts.set(name, [part]);
    }
  }
  return { units, shown, parts: Object.fromEntries([...parts].map(([name, own]) => [name, added(own)])) };
}

/** Parts of one figure: all of one kind. */
function added(parts: readonly Part[]): Part {
  const [first = 0] = parts;
  if (typeof first === 'number') return parts.reduce<number>((total, part) => total + Number(part), 0);
  if (Array.isArray(first)) {
    const totals = first.map(() => 0);
    for (const part of parts) {
      if (Array.isArray(part))
        for (const [place, value] of part.entries()) totals[place] = (totals[place] ?? 0) + value;
    }
    return totals;
  }
  const counts = new Map<string, number>();
  for (const part of parts) {
    for (const [key, count] of Object.entries(part)) counts.set(key, (counts.get(key) ?? 0) + count);
  }
  return Object.fromEntries(counts);
}

/** How many numbers and names they hold. */
export function sizeOfSums({ parts }: Sums): number {
  const sizes = Object.values(parts).map((part) => {
    if (typeof part === 'number') return 1;
    return Array.isArray(part) ? part.length : 2 * Object.keys(part).length;
  });
  return sizes.reduce((total, size) => total + size, 2);
}
