import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Calendars, openCalendars, parseWorkingHours } from '../../../reporting/calendar/index.ts';

const workingHours = parseWorkingHours('Mon-Fri 08:00-19:00');
if (!workingHours) throw new Error('not hours');
const site = { timeZone: 'Europe/Paris', holidays: 'metropole', workingHours } as const;

describe('the file of places', () => {
  let folder: string;
  let file: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'livret-places-'));
    file = join(folder, 'places.json');
  });
  after(() => rm(folder, { recursive: true }));

  async function read(content: string | object): Promise<Calendars> {
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
    return openCalendars({ ...site, places: file });
  }

  it('may be none: the site’s settings hold everywhere', async () => {
    const calendars = await openCalendars(site);
    expect(calendars.of({ direction: 'DGPN', site: 'Paris' })).to.equal(calendars.site);
    expect(calendars.all).to.deep.equal([calendars.site]);
    expect(calendars.site).to.include({ timeZone: 'Europe/Paris', holidays: 'metropole' });
  });

  it('says what differs: a site as its direction, a direction as the site', async () => {
    const calendars = await read({
      closed: ['2026-01-02'],
      places: [
        { direction: 'Préfecture de La Réunion', timeZone: 'Indian/Reunion', holidays: 'la-reunion' },
        {
          direction: 'Préfecture de La Réunion',
          site: 'Saint-Pierre',
          workingHours: 'Mon-Fri 07:30-16:30',
          closed: ['2026-12-21'],
        },
      ],
    });
    const whole = calendars.of({ direction: 'prefecture de la reunion ', site: 'Saint-Denis' });
    expect(whole).to.include({ timeZone: 'Indian/Reunion', holidays: 'la-reunion', hours: workingHours });
    expect(whole.closed).to.deep.equal(['2026-01-02']);
    const part = calendars.of({ direction: 'Préfecture de La Réunion', site: 'Saint-Pierre' });
    expect(part).to.include({ timeZone: 'Indian/Reunion', holidays: 'la-reunion' });
    expect(part.hours.text).to.equal('Mon-Fri 07:30-16:30');
    expect(part.closed).to.deep.equal(['2026-01-02', '2026-12-21']);
    expect(calendars.of({ direction: 'DGPN', site: 'Saint-Pierre' })).to.equal(calendars.site);
    expect(calendars.all).to.deep.equal([calendars.site, whole, part]);
  });

  it('names a calendar by what it says', async () => {
    const places = ['A', 'B'].map((direction) => ({ direction, holidays: 'mayotte' }));
    const calendars = await read({ places });
    expect(calendars.all).to.have.length(2);
    expect(calendars.of({ direction: 'A' }).id).to.equal(calendars.of({ direction: 'B' }).id);
    expect((await read({ places, closed: ['2026-01-02'] })).site.id).to.not.equal(calendars.site.id);
    expect((await read({ places })).site.id).to.equal(calendars.site.id);
  });

  const place = { direction: 'X' };
  const wrong: Record<string, [string | object, says: string]> = {
    'no JSON': ['{\n"places": [}', 'it is not valid JSON, see line 2.'],
    'a list': [[], 'the file must be object.'],
    'an unknown setting': [{ places: [{ ...place, zone: 'x' }] }, 'places[0] has a setting "zone", and there is none'],
    'no direction': [{ places: [place, { site: 'x' }] }, 'places[1] lacks "direction".'],
    'an empty direction': [
      { places: [{ direction: '' }] },
      'places[0].direction must NOT have fewer than 1 characters.',
    ],
    'holidays of nowhere': [
      { places: [{ ...place, holidays: 'corse' }] },
      'places[0].holidays should be one of: metropole,',
    ],
    'a time zone of nowhere': [
      { places: [{ ...place, timeZone: 'Indian/Réunion' }] },
      'places[0].timeZone should be a time zone',
    ],
    'hours that are none': [
      { places: [{ ...place, workingHours: '9-5' }] },
      'places[0].workingHours should be hours such as',
    ],
    'a day that is none': [
      { places: [{ ...place, closed: ['2026-02-30'] }] },
      'places[0].closed lists 2026-02-30, which is not',
    ],
    'a day written otherwise': [{ closed: ['24/12/2026'] }, 'closed lists 24/12/2026, which is not a day such as'],
    'a place twice': [
      { places: [place, { ...place, site: 's' }, { direction: 'x' }] },
      'places[0] and places[2] are the same place.',
    ],
  };
  for (const [what, [content, says]] of Object.entries(wrong)) {
    it(`is refused with ${what}, in words`, async () => {
      const error: Error = await read(content).then(
        () => new Error('taken'),
        (refused: Error) => refused,
      );
      expect(error).to.have.property('code', 'config.invalid');
      expect(error.message).to.contain(`LIVRET_PLACES ${file}: ${says}`);
    });
  }

  it('is refused where there is none', async () => {
    const missing = join(folder, 'missing.json');
    const error: Error = await openCalendars({ ...site, places: missing }).then(
      () => new Error('taken'),
      (e: Error) => e,
    );
    expect(error.message).to.contain(`LIVRET_PLACES ${missing}: it cannot be read.`);
  });
});
