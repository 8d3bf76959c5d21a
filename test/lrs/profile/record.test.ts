/** What the program emits, against its own published profile and a real LRS. */
import { expect } from 'chai';
import { EXTENSION, factOf, PROFILE, profileDocument, record } from '../../../lrs/profile/index.ts';
import type { Statement } from '../../../lrs/xapi/types.ts';
import { sqlite } from '../../engines/sqlite.ts';
import { TestServer, VERSIONS } from '../resources/server.ts';
import { astray } from './checker/courses.ts';
import { valuesAt } from './checker/json-path.ts';
import { follows } from './checker/patterns.ts';
import type { Profile } from './checker/profile.ts';
import { validates } from './checker/templates.ts';
import { ENROLMENT, PERSON, STORY } from './story.ts';

const profile = JSON.parse(profileDocument().bytes.toString()) as Profile;
const templateOf = (name: string): string => `${PROFILE}/templates/${name}`;
const copies = (): Statement[] => structuredClone(STORY.map(([, , statement]) => statement));

describe('what the builders emit', () => {
  let server: TestServer;
  before(async () => {
    server = await TestServer.start(sqlite);
  });
  after(() => server.stop());

  for (const version of VERSIONS) {
    it(`is taken in ${version}, again without any change, and comes back following its templates and patterns`, async () => {
      // Each version in a registration of its own: the same fact would be the same statement.
      const registration = record.idOf('version', version);
      const sent = copies().map((each, i) => ({
        ...each,
        id: record.idOf(version, i),
        context: { ...each.context, registration },
      }));
      for (let time = 0; time < 2; time++) {
        const answer = await server.call('/statements', { method: 'POST', version, body: sent });
        expect(answer.status, await answer.text()).to.equal(200);
      }
      const query = `/statements?limit=20&ascending=true&registration=${registration}`;
      const pages = [await server.json(query, { version })];
      while (pages.at(-1).more) pages.push(await server.json(`/${pages.at(-1).more}`, { version }));
      const stored: Statement[] = pages.flatMap((page) => page.statements);
      expect(stored).to.have.length(STORY.length);
      for (const [i, statement] of stored.entries()) {
        const { broken, templates } = validates(statement, profile.templates);
        expect(broken).to.deep.equal([]);
        expect(templates).to.deep.equal([templateOf(STORY[i]?.[0] ?? '')]);
      }
      expect(astray(stored, profile)).to.deep.equal([]);
    });
  }

  it('changes nothing when the fact is recorded anew, and is refused when the same fact is told otherwise', async () => {
    const fact = { enrolment: ENROLMENT, at: Date.UTC(2026, 0, 1, 8) };
    const post = (body: Statement) => server.call('/statements', { method: 'POST', body });
    expect((await post(record.enrolment.needed(fact))).status).to.equal(200);
    expect((await post(record.enrolment.needed(fact))).status).to.equal(200);
    expect((await post(record.enrolment.needed({ ...fact, at: fact.at + 1 }))).status).to.equal(409);
  });
});

describe('the builders', () => {
  it('know every template of the profile', () => {
    const told = new Set(STORY.map(([template]) => templateOf(template)));
    expect(profile.templates.map(({ id }) => id)).to.have.members([...told]);
  });

  it('emit facts that are read as what they are', () => {
    for (const [template, kind, statement] of STORY) {
      const fact = factOf(statement);
      expect(fact, template).to.include({
        kind,
        parcours: ENROLMENT.parcours.id,
        registration: ENROLMENT.registration,
      });
      expect(fact.module, template).to.not.equal(ENROLMENT.parcours.id);
      if (kind.startsWith('slot')) expect(fact.slot, template).to.have.all.keys('id', 'from', 'to');
    }
    const sessions = STORY.filter(([, kind]) => ['launched', 'completed', 'tutorCalled'].includes(kind));
    for (const [, , statement] of sessions)
      expect(factOf(statement)).to.include({ module: 'https://contenus.test/bureautique/texte', active: true });
  });

  it('give each fact an id of its own, the same every time', () => {
    const ids = STORY.map(([, , { id }]) => id);
    expect(new Set(ids).size).to.equal(STORY.length);
    for (const id of ids) expect(id).to.match(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    // Pinned: another id for the same fact would count what is already stored a second time.
    expect(record.registrationOf(PERSON, 'https://contenus.test/bureautique')).to.equal(ENROLMENT.registration);
    expect([ids[0], ids[9]]).to.deep.equal([
      '0c1d1e79-57bd-5d66-acb5-6470fcd3c983',
      '9645c33c-905c-5274-967b-12dcd6fc37e3',
    ]);
  });
});

describe('the checker', () => {
  it('notices each rule that is broken', () => {
    const breaks: Record<string, (statement: Record<string, never> & Statement) => void> = {
      completed: (s) => Object.assign(s, { result: { completion: false } }),
      passed: (s) => Object.assign(s, { result: { success: false } }),
      terminated: (s) => delete (s as Statement).result,
      needed: (s) => delete s.context?.registration,
      waived: (s) => Object.assign(s, { result: { success: true, completion: true } }),
      launched: (s) =>
        Object.assign(s.context ?? {}, { contextActivities: { ...s.context?.contextActivities, category: [] } }),
      'slot-kept': (s) => delete s.context?.extensions?.[EXTENSION.plannedStart],
      'slot-planned': (s) => Object.assign(s.context?.extensions ?? {}, { [EXTENSION.place]: 'moon' }),
      'tutor-answered': (s) => delete s.context?.instructor,
    };
    for (const [template, breakIt] of Object.entries(breaks)) {
      const [, , statement] = STORY.find(([name]) => name === template) ?? [];
      const copy = structuredClone(statement) as Record<string, never> & Statement;
      expect(validates(copy, profile.templates).outcome).to.equal('success');
      breakIt(copy);
      expect(validates(copy, profile.templates).outcome, template).to.equal('invalid');
    }
  });

  it('notices what stands in the wrong place', () => {
    const t = templateOf;
    const wrong: string[][] = [
      ['registered', 'needed'],
      ['initialized', 'launched'],
      ['launched', 'terminated', 'completed'],
      ['slot-moved'],
      ['slot-planned', 'slot-kept', 'slot-missed'],
      ['tutor-answered'],
      ['tutor-called', 'launched'],
    ];
    for (const names of wrong)
      expect(
        follows(
          names.map((name) => [t(name)]),
          profile,
        ),
        names.join(),
      ).to.equal(false);
    const right = [['needed'], ['launched', 'failed', 'suspended', 'resumed', 'passed'], ['satisfied']];
    for (const names of right)
      expect(
        follows(
          names.map((name) => [t(name)]),
          profile,
        ),
        names.join(),
      ).to.equal(true);
  });

  it('reads paths as the specification allows them', () => {
    const value = { a: [{ b: 1 }, { b: 2 }, {}], 'x|y.z': 3 };
    expect(valuesAt(value, '$.a[*].b')).to.deep.equal([1, 2]);
    expect(valuesAt(value, '$.a[0,1].b | $.nothing')).to.deep.equal([1, 2]);
    expect(valuesAt(value, `$['x|y.z']|$.a[0]['b']`)).to.deep.equal([3, 1]);
    expect(() => valuesAt(value, '$..b')).to.throw('not understood');
  });
});
