/**
 * What one person has done of each parcours, module by module: which, up to the end of the last full week. However often one
 * looks, a module tells no more than the week in which it was done: with the day of each, the gaps between them would be a
 * named person's rhythm. No day, gap, attempt, session, score, call or module that is only begun is in it at all.
 */
import type { Query } from '../projection/database.ts';
import { ENROLMENTS, type Enrolment, reader } from './enrolment.ts';
import { knownModules, type LastWeek, lastWeek } from './known-modules.ts';
import { LATE_AFTER } from './late.ts';
import type { ProgressOptions } from './progress.ts';

export interface ModuleDone {
  module: string;
  /** Waived where it is not done as well. */
  state: 'done' | 'waived';
}

export interface PersonEnrolment extends Enrolment {
  modulesDone: number;
  /** Modules of the parcours that enough people have done or been waived (known-modules.ts), and those of `modules`. */
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
interface Asked extends LastWeek {
  parcours: string;
}

const MODULES = `
  WITH asked AS (
    SELECT one.parcours AS parcours, one.before AS before
    FROM (SELECT unnest(from_json($asked, '[{"parcours":"VARCHAR","before":"BIGINT"}]')) AS one)
  ),
  own AS (
    SELECT parcours, module, before, min(least(completed_at, satisfied_at)) AS done_at, min(waived_at) AS waived_at
    FROM attempts JOIN asked USING (parcours) WHERE person = $person
    GROUP BY parcours, module, before
  )
  SELECT parcours, module, coalesce(epoch_ms(done_at) < before, false) AS done
  FROM own WHERE least(epoch_ms(done_at), epoch_ms(waived_at)) < before
  ORDER BY parcours, module
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
      return { parcours, ...lastWeek(at, zone) };
    });
    const known = await knownModules(query, { person: id, timeZone: calendars.site.timeZone, minimum, now: at });
    const modules = await modulesOf(query, id, asked, known);
    const { familyName, givenName } = named;
    return {
      ...{ asOf: new Date(asOf).toISOString(), lateAfter: LATE_AFTER, withheldPeriods: withheld.periods },
      ...{ person: id, familyName, givenName },
      enrolments: shown.map(({ enrolment }) => ({ ...enrolment, ...modules(enrolment.parcours) })),
    };
  });
}

type Modules = Pick<PersonEnrolment, 'modules' | 'modulesDone' | 'modulesKnown' | 'modulesThrough'>;

async function modulesOf(
  query: Query,
  person: string,
  asked: readonly Asked[],
  known: Awaited<ReturnType<typeof knownModules>>,
): Promise<(parcours: string) => Modules> {
  const own = await query(MODULES, { asked: JSON.stringify(asked), person });
  return (parcours) => {
    const modules = own
      .filter((row) => row.parcours === parcours)
      .map((row): ModuleDone => ({ module: String(row.module), state: row.done === true ? 'done' : 'waived' }));
    return {
      modulesDone: modules.filter(({ state }) => state === 'done').length,
      modulesKnown: known(
        parcours,
        modules.map(({ module }) => module),
      ),
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
