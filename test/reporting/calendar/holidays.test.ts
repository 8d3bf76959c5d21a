import { expect } from 'chai';
import { easterOf, HOLIDAY_ZONES, type HolidayZone, holidaysOf } from '../../../reporting/calendar/index.ts';

const daysOf = (zone: HolidayZone, year: number): string =>
  holidaysOf(zone, year)
    .map(({ day }) => day.slice(5))
    .join(' ');

/** From the list of the State (data.gouv.fr, "Jours fériés en France"), by hand: what metropole has. */
const METROPOLE: Record<number, string> = {
  2006: '01-01 04-17 05-01 05-08 05-25 06-05 07-14 08-15 11-01 11-11 12-25',
  // Ascension was on 1 May.
  2008: '01-01 03-24 05-01 05-01 05-08 05-12 07-14 08-15 11-01 11-11 12-25',
  2019: '01-01 04-22 05-01 05-08 05-30 06-10 07-14 08-15 11-01 11-11 12-25',
  2024: '01-01 04-01 05-01 05-08 05-09 05-20 07-14 08-15 11-01 11-11 12-25',
  2025: '01-01 04-21 05-01 05-08 05-29 06-09 07-14 08-15 11-01 11-11 12-25',
  2026: '01-01 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25',
  2031: '01-01 04-14 05-01 05-08 05-22 06-02 07-14 08-15 11-01 11-11 12-25',
};

/** What a zone has besides in 2026: the same list, and for the Pacific the law of each territory. */
const BESIDES: Record<HolidayZone, string[]> = {
  metropole: [],
  'alsace-moselle': ['2026-04-03 Vendredi saint', '2026-12-26 2ème jour de Noël'],
  guadeloupe: ['2026-05-27 Abolition de l’esclavage'],
  martinique: ['2026-05-22 Abolition de l’esclavage'],
  guyane: ['2026-06-10 Abolition de l’esclavage'],
  'la-reunion': ['2026-12-20 Abolition de l’esclavage'],
  mayotte: ['2026-04-27 Abolition de l’esclavage'],
  'saint-barthelemy': ['2026-10-09 Abolition de l’esclavage'],
  'saint-martin': ['2026-05-28 Abolition de l’esclavage'],
  'saint-pierre-et-miquelon': [],
  'polynesie-francaise': [
    '2026-03-05 Arrivée de l’Évangile',
    '2026-04-03 Vendredi saint',
    '2026-11-20 Matari’i i ni’a',
  ],
  'nouvelle-caledonie': ['2026-09-24 Fête de la citoyenneté'],
  'wallis-et-futuna': ['2026-04-28 Saint Pierre Chanel', '2026-07-29 Fête du territoire'],
  none: [],
};

describe('public holidays', () => {
  for (const [year, days] of Object.entries(METROPOLE)) {
    it(`of ${year} are those of the State’s list`, () => {
      expect(daysOf('metropole', Number(year))).to.equal(days);
    });
  }

  for (const zone of HOLIDAY_ZONES) {
    it(`of ${zone} are the eleven and its own`, () => {
      const everywhere = zone === 'none' ? [] : holidaysOf('metropole', 2026);
      const expected = [...everywhere.map(({ day, name }) => `${day} ${name.fr}`), ...BESIDES[zone]].sort();
      expect(holidaysOf(zone, 2026).map(({ day, name }) => `${day} ${name.fr}`)).to.deep.equal(expected);
    });
  }

  it('have names in the words of the Code du travail', () => {
    expect(holidaysOf('metropole', 2026).map(({ name }) => name.fr)).to.deep.equal([
      ...['1er janvier', 'Lundi de Pâques', '1er mai', '8 mai', 'Ascension', 'Lundi de Pentecôte', '14 juillet'],
      ...['Assomption', 'Toussaint', '11 novembre', 'Jour de Noël'],
    ]);
  });

  it('change with the law', () => {
    expect(daysOf('saint-martin', 2017)).to.include('05-27').and.not.include('05-28');
    expect(daysOf('saint-martin', 2018)).to.include('05-28').and.not.include('05-27');
    expect(daysOf('polynesie-francaise', 2024)).to.include('06-29').and.not.include('11-20');
    expect(daysOf('polynesie-francaise', 2025)).to.include('11-20').and.not.include('06-29');
    expect(daysOf('metropole', 1981)).to.not.include('05-08');
  });

  it('follow an Easter as early and as late as there is', () => {
    expect([2008, 2038, 1761, 2000].map(easterOf)).to.deep.equal([
      '2008-03-23',
      '2038-04-25',
      '1761-03-22',
      '2000-04-23',
    ]);
  });
});
