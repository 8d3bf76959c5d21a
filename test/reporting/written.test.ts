/** Figures and settings as a French and an English reader expect them. */
import { expect } from 'chai';
import { hoursWords, parseWorkingHours } from '../../reporting/calendar/index.ts';
import { writtenWithUnit } from '../../reporting/figures/field.ts';
import { settingsSentence, settingsText } from '../../reporting/setting-lines.ts';

describe('what is written of figures', () => {
  it('has a minus that is one, and a unit in the singular below two in French', () => {
    const calls = (lang: 'fr' | 'en', value: number, unit = lang === 'fr' ? 'appels' : 'calls'): string =>
      writtenWithUnit(lang, value, { percent: false, digits: 2, unit });
    expect(calls('fr', -0.17)).to.equal('\u22120,17\u00a0appel');
    expect(calls('fr', -2)).to.equal('\u22122\u00a0appels');
    expect(calls('fr', 1.5, 'jours ouvrés')).to.equal('1,5\u00a0jour ouvré');
    expect(calls('en', -0.17)).to.equal('\u22120.17\u00a0calls');
    expect(writtenWithUnit('fr', -0.5, { percent: true, digits: 0 })).to.match(/^\u221250/);
    expect(writtenWithUnit('fr', 1.03, { percent: false, digits: 2 })).to.equal('1,03');
  });

  it('has no capital after a semicolon', () => {
    const settings = { timeZone: 'Europe/Paris', sessionGap: 30 };
    expect(settingsText(settings, 'fr')).to.equal(
      'fuseau horaire, sauf lieux qui ont le leur\u00a0: Europe/Paris\u00a0; délai entre deux séances (θ)\u00a0: 30 min',
    );
    expect(settingsSentence(settings, 'en')).to.equal(
      'Time zone, but for places with their own: Europe/Paris; gap between two sessions (θ): 30 min',
    );
  });

  it('has working hours as each language writes them', () => {
    const hours = parseWorkingHours('Mon-Fri 08:30-19:00');
    if (!hours) throw new TypeError();
    expect(hoursWords(hours)).to.deep.equal({
      fr: 'lun.-ven. 8\u00a0h\u00a030-19\u00a0h',
      en: 'Mon-Fri 08:30-19:00',
    });
  });
});
