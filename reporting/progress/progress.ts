/** Nominative progress of some directions, page by page in order of names. See enrolment.ts for what it says and why. */
import type { Calendars } from '../calendar/index.ts';
import type { Query } from '../projection/database.ts';
import type { Projection } from '../projection/projection.ts';
import { countStates, type StateCounts } from './counts.ts';
import { ENROLMENTS, type Enrolment, reader, type State } from './enrolment.ts';
import { LATE_AFTER } from './late.ts';
import { isNamed, type Named, type NamedPeople, type People } from './named-people.ts';
import type { PublishedBefore, Withheld } from './published-before.ts';

export interface ProgressQuery {
  /** Directions within the reader's reach: all of them, whatever is asked for. */
  within: readonly string[];
  /** One of them, in which the enrolments began. */
  direction?: string;
  parcours?: string;
  state?: State | 'late';
  /** What people's names begin with, as it was typed. */
  q?: string;
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
  /** Of all that is asked for, whatever its state. */
  counts: StateCounts;
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
  /** People whose completion is told of together, at least. */
  minimum: number;
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
    const counts = await countStates(ask, options.calendars, options.now(), {
      directions: directionsOf(query),
      parcours: query.parcours,
      people: query.q === undefined ? undefined : people.list.filter(isNamed(query.q)).map(({ id }) => id),
      withheld: withheld.all,
    });
    return {
      asOf: new Date(asOf).toISOString(),
      lateAfter: LATE_AFTER,
      withheldPeriods: withheld.periods,
      counts,
      ...(await pageOf(ask, options, query, people, withheld)),
    };
  });
}

const directionsOf = ({ within, direction }: Pick<ProgressQuery, 'within' | 'direction'>): readonly string[] =>
  direction === undefined ? within : [direction];

async function pageOf(
  ask: Query,
  { calendars, now }: ProgressOptions,
  { limit, after, q = '', ...wanted }: ProgressQuery,
  people: People,
  withheld: Withheld,
): Promise<Pick<ProgressPage, 'rows' | 'next'>> {
  const read = reader(calendars, now());
  const meant = isNamed(q);
  const rows: ProgressRow[] = [];
  const given: Named[] = [];
  let place = after === undefined ? 0 : people.placeAfter(after);
  for (let size = Math.max(FIRST, limit); place < people.list.length; size *= FACTOR) {
    const some = people.list.slice(place, place + size);
    const asked = some.filter(meant);
    const found = asked.length === 0 ? new Map<string, Enrolment[]>() : await enrolmentsOf(ask, asked, wanted, read);
    for (const person of asked) {
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
  { parcours, state, ...where }: Omit<ProgressQuery, 'limit' | 'after' | 'q'>,
  read: ReturnType<typeof reader>,
): Promise<Map<string, Enrolment[]>> {
  const rows = await ask(ENROLMENTS, {
    people: JSON.stringify(people.map(({ id }) => id)),
    directions: JSON.stringify(directionsOf(where)),
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
