import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { ACTIVITY_TYPE, EXTENSION, VERB } from '../../../lrs/profile/iris.ts';
import type { Statement } from '../../../lrs/xapi/types.ts';
import type { OwnLearning } from '../../../reporting/own/model.ts';
import { sqlite } from '../../engines/sqlite.ts';
import { type Served, serve } from '../served.ts';
import { COURSE_TYPE, did, keyOf, openSite, type Site } from '../site.ts';

const WORD = 'https://courses.test/word';
const ONE = 'https://units.test/one';
const SLOT = 'https://livret.test/slots/1';
const unit = (name: string) => ({ id: `https://units.test/${name}` });
const PATH = '/api/me/learning';
const FIVE = ['five-1', 'five-2', 'five-3', 'five-4', 'five-5'];

const about = (name: string, verb: string, timestamp: string, parts: Partial<Statement> = {}): Statement => ({
  ...did(name, timestamp),
  verb: { id: verb },
  ...parts,
});
const whole = { object: { id: WORD, definition: { type: COURSE_TYPE } }, context: {} };
const slot = (verb: string, timestamp: string, from: string): Statement =>
  about('me', verb, timestamp, {
    object: { id: SLOT, definition: { type: ACTIVITY_TYPE.slot } },
    context: {
      contextActivities: { grouping: [{ id: WORD, definition: { type: COURSE_TYPE } }] },
      extensions: { [EXTENSION.plannedStart]: from, [EXTENSION.plannedDuration]: 'PT1H' },
    },
  });

describe('one’s own learning', function () {
  this.timeout(30_000);
  let site: Site;
  let http: Served;
  let me: Record<string, string>;
  const registration = randomUUID();
  const mine = (headers = me): Promise<OwnLearning> => http.json(PATH, headers);

  before(async () => {
    site = await openSite(sqlite);
    http = await serve(site);
    await site.people('DRH', ['me', 'colleague', 'newcomer', 'somebody', ...FIVE], { service: 'Formation' });
    await site.directory.upsert({ identifiers: [keyOf('nowhere')] });
    const context = {
      contextActivities: { parent: [{ id: WORD, definition: { type: COURSE_TYPE } }] },
      registration,
    };
    await site.commit([
      about('me', VERB.registered, '2026-11-02T08:00:00Z', whole),
      // Tuesday, 09:00 to 09:20 in Paris; then, past the session gap, 18:50 to 19:10: half of it after hours.
      about('me', VERB.initialized, '2026-11-03T08:00:00Z', { context }),
      did('me', '2026-11-03T08:20:00Z', { context }),
      did('me', '2026-11-03T17:50:00Z', { context }),
      about('me', VERB.completed, '2026-11-03T18:10:00Z', { context, result: { score: { scaled: 0.8 } } }),
      // The Tuesday after, at nine again.
      about('me', VERB.requestedAttention, '2026-11-10T08:30:00Z', { context }),
      slot(VERB.scheduled, '2026-11-04T09:00:00Z', '2026-11-12T09:00:00Z'),
      slot(VERB.updated, '2026-11-05T09:00:00Z', '2026-11-13T09:00:00Z'),
      did('colleague', '2026-11-03T08:00:00Z', { object: unit('two') }),
      // Done by five 'many' counts; not what few have done, what is only begun, or what is done this week.
      ...FIVE.map((name) => about(name, VERB.completed, '2026-11-03T08:00:00Z', { object: unit('many') })),
      ...FIVE.slice(1).map((name) => about(name, VERB.completed, '2026-11-03T08:00:00Z', { object: unit('few') })),
      ...FIVE.map((name) => did(name, '2026-11-03T08:00:00Z', { object: unit('opened') })),
      ...FIVE.map((name) => about(name, VERB.completed, '2026-11-23T08:00:00Z', { object: unit('this-week') })),
      did('nowhere', '2026-11-03T08:00:00Z'),
      did('nowhere', '2026-11-04T08:00:00Z'),
    ]);
    await site.part.drain();
    me = await http.logIn('me');
  });
  after(() => http.close());

  it('is all of it: enrolments, modules, sessions, time, slots, calls, hours and regularity, with the settings', async () => {
    const { asOf, regularity, ...rest } = await mine();
    expect(Date.now() - Date.parse(asOf)).to.be.within(0, 60_000);
    expect(rest).to.deep.equal({
      timeOnTask: 40,
      sessionMedian: 20,
      // Monday 23 November is today.
      weeks: [
        ...['09-07', '09-14', '09-21', '09-28', '10-05', '10-12', '10-19', '10-26'].map((day) => week(day, 0, 0)),
        week('11-02', 40, 2),
        week('11-09', 0, 1),
        week('11-16', 0, 0),
        week('11-23', 0, 0),
      ],
      enrolments: [
        {
          parcours: WORD,
          direction: 'DRH',
          service: 'Formation',
          site: null,
          enteredAt: '2026-11-02T08:00:00.000Z',
          neededAt: null,
          diagnosedAt: null,
          registeredAt: '2026-11-02T08:00:00.000Z',
          startedAt: '2026-11-03T08:00:00.000Z',
          completedAt: null,
          passedAt: null,
          failedAt: null,
          waivedAt: null,
          abandonedAt: null,
          lastAt: '2026-11-10T08:30:00.000Z',
          modulesStarted: 1,
          modulesCompleted: 1,
          // Their own, and the one that enough people have done.
          modulesKnown: 2,
          lastModule: ONE,
          late: false,
        },
      ],
      modules: [
        {
          parcours: WORD,
          module: ONE,
          registration,
          firstAt: '2026-11-03T08:00:00.000Z',
          initializedAt: '2026-11-03T08:00:00.000Z',
          lastAt: '2026-11-03T18:10:00.000Z',
          completedAt: '2026-11-03T18:10:00.000Z',
          passedAt: null,
          failedAt: null,
          waivedAt: null,
          satisfiedAt: null,
          abandonedAt: null,
          timeOnTask: 40,
          events: 4,
          score: 0.8,
          tutorCalls: 0,
        },
      ],
      sessions: [
        session('2026-11-10T08:30:00.000Z', '2026-11-10T08:30:00.000Z', 0, 0, 1),
        session('2026-11-03T17:50:00.000Z', '2026-11-03T18:10:00.000Z', 20, 10, 2),
        session('2026-11-03T08:00:00.000Z', '2026-11-03T08:20:00.000Z', 20, 0, 2),
      ],
      slots: [
        {
          slot: SLOT,
          from: '2026-11-13T09:00:00.000Z',
          to: '2026-11-13T10:00:00.000Z',
          at: '2026-11-05T09:00:00.000Z',
          kind: 'slotMoved',
          parcours: WORD,
          module: null,
        },
        {
          slot: SLOT,
          from: '2026-11-12T09:00:00.000Z',
          to: '2026-11-12T10:00:00.000Z',
          at: '2026-11-04T09:00:00.000Z',
          kind: 'slotPlanned',
          parcours: WORD,
          module: null,
        },
      ],
      slotStates: [
        {
          slot: SLOT,
          from: '2026-11-13T09:00:00.000Z',
          to: '2026-11-13T10:00:00.000Z',
          parcours: WORD,
          module: null,
          state: 'missed',
          moves: 1,
        },
      ],
      interruptions: [
        {
          parcours: WORD,
          module: ONE,
          at: '2026-11-03T08:20:00.000Z',
          returnedAt: '2026-11-03T17:50:00.000Z',
          masteredAt: '2026-11-03T18:10:00.000Z',
        },
      ],
      tutor: [{ at: '2026-11-10T08:30:00.000Z', kind: 'tutorCalled', parcours: WORD, module: null }],
      activeHours: [
        { day: '2026-11-10', hour: 9, events: 1 },
        { day: '2026-11-03', hour: 19, events: 1 },
        { day: '2026-11-03', hour: 18, events: 1 },
        { day: '2026-11-03', hour: 9, events: 2 },
      ],
      cut: [],
      settings: {
        sessionGap: 30,
        moduleMinutes: 60,
        lateAfter: 10,
        timeZone: 'Europe/Paris',
        workingHours: 'Mon-Fri 08:00-19:00',
        holidays: 'metropole',
      },
    });
    // D = 2 at nine, 1 at eighteen and 1 at nineteen: H = 1.5 bits. One Tuesday and the next: the same days.
    expect(regularity.pdh).to.be.closeTo((Math.log2(24) - 1.5) * 2, 1e-9);
    expect(regularity.pdhNormalised).to.be.closeTo(1 - 1.5 / Math.log2(24), 1e-9);
    const { firstDay, lastDay, ws1 } = regularity;
    expect({ firstDay, lastDay, ws1 }).to.deep.equal({ firstDay: '2026-11-03', lastDay: '2026-11-10', ws1: 1 });
  });

  it('counts of how many modules without telling that somebody has begun one', async () => {
    await site.commit([about('newcomer', VERB.registered, '2026-11-02T08:00:00Z', whole)]);
    await site.part.drain();
    const newcomer = await http.logIn('newcomer');
    const known = async (who: Record<string, string>) =>
      (await mine(who)).enrolments.map(({ modulesKnown }) => modulesKnown);
    expect(await known(newcomer)).to.deep.equal([1]);
    // Their own all count for themselves: begun, of this week, and done by few.
    expect(await known(await http.logIn('five-1'))).to.deep.equal([3]);
    expect(await known(await http.logIn('five-2'))).to.deep.equal([4]);
    await site.commit([did('somebody', '2026-11-19T08:00:00Z', { object: unit('untouched') })]);
    await site.part.drain();
    expect(await known(newcomer)).to.deep.equal([1]);
  });

  it('is there for who belongs nowhere, and for who has done nothing', async () => {
    const nowhere = await mine(await http.logIn('nowhere'));
    expect(nowhere.enrolments.map(({ parcours, direction }) => [parcours, direction])).to.deep.equal([[WORD, null]]);
    expect(nowhere.regularity.pdh).to.be.closeTo(Math.log2(24) * 2, 1e-9);
    // Two days of one week.
    expect(nowhere.regularity.ws1).to.equal(null);
    await site.people('DRH', ['idle']);
    const idle = await mine(await http.logIn('idle'));
    expect([idle.timeOnTask, idle.enrolments, idle.regularity.pdh]).to.deep.equal([0, [], null]);
  });

  it('is nobody else’s: no role reaches further than oneself, no parameter names anybody, no key opens it', async () => {
    const colleague = await mine(await http.logIn('colleague'));
    expect(colleague.sessions).to.have.length(1);
    for (const role of ['tutor', 'correspondent', 'analyst', 'administrator'] as const) {
      await site.people('DRH', [`the-${role}`]);
      const who = await http.logIn(`the-${role}`, [{ role, ...(role !== 'administrator' && { direction: 'DRH' }) }]);
      const person = (await site.directory.personByAgentKey(keyOf('me')))?.id;
      const answer = await http.json<OwnLearning>(PATH, who);
      expect(answer.sessions, role).to.deep.equal([]);
      for (const name of ['person', 'id', 'self']) {
        expect((await http.get(`${PATH}?${name}=${person}`, who)).status, `${role} ${name}`).to.equal(400);
        const page = await http.get(`/learning?${name}=${person}`, { ...who, accept: 'text/html' });
        expect(page.text, `${role} ${name}`).to.include('Rien encore');
      }
    }
    const status = async (headers: Record<string, string>) => (await http.get(PATH, headers)).status;
    expect(await status(await http.key('all'))).to.equal(403);
    expect(await status({})).to.equal(401);
    // Nobody of the directory.
    expect(await status(await http.byLink())).to.equal(404);
  });

  it('is what the metrics say of the person, though everybody’s is in the read model', async () => {
    const { regularity: after } = await mine();
    await site.commit([did('colleague', '2026-11-04T05:00:00Z'), did('colleague', '2026-11-19T05:00:00Z')]);
    await site.part.drain();
    expect((await mine()).regularity).to.deep.equal(after);
  });

  it('is a page too, in both languages, that says what was not enough data', async () => {
    const french = await http.get('/learning', { ...me, accept: 'text/html' });
    expect([french.status, french.text].join(' ')).to.match(/^200 .*<html lang="fr"/s);
    expect(french.text)
      .to.include('40\u00a0min')
      .and.include('6,17')
      .and.include('Créneau déplacé')
      .and.include('Vos créneaux (1)')
      .and.include('Ce qui a été noté de vos créneaux (2)')
      .and.include('Vos interruptions (1)')
      .and.include('Sans activité')
      .and.include('θ = 30 min')
      // What a correspondent sees of modules: of-person.ts.
      .and.include('à la fin de la dernière semaine complète, sans le jour');
    expect(french.text)
      .to.include('10 novembre 2026')
      .and.not.match(/ style=|<style/);
    const idle = await http.logIn('idle');
    const english = await http.get('/learning', { ...idle, accept: 'text/html', 'accept-language': 'en' });
    expect(english.text)
      .to.include('Nothing yet')
      .and.include('by the end of the last full week, without the day')
      .and.not.include('<table');
    expect((await http.get('/learning', { ...(await http.byLink()), accept: 'text/html' })).status).to.equal(404);
  });

  it('says what was waived: in a course under way, and module by module', async () => {
    await site.commit([
      about('colleague-2', VERB.registered, '2026-11-02T08:00:00Z', whole),
      about('colleague-2', VERB.waived, '2026-11-04T08:00:00Z'),
    ]);
    await site.people('DRH', ['colleague-2']);
    await site.part.drain();
    const { text } = await http.get('/learning', { ...(await http.logIn('colleague-2')), accept: 'text/html' });
    expect(text)
      .to.include('0 module achevé sur 2, 1 dispensé')
      .and.match(/<progress value="1" max="2"/);
    const [, modules = ''] = text.split('id="modules"');
    expect(modules.split('</table>')[0]).to.include('Dispensé le').and.include('4 novembre 2026');
  });

  it('leaves as a workbook and as CSV of each list, by the names of the API and with names of activities', async () => {
    const book = await http.get(`${PATH}?format=xlsx`, me);
    expect([book.status, book.headers.get('cache-control'), book.headers.get('content-disposition')]).to.deep.equal([
      200,
      'private, no-store',
      'attachment; filename="livret-my-learning.xlsx"; filename*=UTF-8\'\'livret-my-learning.xlsx',
    ]);
    const weeks = await http.get(`${PATH}?format=csv&table=weeks&dialect=program`, me);
    expect(weeks.text.trim().split('\r\n').slice(-4)).to.deep.equal([
      '2026-11-02;40;2',
      '2026-11-09;0;1',
      '2026-11-16;0;0',
      '2026-11-23;0;0',
    ]);
    const modules = await http.get(`${PATH}?format=csv&table=modules&lang=en`, me);
    expect(modules.text).to.include('Name of the module').and.include(`${WORD};${WORD};${ONE};${ONE}`);
    const states = await http.get(`${PATH}?format=csv&table=slotStates`, me);
    expect(states.text).to.match(/;Sans activité;1\r\n$/);
    const codes = await http.get(`${PATH}?format=csv&table=slotStates&dialect=program`, me);
    expect(codes.text).to.match(/;missed;1\r\n$/);
    const slots = async (query: string) => (await http.get(`${PATH}?format=csv&table=slots${query}`, me)).text;
    expect(await slots(''))
      .to.include(';Créneau déplacé;')
      .and.not.include('slotMoved');
    expect(await slots('&dialect=program'))
      .to.include(';slotMoved;')
      .and.not.include('Créneau déplacé');
    expect((await http.get(`${PATH}?format=csv&table=nothing`, me)).status).to.equal(404);
  });

  it('may be kept by no cache', async () => {
    expect((await http.get(PATH, me)).headers.get('cache-control')).to.equal('private, no-store');
  });

  it('shows what is stored by itself, and lets go of what is erased', async () => {
    const who = await http.logIn('colleague');
    const { sessions: before } = await mine(who);
    await site.commit([did('colleague', '2026-11-09T08:00:00Z')]);
    while ((await mine(who)).sessions.length === before.length) await new Promise((resolve) => setTimeout(resolve, 20));
    await site.store.erase({ id: randomUUID(), agents: [keyOf('colleague')], mode: 'erase' });
    await site.part.drain();
    const { sessions, enrolments } = await mine(who);
    expect([sessions, enrolments]).to.deep.equal([[], []]);
  });
});

const session = (startedAt: string, endedAt: string, timeOnTask: number, offHours: number, events: number) => ({
  startedAt,
  endedAt,
  timeOnTask,
  offHours,
  events,
});

const week = (day: string, timeOnTask: number, sessions: number) => ({ monday: `2026-${day}`, timeOnTask, sessions });
