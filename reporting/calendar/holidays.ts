/**
 * Public holidays of France by zone. Sources: Code du travail L3133-1 (everywhere), L3134-13 (Alsace-Moselle), L3422-2
 * (commemorations of the abolition of slavery), and the labour law of the three Pacific territories. They agree with
 * the State's list (data.gouv.fr "Jours fériés en France", 2006 to 2031), except where that list leaves out the days
 * of the Pacific territories' own law. Kept libraries were weighed: date-holidays 3 has Saint-Martin on 27 May and no
 * lundi de Pentecôte in Martinique.
 */
import { addDays } from '../../lrs/directory/index.ts';
import type { Bilingual } from '../../web/index.ts';

export const HOLIDAY_ZONES = [
  'metropole',
  'alsace-moselle',
  'guadeloupe',
  'martinique',
  'guyane',
  'la-reunion',
  'mayotte',
  'saint-barthelemy',
  'saint-martin',
  'saint-pierre-et-miquelon',
  'polynesie-francaise',
  'nouvelle-caledonie',
  'wallis-et-futuna',
  'none',
] as const;

export type HolidayZone = (typeof HOLIDAY_ZONES)[number];

export interface Holiday {
  /** YYYY-MM-DD */
  day: string;
  name: Bilingual<string>;
}

/** When it is, in a year: MM-DD, or days after Easter Sunday; and the first and last year it is one. */
interface Rule {
  when: string | number;
  since?: number;
  until?: number;
  name: Bilingual<string>;
}

const rule = (when: string | number, fr: string, en: string, years: Pick<Rule, 'since' | 'until'> = {}): Rule => ({
  ...years,
  when,
  name: { fr, en },
});

const EVERYWHERE: readonly Rule[] = [
  rule('01-01', '1er janvier', 'New Year’s Day'),
  rule(1, 'Lundi de Pâques', 'Easter Monday'),
  rule('05-01', '1er mai', 'Labour Day'),
  rule('05-08', '8 mai', 'Victory in Europe Day', { since: 1982 }),
  rule(39, 'Ascension', 'Ascension Day'),
  rule(50, 'Lundi de Pentecôte', 'Whit Monday'),
  rule('07-14', '14 juillet', 'National Day'),
  rule('08-15', 'Assomption', 'Assumption Day'),
  rule('11-01', 'Toussaint', 'All Saints’ Day'),
  rule('11-11', '11 novembre', 'Armistice Day'),
  rule('12-25', 'Jour de Noël', 'Christmas Day'),
];

const abolition = (when: string, years?: Pick<Rule, 'since' | 'until'>): Rule =>
  rule(when, 'Abolition de l’esclavage', 'Abolition of slavery', years);

const goodFriday = rule(-2, 'Vendredi saint', 'Good Friday');

/** What a zone has besides. */
const OWN: Readonly<Record<HolidayZone, readonly Rule[]>> = {
  metropole: [],
  'alsace-moselle': [goodFriday, rule('12-26', '2ème jour de Noël', 'Second day of Christmas')],
  guadeloupe: [abolition('05-27')],
  martinique: [abolition('05-22')],
  guyane: [abolition('06-10')],
  'la-reunion': [abolition('12-20')],
  // L3422-3 leaves further days to custom (Miradji, Idi-el-Fitri …): closed days of the place.
  mayotte: [abolition('04-27')],
  'saint-barthelemy': [abolition('10-09')],
  // By a circular of 4 May 2018; the code has had a slip (28 March) since 2017.
  'saint-martin': [abolition('05-27', { until: 2017 }), abolition('05-28', { since: 2018 })],
  'saint-pierre-et-miquelon': [],
  'polynesie-francaise': [
    rule('03-05', 'Arrivée de l’Évangile', 'Arrival of the Gospel'),
    goodFriday,
    // The law of 2025 put the one in the place of the other.
    rule('06-29', 'Fête de l’autonomie', 'Autonomy Day', { until: 2024 }),
    rule('11-20', 'Matari’i i ni’a', 'Matari’i i ni’a', { since: 2025 }),
  ],
  'nouvelle-caledonie': [rule('09-24', 'Fête de la citoyenneté', 'Citizenship Day')],
  'wallis-et-futuna': [
    rule('04-28', 'Saint Pierre Chanel', 'Saint Peter Chanel'),
    rule('07-29', 'Fête du territoire', 'Territory Day'),
  ],
  none: [],
};

/** Easter Sunday of a Gregorian year, YYYY-MM-DD (Butcher's algorithm, as in Meeus, Astronomical Algorithms, ch. 8). */
export function easterOf(year: number): string {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const g = Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const sum = h + l - 7 * m + 114;
  return new Date(Date.UTC(year, Math.floor(sum / 31) - 1, (sum % 31) + 1)).toISOString().slice(0, 10);
}

/** The public holidays of a zone in a year, in the order of the days; `none` has none. */
export function holidaysOf(zone: HolidayZone, year: number): Holiday[] {
  if (zone === 'none') return [];
  const easter = easterOf(year);
  return [...EVERYWHERE, ...OWN[zone]]
    .filter(({ since = year, until = year }) => since <= year && year <= until)
    .map(({ when, name }) => ({ day: typeof when === 'number' ? addDays(easter, when) : `${year}-${when}`, name }))
    .sort((a, b) => (a.day < b.day ? -1 : 1));
}
