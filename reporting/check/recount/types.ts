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
  slot: string | null;
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

/** Whether it completes its module, or its parcours where it has no module: whatever the verb, when its result says so. */
export const completes = ({ kind, completion }: Pick<RecountEvent, 'kind' | 'completion'>): boolean =>
  kind === 'completed' || completion === true;

/** Events by person, in order of instant and, at one instant, as the store has them. */
export type RecountPeople = ReadonlyMap<string, readonly RecountEvent[]>;

export type Recount = (people: RecountPeople, period: RecountPeriod, site: RecountSite) => Map<string, number[]>;

/** The values of everyone of whom `valuesOf` gives any. */
export function forEveryone(
  people: RecountPeople,
  valuesOf: (events: readonly RecountEvent[]) => number[] | undefined,
): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const [person, events] of people) {
    const values = valuesOf(events);
    if (values !== undefined) found.set(person, values);
  }
  return found;
}
