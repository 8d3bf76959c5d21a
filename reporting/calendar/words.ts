/** Names of days and hours, and what a chart says of the clock, hours and holidays that its figures rest on. */
import type { Bilingual, Language } from '../../web/index.ts';
import type { Calendar } from './calendar.ts';
import type { HolidayZone } from './holidays.ts';
import type { WorkingHours } from './working-hours.ts';

export const WEEKDAYS: readonly number[] = [1, 2, 3, 4, 5, 6, 7];

const NAMES: Bilingual<readonly string[]> = {
  fr: ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
};

/** 1 Monday to 7 Sunday. */
export const weekdayName = (lang: Language, weekday: number): string => NAMES[lang][weekday - 1] ?? '';

/** « 9 h », “09:00”. */
export const hourName = (lang: Language, hour: number): string =>
  lang === 'fr' ? `${hour}\u00a0h` : `${String(hour).padStart(2, '0')}:00`;

/** Where there is no room for that: the number, and what it counts. */
export const SHORT_HOUR: Bilingual<string> = { fr: 'h', en: 'hour' };

const SHORT_NAMES: Bilingual<readonly string[]> = {
  fr: ['lun.', 'mar.', 'mer.', 'jeu.', 'ven.', 'sam.', 'dim.'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
};

export const shortWeekdayName = (lang: Language, weekday: number): string => SHORT_NAMES[lang][weekday - 1] ?? '';

const ZONES: Readonly<Record<HolidayZone, Bilingual<string>>> = {
  metropole: { fr: 'métropole', en: 'metropolitan France' },
  'alsace-moselle': { fr: 'Alsace-Moselle', en: 'Alsace-Moselle' },
  guadeloupe: { fr: 'Guadeloupe', en: 'Guadeloupe' },
  martinique: { fr: 'Martinique', en: 'Martinique' },
  guyane: { fr: 'Guyane', en: 'French Guiana' },
  'la-reunion': { fr: 'La Réunion', en: 'Réunion' },
  mayotte: { fr: 'Mayotte', en: 'Mayotte' },
  'saint-barthelemy': { fr: 'Saint-Barthélemy', en: 'Saint Barthélemy' },
  'saint-martin': { fr: 'Saint-Martin', en: 'Saint Martin' },
  'saint-pierre-et-miquelon': { fr: 'Saint-Pierre-et-Miquelon', en: 'Saint Pierre and Miquelon' },
  'polynesie-francaise': { fr: 'Polynésie française', en: 'French Polynesia' },
  'nouvelle-caledonie': { fr: 'Nouvelle-Calédonie', en: 'New Caledonia' },
  'wallis-et-futuna': { fr: 'Wallis-et-Futuna', en: 'Wallis and Futuna' },
  none: { fr: 'aucun', en: 'none' },
};

const JOURS: Readonly<Record<string, string>> = {
  ...{ Mon: 'lun.', Tue: 'mar.', Wed: 'mer.', Thu: 'jeu.', Fri: 'ven.', Sat: 'sam.', Sun: 'dim.' },
};

const LAST_COMMA = /,(?=[^,]*$)/;

/** 08:30 → « 8 h 30 », 19:00 → « 19 h ». */
const frenchTime = (_: string, hour: string, minute: string): string =>
  `${Number(hour)}\u00a0h${minute === '00' ? '' : `\u00a0${minute}`}`;

/** Working hours as they are read. */
export function hoursWords({ text }: WorkingHours): Bilingual<string> {
  const list = (parts: string, and: string): string => parts.replace(LAST_COMMA, ` ${and} `).replaceAll(',', ', ');
  const french = text.replace(/[A-Z][a-z]{2}/g, (day) => JOURS[day] ?? day).replace(/(\d\d):(\d\d)/g, frenchTime);
  return { fr: list(french, 'et'), en: list(text, 'and') };
}

export const holidaysWords = (zone: HolidayZone): Bilingual<string> => ZONES[zone];

function calendarWords({ timeZone, hours, holidays, closed }: Calendar): Bilingual<string> {
  const times = hoursWords(hours);
  const [fermes, days] =
    closed.length === 0
      ? ['', '']
      : [`, jours fermés en plus : ${closed.length}`, `, further closed days: ${closed.length}`];
  return {
    fr: `fuseau ${timeZone}, heures ouvrées ${times.fr}, jours fériés : ${ZONES[holidays].fr}${fermes}`,
    en: `time zone ${timeZone}, working hours ${times.en}, public holidays: ${ZONES[holidays].en}${days}`,
  };
}

/**
 * The note under a chart: θ in minutes, and the calendar; of several calendars (a figure about many places), the first and
 * how many more. Give the site's first.
 */
export function settingsNote(sessionGap: number, calendars: readonly Calendar[]): Bilingual<string> {
  const [first, ...others] = calendars;
  const theta = `θ = ${sessionGap} min`;
  if (first === undefined) return { fr: theta, en: theta };
  const words = calendarWords(first);
  const fr =
    others.length === 0 ? '' : ` ; chaque lieu à son heure et à son calendrier (autres calendriers : ${others.length})`;
  const en = others.length === 0 ? '' : `; each place by its own time and calendar (other calendars: ${others.length})`;
  return { fr: `${theta}, ${words.fr}${fr}`, en: `${theta}, ${words.en}${en}` };
}
