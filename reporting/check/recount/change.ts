/** See reporting/metrics/change.ts. */
import { dayAndHour, weekdayOf } from './civil.ts';
import { entropy } from './series.ts';
import { completes, forEveryone, type Recount, type RecountEvent } from './types.ts';
import { meanOfPairs, sameDays } from './weekly-regularity.ts';

/** The first and the last third, of equal size, of what stands in order; undefined where a third holds fewer than `least`. */
function thirds<T>(list: readonly T[], least: number): [first: T[], last: T[]] | undefined {
  const size = Math.floor(list.length / 3);
  return size < least ? undefined : [list.slice(0, size), list.slice(list.length - size)];
}

/** What the last third has more than the first; undefined where one of them cannot tell. */
function differenceOf<T>(pair: [T[], T[]] | undefined, measure: (third: T[]) => number | undefined) {
  if (!pair) return undefined;
  const [first, last] = pair.map(measure);
  return first === undefined || last === undefined ? undefined : last - first;
}

/** Active hours by civil day, in order. */
function daysOf(active: readonly RecountEvent[]): Map<number, Set<number>> {
  const days = new Map<number, Set<number>>();
  for (const event of active) {
    const { day, hour } = dayAndHour(event);
    days.set(day, (days.get(day) ?? new Set()).add(hour));
  }
  return new Map([...days].sort(([a], [b]) => a - b));
}

function regularHours(days: ReadonlySet<number>[]): number {
  const counts = new Array<number>(24).fill(0);
  for (const hours of days) for (const hour of hours) counts[hour] = (counts[hour] ?? 0) + 1;
  return 1 - entropy(counts) / Math.log2(24);
}

/** The weeks from the first day to the last one, empty ones too, with the active hours of each weekday. */
function weeksOf(days: ReadonlyMap<number, ReadonlySet<number>>): number[][] {
  const all = [...days.keys()];
  const monday = Math.min(...all) - weekdayOf(Math.min(...all));
  const weeks: number[][] = [];
  for (let week = monday; week <= Math.max(...all); week += 7) {
    weeks.push([0, 1, 2, 3, 4, 5, 6].map((weekday) => days.get(week + weekday)?.size ?? 0));
  }
  return weeks;
}

const similarWeeks = (weeks: number[][]): number | undefined =>
  weeks.filter((week) => week.some((hours) => hours > 0)).length < 2 ? undefined : meanOfPairs(weeks, sameDays);

/** Whether each slot was kept, in the order in which that was known. */
function slotsOf(events: readonly RecountEvent[]): boolean[] {
  const slots = new Map<string, { at: number; id: string; kept: boolean }>();
  for (const { kind, slot: id, instant } of events) {
    if (id === null || (kind !== 'slotKept' && kind !== 'slotMissed')) continue;
    const slot = slots.get(id) ?? { at: instant, id, kept: false };
    slots.set(id, { ...slot, kept: slot.kept || kind === 'slotKept' });
  }
  const order = [...slots.values()].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  return order.map(({ kept }) => kept);
}

const keptShare = (slots: boolean[]): number => slots.filter((kept) => kept).length / slots.length;

type Differences = [hours: number, weeks: number | undefined, slots: number | undefined];

/** Of a parcours, from its events up to its completion. */
function changeOf(events: readonly RecountEvent[]): Differences | undefined {
  const days = daysOf(events.filter(({ active }) => active));
  const hours = differenceOf(thirds([...days.values()], 2), regularHours);
  if (hours === undefined) return undefined;
  const weeks = differenceOf(thirds(weeksOf(days), 2), similarWeeks);
  return [hours, weeks, differenceOf(thirds(slotsOf(events), 1), keptShare)];
}

/** More, same, less: one of them is 1, or none of them where there is nothing to compare. */
function classOf(differences: readonly (number | undefined)[]): number[] {
  const known = differences.filter((each) => each !== undefined);
  if (known.length === 0) return [0, 0, 0];
  let sum = 0;
  for (const difference of known) sum += difference;
  const mean = Math.round((sum / known.length) * 1e9) / 1e9;
  if (mean > 0.05) return [1, 0, 0];
  return mean < -0.05 ? [0, 0, 1] : [0, 1, 0];
}

export const change: Recount = (people, { start, end }) =>
  forEveryone(people, (events) => {
    const changes: Differences[] = [];
    for (const parcours of new Set(events.map((event) => event.parcours))) {
      if (parcours === null) continue;
      const own = events.filter((event) => event.parcours === parcours);
      const completed = own.find(
        (event) => event.module === null && (completes(event) || event.kind === 'satisfied'),
      )?.instant;
      if (completed === undefined || completed < start || completed >= end) continue;
      const difference = changeOf(own.filter(({ instant }) => instant <= completed));
      if (difference) changes.push(difference);
    }
    if (changes.length === 0) return undefined;
    return [0, 1, 2].flatMap((measure) => classOf(changes.map((each) => each[measure])));
  });
