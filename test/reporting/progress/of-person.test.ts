/** What a correspondent learns of one person: which modules are done, week by week, and nothing of how. */
import { expect } from 'chai';
import { VERB } from '../../../lrs/profile/iris.ts';
import type { Statement } from '../../../lrs/xapi/types.ts';
import type { ProgressOfPerson } from '../../../reporting/progress/of-person.ts';
import { sqlite } from '../../engines/sqlite.ts';
import { type Served, serve } from '../served.ts';
import { COURSE_TYPE, did, keyOf, openSite, type Site } from '../site.ts';

const WORD = 'https://courses.test/word';
const REGISTRATION = 'b6f7a7a6-6f0c-4ea2-9b5c-0a6c2f1f3c11';
const OTHERS = ['other-1', 'other-2', 'other-3', 'other-4', 'other-5'];
const unit = (name: string) => ({ id: `https://units.test/${name}` });

const about = (
  who: string,
  verb: string,
  timestamp: string,
  module?: string,
  more: Partial<Statement> = {},
): Statement => ({
  ...did(who, timestamp),
  ...(module === undefined
    ? { object: { id: WORD, definition: { type: COURSE_TYPE } }, context: { registration: REGISTRATION } }
    : { object: unit(module), context: { ...did(who, timestamp).context, registration: REGISTRATION } }),
  verb: { id: verb },
  ...more,
});

describe('progress of one person', function () {
  this.timeout(30_000);
  let site: Site;
  let http: Served;
  let corr: Record<string, string>;
  const idOf = async (name: string): Promise<string> => (await site.directory.personByAgentKey(keyOf(name)))?.id ?? '';
  const read = async (name: string, who = corr): Promise<ProgressOfPerson> =>
    http.json(`/api/progress/person?person=${await idOf(name)}`, who);
  const status = async (path: string, who = corr): Promise<number> => (await http.get(path, who)).status;

  before(async () => {
    site = await openSite(sqlite);
    http = await serve(site);
    // Monday 23 November 2026, 12:17 in Paris.
    site.clock.now = Date.UTC(2026, 10, 23, 11, 17);
    await site.people('DRH', ['learner', 'idle']);
    await site.people('DRH', ['corr'], { roles: ['correspondent'] });
    await site.people('DSIC', ['neighbour', 'colleague', 'novice', ...OTHERS]);
    await site.commit([
      about('learner', VERB.registered, '2026-10-05T06:43:00Z'),
      about('learner', VERB.initialized, '2026-10-06T06:43:00Z', 'one'),
      about('learner', VERB.completed, '2026-10-06T07:43:00Z', 'one', { result: { score: { scaled: 0.37 } } }),
      // 00:43 of the 8th in Paris.
      about('learner', VERB.completed, '2026-10-07T22:43:00Z', 'two'),
      about('learner', VERB.waived, '2026-10-08T06:43:00Z', 'three'),
      about('learner', VERB.requestedAttention, '2026-10-09T05:43:00Z', 'begun'),
      about('learner', VERB.initialized, '2026-10-10T19:43:00Z', 'begun'),
      about('learner', VERB.failed, '2026-10-11T19:43:00Z', 'begun'),
      about('learner', VERB.suspended, '2026-10-11T20:43:00Z', 'begun'),
      // One minute before this week begins in Paris, and just after.
      about('learner', VERB.completed, '2026-11-22T22:59:00Z', 'last-week'),
      about('learner', VERB.completed, '2026-11-22T23:43:00Z', 'this-week'),
      about('colleague', VERB.completed, '2026-10-12T08:43:00Z', 'elsewhere'),
      // Done or waived by five 'many' counts, by four 'few' not: neither by who has begun it nor by what is done this week.
      about(OTHERS[0] ?? '', VERB.waived, '2026-10-12T08:43:00Z', 'many'),
      ...OTHERS.slice(1).map((name) => about(name, VERB.completed, '2026-10-12T08:43:00Z', 'many')),
      ...OTHERS.slice(1).map((name) => about(name, VERB.completed, '2026-10-12T08:43:00Z', 'few')),
      about('colleague', VERB.initialized, '2026-10-12T08:43:00Z', 'few'),
      about(OTHERS[0] ?? '', VERB.completed, '2026-11-23T08:43:00Z', 'few'),
      ...OTHERS.map((name) => about(name, VERB.initialized, '2026-10-12T08:43:00Z', 'opened')),
    ]);
    await site.part.drain();
    corr = await http.logIn('corr');
  });
  after(() => http.close());

  it('says which modules are done of how many, without a day, up to the end of the last full week', async () => {
    const { asOf, ...progress } = await read('learner');
    expect(Date.parse(asOf)).to.be.greaterThan(0);
    const row = (module: string, state = 'done') => ({ module: unit(module).id, state });
    expect(progress).to.deep.equal({
      ...{ lateAfter: 10, withheldPeriods: [], person: await idOf('learner'), familyName: null, givenName: null },
      enrolments: [
        {
          ...{ person: await idOf('learner'), parcours: WORD, direction: 'DRH', service: null, site: null },
          ...{ state: 'started', late: false, enrolledOn: '2026-10-05', startedOn: '2026-10-06' },
          ...{ doneOn: null, waivedOn: null },
          modulesDone: 3,
          // Those of the person, and the one that enough have done: not what is only begun, nor what few have done.
          modulesKnown: 5,
          // Not in the order in which they were done.
          modules: [row('last-week'), row('one'), row('three', 'waived'), row('two')],
          modulesThrough: '2026-11-22',
        },
      ],
    });
    // However often one looks in a week, it says the same.
    for (const day of [23, 26, 29]) {
      site.clock.now = Date.UTC(2026, 10, day, 22, 59);
      expect((await read('learner')).enrolments, String(day)).to.deep.equal(progress.enrolments);
    }
    site.clock.now = Date.UTC(2026, 10, 29, 23);
    const [next] = (await read('learner')).enrolments;
    expect([next?.modulesThrough, next?.modulesKnown]).to.deep.equal(['2026-11-29', 7]);
    expect(next?.modules).to.deep.include(row('this-week'));
    site.clock.now = Date.UTC(2026, 10, 23, 11, 17);
  });

  it('counts of how many modules without telling who has begun one', async () => {
    const dsic = await http.logIn('colleague', [{ role: 'correspondent', direction: 'DSIC' }]);
    const known = async (name: string): Promise<number | undefined> =>
      (await read(name, dsic)).enrolments[0]?.modulesKnown;
    // 'many'; beside it what each of them has done alone. Five have begun 'opened'.
    expect(await known('colleague'), 'elsewhere').to.equal(2);
    expect(await known(OTHERS[0] ?? '')).to.equal(1);
    for (const name of OTHERS.slice(1)) expect(await known(name), `${name}: few`).to.equal(2);
    // Waived and done alike: here nobody's own is among them.
    await site.commit([about('novice', VERB.registered, '2026-10-12T08:43:00Z')]);
    await site.part.drain();
    expect(await known('novice')).to.equal(1);
  });

  it('is of the people of the reader’s directions, and of nobody else', async () => {
    expect((await read('idle')).enrolments).to.deep.equal([]);
    for (const who of [await idOf('neighbour'), 'nobody', '']) {
      expect(await status(`/api/progress/person?person=${who}`), who).to.equal(404);
      if (who !== '') expect(await status(`/progress/${who}`, { ...corr, accept: 'text/html' }), who).to.equal(404);
    }
    const path = `/api/progress/person?person=${await idOf('learner')}`;
    await site.people('DRH', ['the-agent']);
    for (const role of ['tutor', 'analyst', 'administrator'] as const) {
      const who = await http.logIn('the-agent', [{ role, ...(role !== 'administrator' && { direction: 'DRH' }) }]);
      expect(await status(path, who), role).to.equal(403);
      expect(await status(`/progress/${await idOf('learner')}`, who), role).to.equal(403);
    }
    expect(await status(path, await http.key('all'))).to.equal(403);
    expect(await status(`${path}&direction=DRH`)).to.equal(400);
  });

  it('gives no enrolment that began elsewhere', async () => {
    await site.people('DSIC', ['mover'], { to: Date.UTC(2026, 5, 1) });
    await site.people('DRH', ['mover'], { from: Date.UTC(2026, 5, 1) });
    await site.commit([did('mover', '2026-05-04T09:00:00Z')]);
    await site.part.drain();
    expect((await read('mover')).enrolments).to.deep.equal([]);
  });

  it('leads to statements only who may read them', async () => {
    const path = `/progress/${await idOf('learner')}`;
    const page = async (who: Record<string, string>) => (await http.get(path, { ...who, accept: 'text/html' })).text;
    expect(await page(corr))
      .to.include('3 modules achevés sur 5, 1 dispensé')
      .and.match(/<progress value="4" max="5"/)
      .and.not.include('/statements');
    const both = await http.logIn('corr', [{ role: 'administrator' }]);
    expect(await page(both)).to.include(`/statements?person=${await idOf('learner')}&amp;registration=${REGISTRATION}`);
  });

  it('notes the directions that names are looked at of, by whichever way in', async () => {
    for (const [index, path] of [
      '/progress',
      '/progress/ID',
      '/api/progress',
      '/api/progress?format=csv',
      '/api/progress/person?person=ID',
    ].entries()) {
      const [direction, name] = [`D${index}`, `corr-${index}`];
      await site.people(direction, [name], { roles: ['correspondent'] });
      const answer = await http.get(path.replace('ID', await idOf(name)), await http.logIn(name));
      expect(answer.status, path).to.equal(200);
      const noted = await site.store.collection({ name: 'reporting.perimeters', indexes: {} }).find();
      const sets = noted.map(({ value }) => (value as { directions: string[] }).directions.join());
      expect(sets, path).to.include(direction);
    }
  });

  /** Everything in which a correspondent can meet a named person, as text. */
  async function everything(): Promise<Map<string, string>> {
    const id = await idOf('learner');
    const lists = ['', '&direction=DRH', '&state=started', '&q=', `&parcours=${encodeURIComponent(WORD)}`];
    const paths = [
      ...lists.flatMap((list) => [`/progress?limit=100${list}`, `/api/progress?limit=100${list}`]),
      ...['fr', 'en'].map((lang) => `/api/progress?format=csv&lang=${lang}`),
      ...['definitions', 'progress'].map((table) => `/api/progress?format=csv&table=${table}`),
      ...['', '?lang=en', '?registration=x', '?tab=sessions'].map((query) => `/progress/${id}${query}`),
      `/api/progress/person?person=${id}`,
    ];
    const found = new Map<string, string>();
    for (const path of paths) {
      const answer = await http.get(path, { ...corr, ...(path.startsWith('/progress') && { accept: 'text/html' }) });
      expect(answer.status, path).to.equal(200);
      found.set(path, answer.text);
    }
    return found;
  }

  it('has no time of day, no score, no call, no module that is only begun: wherever a correspondent looks', async () => {
    const looked = await everything();
    expect(
      [...looked.values()].filter((text) => /2026-10-06|6 octobre 2026|6 October 2026/.test(text)).length,
    ).to.equal(looked.size - 1);
    for (const [path, text] of looked) {
      // How fresh the data are, and when they were printed, is about nobody.
      const own = text
        .replace(/"asOf":"[^"]*"/g, '')
        .replace(/<p class="livret-printed.*?<\/p>/gs, '')
        .replace(/(Données au|Data as of) [^.;]*\./g, '')
        .replace(/"after":"[^"]*"/g, '')
        // A token may hold any digits.
        .replace(/name="_csrf" value="[^"]*"/g, '');
      // Every statement was made at 43 past.
      expect(own, path).to.not.match(/\b\d{1,2}\s?[:hH]\s?\d{2}\b|T\d\d|:43|43:|\b43\b/);
      expect(own, path).to.not.match(/begun|0[.,]37|37\s?%|units\.test\/(this-week|elsewhere)/);
      expect(own, path).to.not.match(/"(events|sessions?|timeOnTask|score|calls|tutor|lastAt|registration)"/i);
    }
  });
});
