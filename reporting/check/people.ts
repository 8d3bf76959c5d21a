/** Who the agents are and where they belonged, read from the directory: as the check needs it, and by itself. */
import type { Directory, Membership } from '../../lrs/directory/index.ts';
import { type Calendar, type Calendars, holidaysOf } from '../calendar/index.ts';
import type { RecountCalendar, RecountMembership } from './recount/types.ts';

export interface KnownPerson {
  /** Internal id. */
  id: string;
  memberships: readonly RecountMembership[];
}

export interface KnownPeople {
  /** Of everybody, by agent key. */
  byAgent: ReadonlyMap<string, KnownPerson>;
  byId: ReadonlyMap<string, KnownPerson>;
  /** Of where no place is known. */
  site: RecountCalendar;
  /** Id of a calendar that was given out here. */
  nameOf(calendar: RecountCalendar): string;
  /** The directory that was read. */
  revision: string;
}

/** Years for which calendars say when people work; in others nobody does. */
const YEARS = Array.from({ length: 61 }, (_, index) => 2000 + index);

function recountCalendar({ timeZone, hours, holidays, closed }: Calendar): RecountCalendar {
  const days = YEARS.flatMap((year) => holidaysOf(holidays, year).map(({ day }) => day));
  return { zone: timeZone, daily: hours.daily, closed: new Set([...closed, ...days]) };
}

/** Reads everybody. Gives undefined where the directory has changed meanwhile. */
export async function readPeople(directory: Directory, calendars: Calendars): Promise<KnownPeople | undefined> {
  const revision = await directory.revision();
  const known = new Map(calendars.all.map((calendar) => [calendar.id, recountCalendar(calendar)]));
  const ids = new Map([...known].map(([id, calendar]) => [calendar, id]));
  const site = known.get(calendars.site.id) ?? recountCalendar(calendars.site);
  const membershipOf = (membership: Membership): RecountMembership => ({
    direction: membership.direction,
    service: membership.service ?? null,
    site: membership.site ?? null,
    from: membership.from ?? Number.NEGATIVE_INFINITY,
    to: membership.to ?? Number.POSITIVE_INFINITY,
    calendar: known.get(calendars.of(membership).id) ?? site,
  });
  const byAgent = new Map<string, KnownPerson>();
  const byId = new Map<string, KnownPerson>();
  for await (const { id, identifiers, memberships } of directory.all()) {
    const person = { id, memberships: memberships.map(membershipOf) };
    byId.set(id, person);
    for (const identifier of identifiers) byAgent.set(identifier, person);
  }
  if ((await directory.revision()) !== revision) return undefined;
  return { byAgent, byId, site, nameOf: (calendar) => ids.get(calendar) ?? '', revision: String(revision) };
}
