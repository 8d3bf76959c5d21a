/**
 * What one person has done of each parcours, module by module: which, up to the end of the last full week. However often one
 * looks, a module tells no more than the week in which it was done: with the day of each, the gaps between them would be a
 * named person's rhythm. No day, gap, attempt, session, score, call or module that is only begun is in it at all.
 */
import { addDays, dayOf, startOfDay } from '../../lrs/directory/index.ts';
import type { Query } from '../projection/database.ts';
import { ENROLMENTS, type Enrolment, reader } from './enrolment.ts';
import { LATE_AFTER } from './late.ts';
import type { ProgressOptions } from './progress.ts';

export interface ModuleDone {
  module: string;
  /** Waived where it is not done as well. */
  state: 'done' | 'waived';
}

export interface PersonEnrolment extends Enrolment {
  modulesDone: number;
  /**
   * Modules of the parcours that enough others had left a trace of, or that the person has done or been waived: one that
   * few take would tell who has begun it.
   */
  modulesKnown: number;
  /** Those done or waived, in order of their IRIs: that in which they were done tells more than which they are. */
  modules: ModuleDone[];
  /** The Sunday up to whose end modules are given, where the enrolment began: YYYY-MM-DD. */
  modulesThrough: string;
}

export interface ProgressOfPerson {
  /** ISO 8601: everything stored at or before it is in here, but modules of this week. */
  asOf: string;
  lateAfter: number;
  withheldPeriods: readonly string[];
  person: string;
  familyName: string | null;
  givenName: string | null;
  enrolments: PersonEnrolment[];
}

/** A parcours of the person, and the end of the last full week where it began: in ms, and the Sunday. */
interface Asked {
  parcours: string;
  before: number;
  through: string;
}

const ASKED = `
  asked AS (
    SELECT one.parcours AS parcours, one.before AS before
    FROM (SELECT unnest(from_json($asked, '[{"parcours":"VARCHAR","before":"BIGINT"}]')) AS one)
  )
`;

const MODULES = `
  WITH ${ASKED},
  own AS (
    SELECT parcours, module, before, min(least(completed_at, satisfied_at)) AS done_at, min(waived_at) AS waived_at
    FROM attempts JOIN asked USING (parcours) WHERE person = $person
    GROUP BY parcours, module, before
  )
  SELECT parcours, module, coalesce(epoch_ms(done_at) < before, false) AS done
  FROM own WHERE least(epoch_ms(done_at), epoch_ms(waived_at)) < before
  ORDER BY parcours, module
`;

/** Modules that enough people other than this one had left a trace of. */
const KNOWN = `
  WITH ${ASKED}
  SELECT parcours, module
  FROM attempts JOIN asked USING (parcours) WHERE person <> $person AND epoch_ms(first_at) < before
  GROUP BY parcours, module HAVING count(DISTINCT person) >= $minimum::INTEGER
`;

const REGISTRATIONS = `
  SELECT DISTINCT parcours, registration::VARCHAR AS registration
  FROM attempts WHERE person = $person AND parcours IS NOT NULL AND registration IS NOT NULL
  ORDER BY parcours, registration
`;

/** `within`: the directions in which the reader sees names. Undefined for who never belonged to one of them. */
export async function readPerson(
  { people, projection, published, calendars, minimum, now }: ProgressOptions,
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
      const monday = mondayOf(dayOf(at, zone));
      return { parcours, before: startOfDay(monday, zone), through: addDays(monday, -1) };
    });
    const modules = await modulesOf(query, { person: id, asked, minimum });
    const { familyName, givenName } = named;
    return {
      ...{ asOf: new Date(asOf).toISOString(), lateAfter: LATE_AFTER, withheldPeriods: withheld.periods },
      ...{ person: id, familyName, givenName },
      enrolments: shown.map(({ enrolment }) => ({ ...enrolment, ...modules(enrolment.parcours) })),
    };
  });
}

/** The Monday of the week of a civil day. */
const mondayOf = (day: string): string => addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));

type Modules = Pick<PersonEnrolment, 'modules' | 'modulesDone' | 'modulesKnown' | 'modulesThrough'>;

async function modulesOf(
  query: Query,
  { person, asked, minimum }: { person: string; asked: readonly Asked[]; minimum: number },
): Promise<(parcours: string) => Modules> {
  const parameters = { asked: JSON.stringify(asked), person };
  const known = await query(KNOWN, { ...parameters, minimum });
  const own = await query(MODULES, parameters);
  return (parcours) => {
    const modules = own
      .filter((row) => row.parcours === parcours)
      .map((row): ModuleDone => ({ module: String(row.module), state: row.done === true ? 'done' : 'waived' }));
    const shared = known.filter((row) => row.parcours === parcours).map((row) => String(row.module));
    return {
      modulesDone: modules.filter(({ state }) => state === 'done').length,
      modulesKnown: new Set([...shared, ...modules.map(({ module }) => module)]).size,
      modules,
      modulesThrough: asked.find((each) => each.parcours === parcours)?.through ?? '',
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
