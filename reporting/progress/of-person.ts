/**
 * What one person has done of each parcours, module by module: which, and on which civil day. No time of day can be learnt
 * from it, however often one looks: what happened today is not in it before tomorrow. No gap, attempt, session, score, call
 * or module that is only begun is in it at all.
 */
import { dayOf, startOfDay } from '../../lrs/directory/index.ts';
import type { Query } from '../projection/database.ts';
import { ENROLMENTS, type Enrolment, reader, textOf } from './enrolment.ts';
import { LATE_AFTER } from './late.ts';
import type { ProgressOptions } from './progress.ts';

export interface ModuleDone {
  module: string;
  /** Civil days of the place where the enrolment began, before today. */
  doneOn: string | null;
  waivedOn: string | null;
}

export interface PersonEnrolment extends Enrolment {
  modulesDone: number;
  /** Modules of the parcours of which anybody had left a trace by the end of yesterday. */
  modulesKnown: number;
  /** Those done or waived, in that order. */
  modules: ModuleDone[];
}

export interface ProgressOfPerson {
  /** ISO 8601: everything stored at or before it is in here, but modules of today. */
  asOf: string;
  lateAfter: number;
  withheldPeriods: readonly string[];
  person: string;
  familyName: string | null;
  givenName: string | null;
  enrolments: PersonEnrolment[];
}

/** A parcours of the person, with the zone of where it began and the beginning of today there (ms). */
interface Asked {
  parcours: string;
  zone: string;
  before: number;
}

const ASKED = `
  asked AS (
    SELECT one.parcours AS parcours, one.zone AS zone, one.before AS before
    FROM (SELECT unnest(from_json($asked, '[{"parcours":"VARCHAR","zone":"VARCHAR","before":"BIGINT"}]')) AS one)
  )
`;

const day = (column: string): string =>
  `CASE WHEN epoch_ms(${column}) < before THEN strftime(timezone(zone, timezone('UTC', ${column})), '%Y-%m-%d') END`;

const MODULES = `
  WITH ${ASKED},
  own AS (
    SELECT parcours, module, zone, before, min(least(completed_at, satisfied_at)) AS done_at, min(waived_at) AS waived_at
    FROM attempts JOIN asked USING (parcours) WHERE person = $person
    GROUP BY parcours, module, zone, before
  )
  SELECT parcours, module, ${day('done_at')} AS "doneOn", ${day('waived_at')} AS "waivedOn"
  FROM own WHERE least(epoch_ms(done_at), epoch_ms(waived_at)) < before
  ORDER BY least(done_at, waived_at), module
`;

const KNOWN = `
  WITH ${ASKED}
  SELECT parcours, count(DISTINCT module)::INTEGER AS modules
  FROM attempts JOIN asked USING (parcours) WHERE epoch_ms(first_at) < before
  GROUP BY parcours
`;

const REGISTRATIONS = `
  SELECT DISTINCT parcours, registration::VARCHAR AS registration
  FROM attempts WHERE person = $person AND parcours IS NOT NULL AND registration IS NOT NULL
  ORDER BY parcours, registration
`;

/** `within`: the directions in which the reader sees names. Undefined for who never belonged to one of them. */
export async function readPerson(
  { people, projection, published, calendars, now }: ProgressOptions,
  within: readonly string[],
  id: string,
): Promise<ProgressOfPerson | undefined> {
  const named = (await people.of(within)).find(id);
  if (named === undefined) return undefined;
  const at = now();
  const read = reader(calendars, at);
  return projection.snapshot(async ({ query, asOf }) => {
    const withheld = await published.withheld(query, within);
    const rows = await query(ENROLMENTS, {
      people: JSON.stringify([id]),
      directions: JSON.stringify(within),
      parcours: null,
      state: null,
    });
    const shown = rows
      .map((row) => ({ enrolment: read(row), calendar: row.calendar }))
      .filter(({ enrolment }) => !withheld.has(id, enrolment.parcours));
    const asked = shown.map(({ enrolment: { parcours }, calendar }): Asked => {
      const zone = (calendars.all.find((each) => each.id === calendar) ?? calendars.site).timeZone;
      return { parcours, zone, before: startOfDay(dayOf(at, zone), zone) };
    });
    const modules = await modulesOf(query, id, asked);
    const { familyName, givenName } = named;
    return {
      ...{ asOf: new Date(asOf).toISOString(), lateAfter: LATE_AFTER, withheldPeriods: withheld.periods },
      ...{ person: id, familyName, givenName },
      enrolments: shown.map(({ enrolment }) => ({ ...enrolment, ...modules(enrolment.parcours) })),
    };
  });
}

async function modulesOf(query: Query, person: string, asked: readonly Asked[]) {
  const known = await query(KNOWN, { asked: JSON.stringify(asked) });
  const done = await query(MODULES, { asked: JSON.stringify(asked), person });
  return (parcours: string): Pick<PersonEnrolment, 'modules' | 'modulesDone' | 'modulesKnown'> => {
    const modules = done
      .filter((row) => row.parcours === parcours)
      .map((row) => ({ module: String(row.module), doneOn: textOf(row.doneOn), waivedOn: textOf(row.waivedOn) }));
    return {
      modulesDone: modules.filter(({ doneOn }) => doneOn !== null).length,
      modulesKnown: Number(known.find((row) => row.parcours === parcours)?.modules ?? 0),
      modules,
    };
  };
}

/** Registrations of a person by parcours, for who may read statements. */
export async function registrationsOf(
  { projection }: Pick<ProgressOptions, 'projection'>,
  person: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await projection.snapshot(({ query }) => query(REGISTRATIONS, { person }));
  const found = new Map<string, string[]>();
  for (const row of rows) {
    const parcours = String(row.parcours);
    found.set(parcours, [...(found.get(parcours) ?? []), String(row.registration)]);
  }
  return found;
}
