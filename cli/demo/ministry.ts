/** The ministry of the demonstration: its directions, the préfectures in their regions, and where they lie. */
import { type Calendar, calendarsOf, type HolidayZone, parseWorkingHours } from '../../reporting/calendar/index.ts';

export interface Unit {
  /** Its name in the tree of directions. */
  name: string;
  /** What it has of all people. */
  share: number;
  services: readonly string[];
  sites: readonly string[];
  /** The region that a préfecture lies in: a direction above it, of nobody. */
  region?: string;
  /** Where it works by another clock or other holidays than the ministry. */
  place?: { timeZone?: string; holidays: HolidayZone };
}

const CENTRAL = ['Paris', 'Lognes'];
const IN_PREFECTURES = ['Secrétariat général', 'Bureau des étrangers', 'Cabinet du préfet'];

/** Two of the préfectures are too small to stand alone in a report of behaviour. */
export const UNITS: readonly Unit[] = [
  { name: 'DRH', share: 0.12, services: ['Bureau des parcours', 'Bureau de la paie'], sites: CENTRAL },
  { name: 'DTNUM', share: 0.13, services: ['Bureau des services numériques', 'Bureau des réseaux'], sites: CENTRAL },
  { name: 'DEPAFI', share: 0.12, services: ['Bureau du budget', 'Bureau des achats'], sites: CENTRAL },
  { name: 'DMAT', share: 0.13, services: ['Bureau des élections', 'Bureau des titres'], sites: CENTRAL },
  { name: 'DLPAJ', share: 0.11, services: ['Bureau du contentieux', 'Bureau du droit public'], sites: ['Paris'] },
  { name: 'DICOM', share: 0.1, services: ['Bureau de la presse', 'Bureau des éditions'], sites: ['Paris'] },
  { name: 'CAB', share: 0.03, services: ['Bureau du cabinet'], sites: ['Paris'] },
  {
    name: 'Préfecture d’Ille-et-Vilaine',
    share: 0.07,
    services: IN_PREFECTURES,
    sites: ['Rennes'],
    region: 'Bretagne',
  },
  {
    ...{ name: 'Préfecture du Bas-Rhin', share: 0.08, services: IN_PREFECTURES, sites: ['Strasbourg'] },
    ...{ region: 'Grand Est', place: { holidays: 'alsace-moselle' } },
  },
  {
    ...{ name: 'Préfecture de La Réunion', share: 0.09, services: IN_PREFECTURES, sites: ['Saint-Denis'] },
    ...{ region: 'Outre-mer', place: { timeZone: 'Indian/Reunion', holidays: 'la-reunion' } },
  },
  {
    ...{ name: 'Préfecture de Saint-Pierre-et-Miquelon', share: 0.008, services: ['Secrétariat général'] },
    ...{ sites: ['Saint-Pierre'], region: 'Outre-mer' },
    place: { timeZone: 'America/Miquelon', holidays: 'saint-pierre-et-miquelon' },
  },
  {
    ...{ name: 'Préfecture de la Creuse', share: 0.012, services: ['Secrétariat général'], sites: ['Guéret'] },
    region: 'Nouvelle-Aquitaine',
  },
];

/** What the regions lie in: a direction of nobody as well. */
export const PREFECTURES = 'Préfectures';

/** What was a direction of its own until it went into another one, and the part of that one's people that came from it. */
export const MERGED = { name: 'DSIC', into: 'DTNUM', part: 0.45 } as const;

/** What LIVRET_PLACES is given. */
export const placesFile = (): string =>
  `${JSON.stringify(
    { places: UNITS.flatMap(({ name, place }) => (place ? [{ direction: name, ...place }] : [])) },
    undefined,
    2,
  )}\n`;

/** As the settings have it that nobody has changed. */
const TIME_ZONE = 'Europe/Paris';
const HOURS = 'Mon-Fri 08:00-19:00';

export const calendarOf: (direction: string) => Calendar = (() => {
  const workingHours = parseWorkingHours(HOURS);
  if (!workingHours) throw new TypeError(HOURS);
  const calendars = calendarsOf(
    { timeZone: TIME_ZONE, workingHours, holidays: 'metropole' },
    { closed: [], places: UNITS.flatMap(({ name, place }) => (place ? [{ direction: name, ...place }] : [])) },
  );
  return (direction) => calendars.of({ direction });
})();
