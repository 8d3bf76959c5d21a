/** Table `sessions` of a person: see reporting/projection/schema.ts. */
import { offHours } from '../civil.ts';
import { lengthOf, sessionsIn } from '../sessions-cut.ts';
import type { RecountCalendar, RecountPerson, RecountSite } from '../types.ts';
import type { TableRow } from './row.ts';

const ALWAYS = { start: Number.NEGATIVE_INFINITY, end: Number.POSITIVE_INFINITY, firstDay: '', lastDay: '' };

export function sessionRows(
  { events }: RecountPerson,
  site: Pick<RecountSite, 'sessionGap'>,
  nameOf: (calendar: RecountCalendar) => string,
): TableRow[] {
  return sessionsIn(events, ALWAYS, site).map((session) => {
    const [{ instant, calendar }] = session;
    const worked = lengthOf(session);
    const ends = instant + worked;
    const off = offHours(calendar, instant, ends);
    return { key: [instant], columns: { ends, worked, off, events: session.length, calendar: nameOf(calendar) } };
  });
}
