/** Nominative progress of some directions, page by page in order of names. See enrolment.ts for what it says and why. */
import type { Calendars } from '../calendar/index.ts';
import type { Query } from '../projection/database.ts';
import type { Projection } from '../projection/projection.ts';
import { ENROLMENTS, type Enrolment, reader, type State } from './enrolment.ts';
import { LATE_AFTER } from './late.ts';
import type { Named, NamedPeople, People } from './named-people.ts';
import type { PublishedBefore, Withheld } from './published-before.ts';

export interface ProgressQuery {
  /** Directions within the reader's reach: all of them, whatever is asked for. */
  within: readonly string[];
  /** One of them, in which the enrolments began. */
  direction?: string;
  parcours?: string;
  state?: State | 'late';
  /** Rows a page, at least 1; a person's stay together, so there may be some more. */
  limit: number;
  /** `next` of the page before. */
  after?: string;
}

export interface ProgressRow extends Enrolment {
  familyName: string | null;
  givenName: string | null;
}

export interface ProgressPage {
  /** ISO 8601: everything stored at or before it is in here. */
  asOf: string;
  /** Working days after which who has not started is late. */
  lateAfter: number;
  rows: ProgressRow[];
  /** Cohorts of which some are not shown (see published-before.ts). */
  withheldPeriods: readonly string[];
  /** There is more: pass it as `after`. */
  next?: string;
}

export interface ProgressOptions {
  projection: Pick<Projection, 'snapshot'>;
  people: NamedPeople;
  published: PublishedBefore;
  calendars: Calendars;
  /** Milliseconds since 1970. */
  now(): number;
}

/** People asked about at once, at least: more each time, so that a filter which few pass takes few questions. */
const FIRST = 200;
const FACTOR = 4;

export async function readProgress(options: ProgressOptions, query: ProgressQuery): Promise<ProgressPage> {
  const people = await options.people.of(query.within);
  return options.projection.snapshot(async ({ query: ask, asOf }) => {
    const withheld = await options.published.withheld(ask, query.within);
    return {
      asOf: new Date(asOf).toISOString(),
      lateAfter: LATE_AFTER,
      withheldPeriods: withheld.periods,
      ...(await pageOf(ask, options, query, people, withheld)),
    };
  });
}

async function pageOf(
  ask: Query,
  { calendars, now }: ProgressOptions,
  { limit, after, ...wanted }: ProgressQuery,
  people: People,
  withheld: Withheld,
): Promise<Pick<ProgressPage, 'rows' | 'next'>> {
  const read = reader(calendars, now());
  const rows: ProgressRow[] = [];
  const given: Named[] = [];
  let place = after === undefined ? 0 : people.placeAfter(after);
  for (let size = Math.max(FIRST, limit); place < people.list.length; size *= FACTOR) {
    const some = people.list.slice(place, place + size);
    const found = await enrolmentsOf(ask, some, wanted, read);
    for (const person of some) {
      const own = (found.get(person.id) ?? []).filter(({ parcours }) => !withheld.has(person.id, parcours));
      if (own.length > 0 && rows.length >= limit) return { rows, next: people.cursorAfter(given) };
      const { familyName, givenName } = person;
      rows.push(...own.map((enrolment) => ({ familyName, givenName, ...enrolment })));
      if (own.length > 0) given.push(person);
    }
    place += some.length;
  }
  return { rows };
}

async function enrolmentsOf(
  ask: Query,
  people: readonly Named[],
  { within, direction, parcours, state }: Omit<ProgressQuery, 'limit' | 'after'>,
  read: ReturnType<typeof reader>,
): Promise<Map<string, Enrolment[]>> {
  const rows = await ask(ENROLMENTS, {
    people: JSON.stringify(people.map(({ id }) => id)),
    directions: JSON.stringify(direction === undefined ? within : [direction]),
    parcours: parcours ?? null,
    state: (state === 'late' ? 'enrolled' : state) ?? null,
  });
  const found = new Map<string, Enrolment[]>();
  for (const enrolment of rows.map(read)) {
    if (state === 'late' && !enrolment.late) continue;
    const own = found.get(enrolment.person);
    if (own) own.push(enrolment);
    else found.set(enrolment.person, [enrolment]);
  }
  return found;
}
