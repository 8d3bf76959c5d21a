import { expect } from 'chai';
import { formatBytes, formatDate, formatDay, inLanguage, pickLanguage, setTimeZone } from '../../web/index.ts';

describe('the language of a page', () => {
  it('is what the address asks for, else what the browser wishes, else French', () => {
    expect(pickLanguage('en', 'fr')).to.equal('fr');
    expect(pickLanguage('de, en-GB;q=0.8, fr;q=0.7', undefined)).to.equal('en');
    expect(pickLanguage('en;q=0.2,fr;q=0.9', 'xx')).to.equal('fr');
    expect(pickLanguage('en;q=0, de', undefined)).to.equal('fr');
    expect(pickLanguage(undefined, ['en'])).to.equal('fr');
    expect(pickLanguage('fr', undefined, 'en')).to.equal('en');
    expect(pickLanguage('fr', 'fr', 'en')).to.equal('fr');
  });

  it('chooses among the texts of a language map, and takes what there is otherwise', () => {
    expect(inLanguage({ 'en-US': 'a', 'fr-CA': 'b' }, 'fr')).to.equal('b');
    expect(inLanguage({ de: 'c' }, 'fr')).to.equal('c');
    expect(inLanguage({}, 'fr')).to.equal(undefined);
  });

  it('writes sizes and dates', () => {
    expect(formatBytes('fr', 4_326_413)).to.equal('4,3\u00a0Mo');
    expect(formatBytes('fr', 0)).to.equal('0\u00a0o');
    expect(formatDate('fr', Date.UTC(2026, 10, 23, 22, 10))).to.equal('23 novembre 2026 à 23\u00a0h\u00a010');
    expect(formatDay('fr', Date.UTC(2026, 0, 1))).to.equal('1er janvier 2026');
    expect(formatDay('fr', Date.UTC(2026, 0, 11))).to.equal('11 janvier 2026');
    expect(formatDay('en', Date.UTC(2026, 0, 1))).to.equal('1 January 2026');
  });

  it('writes dates in the time of the site', () => {
    setTimeZone('Indian/Reunion');
    try {
      expect(formatDate('fr', Date.UTC(2026, 10, 23, 22, 10))).to.equal('24 novembre 2026 à 2\u00a0h\u00a010');
      expect(formatDate('fr', Date.UTC(2026, 10, 23, 22, 10), 'UTC')).to.equal('23 novembre 2026 à 22\u00a0h\u00a010');
    } finally {
      setTimeZone('Europe/Paris');
    }
  });
});
