/**
 * What `livret reports check` counts again from, and how: by other code than the reports. A recount takes every event of
 * each person, whenever it happened, and gives the values of everyone with enough data, in the metric's order. The
 * definition is the docstring of reporting/metrics/<name>.ts; nothing of the reports but types is used.
 */

/** Where somebody belonged: whose clock counts, and when one works there. */
export interface RecountCalendar {
  /** IANA name. */
  zone: string;
  /** Weekday 1 Monday to 7 Sunday; minutes after midnight, `to` the first that is not worked. */
  daily: readonly { weekday: number; from: number; to: number }[];
  /** Public holidays and other closed days, YYYY-MM-DD. */
  closed: ReadonlySet<string>;
}

export interface RecountEvent {
  /** Milliseconds since 1970. */
  instant: number;
  active: boolean;
  /** FactKind of lrs/profile. */
  kind: string;
  /** result.completion of the module, or of the parcours where there is no module. */
  completion: boolean | null;
  parcours: string | null;
  module: string | null;
  registration: string | null;
  /** result.score.scaled */
  scaled: number | null;
  slot: string | null;
  /** When the slot begins, and the first instant after it, as this statement says. */
  slotFrom: number | null;
  slotTo: number | null;
  place: string | null;
  /** That of the place where the person belonged at that instant, else the site's. */
  calendar: RecountCalendar;
}

export interface RecountPeriod {
  /** First instant, and the first one after it. */
  start: number;
  end: number;
  /** First and last civil day, YYYY-MM-DD. */
  firstDay: string;
  lastDay: string;
}

/** Minutes, both. */
export interface RecountSite {
  sessionGap: number;
  moduleMinutes: number;
}

/** Where somebody belonged from one instant on up to before another. */
export interface RecountMembership {
  direction: string;
  service: string | null;
  site: string | null;
  from: number;
  to: number;
  calendar: RecountCalendar;
}

export interface RecountPerson {
  /** In order of instant and, at one instant, as the store has them. */
  events: readonly RecountEvent[];
  memberships: readonly RecountMembership[];
}

export type RecountPeople = ReadonlyMap<string, RecountPerson>;

export type Recount = (people: RecountPeople, period: RecountPeriod, site: RecountSite) => Map<string, number[]>;

/** Of a metric with tallies: the keys of everyone with enough data, by name. */
export type RecountKeys = (people: RecountPeople, period: RecountPeriod) => Map<string, Record<string, string[]>>;

/** Something is completed: the fact `completed`, or any other with result.completion true. */
export const completes = ({ kind, completion }: Pick<RecountEvent, 'kind' | 'completion'>): boolean =>
  kind === 'completed' || completion === true;

/** Where somebody belonged at the end of a period, or last in it; undefined for who belonged nowhere then. */
export function placeIn({ memberships }: RecountPerson, { start, end }: RecountPeriod): RecountMembership | undefined {
  let last: RecountMembership | undefined;
  for (const membership of memberships) {
    if (membership.from >= end || membership.to <= start) continue;
    if (last === undefined || membership.from > last.from) last = membership;
  }
  return last;
}

/** The values of everyone of whom `valuesOf` gives any. */
export function forEveryone(
  people: RecountPeople,
  valuesOf: (events: readonly RecountEvent[], person: RecountPerson) => number[] | undefined,
): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const [id, person] of people) {
    const values = valuesOf(person.events, person);
    if (values !== undefined) found.set(id, values);
  }
  return found;
}
