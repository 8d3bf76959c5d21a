/** Which calendar holds where. */
import { hash } from 'node:crypto';
import { fold, type Place } from '../../lrs/directory/index.ts';
import type { Calendar } from './calendar.ts';
import type { HolidayZone } from './holidays.ts';
import { type PlaceSettings, type Places, readPlaces, samePlace } from './places.ts';
import type { WorkingHours } from './working-hours.ts';

/** The site's own, under the names of the configuration. */
export interface CalendarSettings {
  timeZone: string;
  workingHours: WorkingHours;
  holidays: HolidayZone;
  /** File of places that differ. */
  places?: string | undefined;
}

export interface Calendars {
  /** The site's: of people of whom no place is known, and of figures about everybody. */
  readonly site: Calendar;
  /** Each that is in use anywhere, the site's first. */
  readonly all: readonly Calendar[];
  /** That of a place: as the file says of its site in its direction, else of its direction, else the site's. */
  of(place: Pick<Place, 'direction' | 'site'>): Calendar;
}

function calendarFrom(parts: Omit<Calendar, 'id'>): Calendar {
  const { timeZone, hours, holidays } = parts;
  const closed = [...new Set(parts.closed)].sort();
  // Short enough for DuckDB to keep it beside the row.
  const id = hash('sha256', JSON.stringify([timeZone, hours.text, holidays, closed]), 'hex').slice(0, 12);
  return Object.freeze({ id, timeZone, hours, holidays, closed: Object.freeze(closed) });
}

const changed = (calendar: Calendar, by: PlaceSettings | undefined): Calendar =>
  by === undefined
    ? calendar
    : calendarFrom({
        timeZone: by.timeZone ?? calendar.timeZone,
        hours: by.workingHours ?? calendar.hours,
        holidays: by.holidays ?? calendar.holidays,
        closed: [...calendar.closed, ...(by.closed ?? [])],
      });

/** The calendars of a site and of the places that differ. */
export function calendarsOf(settings: CalendarSettings, { closed, places }: Places): Calendars {
  const { timeZone, workingHours: hours, holidays } = settings;
  const site = calendarFrom({ timeZone, hours, holidays, closed });
  const known = new Map<string, Calendar>();
  const find = (direction: string, name: string | undefined): PlaceSettings | undefined =>
    places.find((each) => samePlace(each.direction, direction) && samePlace(each.site, name));

  function of({ direction, site: name }: Pick<Place, 'direction' | 'site'>): Calendar {
    const key = JSON.stringify([fold(direction), name === undefined ? null : fold(name)]);
    const before = known.get(key);
    if (before) return before;
    const whole = changed(site, find(direction, undefined));
    const calendar = name === undefined ? whole : changed(whole, find(direction, name));
    known.set(key, calendar);
    return calendar;
  }

  const all = [site, ...places.map((place) => of(place))];
  return { site, all: [...new Map(all.map((each) => [each.id, each])).values()], of };
}

/** The same, with the file of places read. Rejects `config.invalid` with one sentence that says where it is wrong. */
export async function openCalendars(settings: CalendarSettings): Promise<Calendars> {
  const places = settings.places === undefined ? { closed: [], places: [] } : await readPlaces(settings.places);
  return calendarsOf(settings, places);
}
