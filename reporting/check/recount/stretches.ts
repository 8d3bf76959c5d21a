/** Stretches of work on a module, and where they were interrupted: see reporting/metrics/interruption.ts. */
import { dayOf, workingDaysBetween } from './civil.ts';
import {
  completes,
  placeIn,
  type RecountCalendar,
  type RecountEvent,
  type RecountPeriod,
  type RecountPerson,
  type RecountSite,
} from './types.ts';

export interface Interruption {
  at: number;
  /** First act of the next stretch, before the end of the period. */
  returned: number | undefined;
  /** The act that completed or passed the module, before the end of the period. */
  mastered: number | undefined;
}

const masters = (act: RecountEvent): boolean => completes(act) || act.kind === 'passed';
const leaves = ({ kind }: RecountEvent): boolean => kind === 'suspended' || kind === 'terminated';

/** The acts on each module of a parcours under a registration, before the end of the period and up to the one that masters it. */
function attemptsOf(events: readonly RecountEvent[], end: number): RecountEvent[][] {
  const attempts = new Map<string, RecountEvent[]>();
  const mastered = new Set<string>();
  for (const event of events) {
    if (!event.active || event.module === null || event.instant >= end) continue;
    const key = JSON.stringify([event.parcours, event.module, event.registration]);
    if (mastered.has(key)) continue;
    if (masters(event)) mastered.add(key);
    const acts = attempts.get(key) ?? [];
    attempts.set(key, acts);
    acts.push(event);
  }
  return [...attempts.values()];
}

type Stretch = [RecountEvent, ...RecountEvent[]];

const lastOf = (stretch: Stretch): RecountEvent => stretch.at(-1) ?? stretch[0];

function stretchesOf(acts: readonly RecountEvent[], gap: number): Stretch[] {
  const stretches: Stretch[] = [];
  for (const act of acts) {
    const stretch = stretches.at(-1);
    const before = stretch && lastOf(stretch);
    if (stretch && before && act.instant - before.instant <= gap && (!leaves(before) || leaves(act))) stretch.push(act);
    else stretches.push([act]);
  }
  return stretches;
}

/** The interruptions of each module worked on in the period: none, where it was not interrupted. */
export function interruptionsByModule(
  events: readonly RecountEvent[],
  { start, end }: RecountPeriod,
  { sessionGap }: Pick<RecountSite, 'sessionGap'>,
): Interruption[][] {
  const gap = sessionGap * 60_000;
  const modules: Interruption[][] = [];
  for (const acts of attemptsOf(events, end)) {
    const stretches = stretchesOf(acts, gap);
    const mastered = acts.find(masters)?.instant;
    const found: Interruption[] = [];
    let worked = false;
    for (const [index, stretch] of stretches.entries()) {
      const last = lastOf(stretch);
      if (last.instant < start) continue;
      worked = true;
      const next = stretches[index + 1]?.[0];
      const left = next !== undefined || leaves(last) || last.instant + gap < end;
      if (left && !stretch.some(masters)) found.push({ at: last.instant, returned: next?.instant, mastered });
    }
    if (worked) modules.push(found);
  }
  return modules;
}

export interface OldInterruption extends Interruption {
  calendar: RecountCalendar;
  /** Working days from the civil day of the interruption to that of an instant. */
  daysUntil(instant: number): number;
}

/** Those after which at least so many working days were left in the period, by the calendar of the place at its end. */
export function oldInterruptions(
  person: RecountPerson,
  period: RecountPeriod,
  site: Pick<RecountSite, 'sessionGap'>,
  days: number,
): OldInterruption[] {
  const calendar = placeIn(person, period)?.calendar;
  if (!calendar) return [];
  const found = interruptionsByModule(person.events, period, site).flat();
  const dated = found.map((interruption) => {
    const day = dayOf(calendar, interruption.at);
    const daysUntil = (instant: number) => workingDaysBetween(calendar, day, dayOf(calendar, instant));
    return { ...interruption, calendar, daysUntil };
  });
  return dated.filter(({ daysUntil }) => daysUntil(period.end - 1) >= days);
}
