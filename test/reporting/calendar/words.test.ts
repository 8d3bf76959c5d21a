import { expect } from 'chai';
import { calendarsOf, parseWorkingHours, settingsNote } from '../../../reporting/calendar/index.ts';

const workingHours = parseWorkingHours('Mon-Thu 08:30-12:00,Mon-Thu 13:30-18:00,Fri 08:30-17:00');
if (!workingHours) throw new Error('not hours');
const site = { timeZone: 'Europe/Paris', holidays: 'metropole', workingHours } as const;

describe('the note under a chart', () => {
  it('says θ, the clock, the hours and the holidays', () => {
    expect(settingsNote(30, calendarsOf(site, { closed: [], places: [] }).all)).to.deep.equal({
      fr: 'θ = 30 min, fuseau Europe/Paris, heures ouvrées lun.-jeu. 8\u00a0h\u00a030-12\u00a0h, lun.-jeu. 13\u00a0h\u00a030-18\u00a0h et ven. 8\u00a0h\u00a030-17\u00a0h, jours fériés : métropole',
      en: 'θ = 30 min, time zone Europe/Paris, working hours Mon-Thu 08:30-12:00, Mon-Thu 13:30-18:00 and Fri 08:30-17:00, public holidays: metropolitan France',
    });
  });

  it('says that places have their own', () => {
    const places = ['mayotte', 'guyane'].map((zone) => ({ direction: zone, holidays: zone as 'mayotte' | 'guyane' }));
    const { all } = calendarsOf(site, { closed: ['2026-01-02'], places });
    const { fr, en } = settingsNote(20, all);
    expect(fr).to.match(
      /^θ = 20 min, .* : métropole, jours fermés en plus : 1 ; chaque lieu .* \(autres calendriers : 2\)$/,
    );
    expect(en).to.match(/, further closed days: 1; each place by .* \(other calendars: 2\)$/);
  });
});
