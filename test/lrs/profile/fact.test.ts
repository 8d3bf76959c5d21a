/** What statements count for: one case a rule, and real statements that nobody here wrote. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { ACTIVITY_TYPE, EXTENSION, type Fact, type FactKind, factOf, VERB } from '../../../lrs/profile/index.ts';
import type { Activity, Statement } from '../../../lrs/xapi/types.ts';
import { FUN, onRealData } from '../../real-data.ts';

const ADL = 'http://adlnet.gov/expapi';
const VIDEO = 'https://w3id.org/xapi/video';
const SESSION = { [EXTENSION.cmi5Session]: 's1' };
const CMI5 = { id: 'https://w3id.org/xapi/cmi5/context/categories/cmi5' };

const of = (id: string, type?: string): Activity => ({ id, ...(type === undefined ? {} : { definition: { type } }) });
const PLAN = of('urn:plan', ACTIVITY_TYPE.parcours);
const COURSE = of('urn:course', ACTIVITY_TYPE.course);
const CMI5_COURSE = of('urn:c5', 'https://w3id.org/xapi/cmi5/activitytype/course');
const BLOCK = of('urn:block', 'https://w3id.org/xapi/cmi5/activitytype/block');
const LESSON = of('urn:lesson', ACTIVITY_TYPE.lesson);
const AU = of('urn:au');
const QUESTION = of('urn:q', `${ADL}/activities/cmi.interaction`);
const FILM = of('urn:film', `${VIDEO}/activity-type/video`);
const SLOT = of('urn:slot', ACTIVITY_TYPE.slot);
const CALL = of('urn:call', ACTIVITY_TYPE.tutorSession);

type Rest = Pick<Statement, 'result' | 'context'>;
const said = (verb: string, object: Statement['object'], rest: Rest = {}): Statement => ({
  actor: { mbox: 'mailto:a@example.org' },
  verb: { id: verb.includes(':') ? verb : `${ADL}/verbs/${verb}` },
  object,
  ...rest,
});
const within = (parent?: Activity | Activity[], grouping?: Activity | Activity[]): Rest => ({
  context: {
    contextActivities: { ...(parent === undefined ? {} : { parent }), ...(grouping === undefined ? {} : { grouping }) },
  },
});

const CASES: Record<string, [Statement, Fact]> = {
  'a lesson completed in a course': [
    said('completed', LESSON, within(COURSE)),
    { kind: 'completed', active: true, parcours: 'urn:course', module: 'urn:lesson' },
  ],
  'the course itself completed': [
    said('completed', COURSE),
    { kind: 'completed', active: true, parcours: 'urn:course' },
  ],
  'an activity without a type completed in a course': [
    said('completed', AU, within([COURSE])),
    { kind: 'completed', active: true, parcours: 'urn:course', module: 'urn:au' },
  ],
  'a course inside a parcours, which is a unit of it': [
    said('completed', COURSE, within(PLAN)),
    { kind: 'completed', active: true, parcours: 'urn:plan', module: 'urn:course' },
  ],
  'a parcours inside another: a module of it': [
    said('completed', of('urn:inner', ACTIVITY_TYPE.parcours), within(undefined, PLAN)),
    { kind: 'completed', active: true, parcours: 'urn:plan', module: 'urn:inner' },
  ],
  'a parcours nearer than the course: it goes first': [
    said('completed', LESSON, within(PLAN, [COURSE])),
    { kind: 'completed', active: true, parcours: 'urn:plan', module: 'urn:lesson' },
  ],
  'a question answered in a lesson': [
    said('answered', QUESTION, { ...within(LESSON, COURSE), result: { success: true, completion: true } }),
    { kind: 'other', active: true, parcours: 'urn:course', module: 'urn:lesson' },
  ],
  'a question passed in a lesson: the lesson is not': [
    said('passed', QUESTION, { ...within(LESSON, COURSE), result: { score: { scaled: 1 }, success: true } }),
    { kind: 'other', active: true, parcours: 'urn:course', module: 'urn:lesson' },
  ],
  'a question answered in what has no type': [
    said('answered', QUESTION, within(AU, COURSE)),
    { kind: 'other', active: true, parcours: 'urn:course', module: 'urn:au' },
  ],
  'a question right under the course': [
    said('answered', QUESTION, within(COURSE)),
    { kind: 'other', active: true, parcours: 'urn:course' },
  ],
  'completion of a question without a type, with a verb that treats nothing as a module': [
    said('answered', of('urn:x'), { ...within(COURSE), result: { completion: true } }),
    { kind: 'other', active: true, parcours: 'urn:course', module: 'urn:x' },
  ],
  'experienced with completion, on a lesson': [
    said('experienced', LESSON, { ...within(COURSE), result: { completion: true } }),
    { kind: 'completed', active: true, parcours: 'urn:course', module: 'urn:lesson', completion: true },
  ],
  'attempted, which opens older content': [
    said('attempted', AU, within(COURSE)),
    { kind: 'initialized', active: true, parcours: 'urn:course', module: 'urn:au' },
  ],
  'terminated with the status of a SCO, beside its attempt (SCORM profile)': [
    said('terminated', LESSON, {
      ...within(undefined, [of('urn:attempt', `${ADL}/activities/attempt`), COURSE]),
      result: { completion: true, success: false, score: { scaled: 0.4 }, duration: 'PT1H0M30.5S' },
    }),
    {
      kind: 'terminated',
      active: true,
      parcours: 'urn:course',
      module: 'urn:lesson',
      completion: true,
      success: false,
      scaled: 0.4,
      duration: 3_630_500,
    },
  ],
  'an objective passed inside a SCO': [
    said('passed', of('urn:o', `${ADL}/activities/objective`), within(LESSON, COURSE)),
    { kind: 'other', active: true, parcours: 'urn:course', module: 'urn:lesson' },
  ],
  'a film completed in a course': [
    said('completed', FILM, within(COURSE)),
    { kind: 'completed', active: true, parcours: 'urn:course', module: 'urn:film' },
  ],
  'a film completed in a lesson: part of it': [
    said('completed', FILM, within(LESSON, COURSE)),
    { kind: 'other', active: true, parcours: 'urn:course', module: 'urn:lesson' },
  ],
  'a film completed in a chapter that is no lesson': [
    said('completed', FILM, within(of('urn:m', `${ADL}/activities/module`), COURSE)),
    { kind: 'completed', active: true, parcours: 'urn:course', module: 'urn:film' },
  ],
  'a film paused': [
    said(`${VIDEO}/verbs/paused`, FILM, within(COURSE)),
    { kind: 'other', active: true, parcours: 'urn:course', module: 'urn:film' },
  ],
  'an AU completed (cmi5-defined)': [
    said('completed', AU, {
      context: { extensions: SESSION, contextActivities: { category: [CMI5], grouping: [of('urn:pub'), CMI5_COURSE] } },
    }),
    { kind: 'completed', active: true, parcours: 'urn:c5', module: 'urn:au' },
  ],
  'a film completed inside an AU (cmi5-allowed): never for the AU': [
    said('completed', FILM, {
      context: { extensions: SESSION, contextActivities: { grouping: [of('urn:pub'), CMI5_COURSE] } },
    }),
    { kind: 'other', active: true, parcours: 'urn:c5' },
  ],
  'a slide of an AU (cmi5-allowed) whose launcher names the AU': [
    said('experienced', of('urn:au/slide/1'), {
      context: { extensions: SESSION, contextActivities: { parent: [LESSON], grouping: [of('urn:pub'), CMI5_COURSE] } },
    }),
    { kind: 'other', active: true, parcours: 'urn:c5', module: 'urn:lesson' },
  ],
  'a block satisfied': [
    said(VERB.satisfied, BLOCK, within(undefined, [CMI5_COURSE])),
    { kind: 'satisfied', active: false, parcours: 'urn:c5', module: 'urn:block' },
  ],
  'a module waived: not completed': [
    said(VERB.waived, LESSON, { ...within(COURSE), result: { completion: true, success: true } }),
    {
      kind: 'waived',
      active: false,
      parcours: 'urn:course',
      module: 'urn:lesson',
      success: true,
    },
  ],
  'a slot planned for a lesson': [
    said(VERB.scheduled, SLOT, {
      context: {
        registration: '6FA459EA-EE8A-3CA4-894E-DB77E160355E',
        contextActivities: { parent: LESSON, grouping: PLAN },
        extensions: { [EXTENSION.plannedStart]: '2026-01-05T09:00:00+01:00', [EXTENSION.plannedDuration]: 'PT1H' },
      },
    }),
    {
      kind: 'slotPlanned',
      active: false,
      parcours: 'urn:plan',
      module: 'urn:lesson',
      registration: '6fa459ea-ee8a-3ca4-894e-db77e160355e',
      slot: { id: 'urn:slot', from: Date.UTC(2026, 0, 5, 8), to: Date.UTC(2026, 0, 5, 9) },
    },
  ],
  'a slot cancelled, in the older spelling': [
    said('http://activitystrea.ms/schema/1.0/cancel', SLOT, within(undefined, PLAN)),
    { kind: 'slotCancelled', active: false, parcours: 'urn:plan', slot: { id: 'urn:slot' } },
  ],
  'something else scheduled': [
    said(VERB.scheduled, of('urn:meeting', `${ADL}/activities/meeting`)),
    { kind: 'other', active: true, module: 'urn:meeting' },
  ],
  'a slot completed: nothing is': [
    said('completed', SLOT, within(LESSON, PLAN)),
    { kind: 'other', active: true, parcours: 'urn:plan', module: 'urn:lesson' },
  ],
  'a tutor called from a lesson': [
    said(VERB.requestedAttention, CALL, within(LESSON, PLAN)),
    { kind: 'tutorCalled', active: true, parcours: 'urn:plan', module: 'urn:lesson' },
  ],
  'a tutor called, named as an agent': [
    said(VERB.requestedAttention, { objectType: 'Agent', mbox: 'mailto:t@example.org' }, within(AU, COURSE)),
    { kind: 'tutorCalled', active: true, parcours: 'urn:course', module: 'urn:au' },
  ],
  'a tutor session held': [
    said(VERB.attended, CALL, { ...within(LESSON, PLAN), result: { duration: 'PT10M' } }),
    { kind: 'tutorAnswered', active: false, parcours: 'urn:plan', module: 'urn:lesson', duration: 600_000 },
  ],
  'a place that the profile knows': [
    said('initialized', LESSON, { context: { extensions: { [EXTENSION.place]: 'resourceCentre' } } }),
    { kind: 'initialized', active: true, module: 'urn:lesson', place: 'resourceCentre' },
  ],
  'a place that it does not know': [
    said('initialized', LESSON, { context: { extensions: { [EXTENSION.place]: 'café' } } }),
    { kind: 'initialized', active: true, module: 'urn:lesson' },
  ],
  'months, which have no length': [
    said('terminated', LESSON, { result: { duration: 'P1M' } }),
    { kind: 'terminated', active: true, module: 'urn:lesson' },
  ],
  'what is only planned, as a SubStatement': [
    said('http://example.com/planned', {
      objectType: 'SubStatement',
      actor: { mbox: 'mailto:a@example.org' },
      verb: { id: `${ADL}/verbs/completed` },
      object: LESSON,
    }),
    { kind: 'other', active: false },
  ],
  'a login': [
    said('https://w3id.org/xapi/adl/verbs/logged-in', of('urn:lms')),
    { kind: 'other', active: false, module: 'urn:lms' },
  ],
};

describe('factOf', () => {
  for (const [what, [statement, fact]] of Object.entries(CASES)) {
    it(what, () => expect(factOf(statement)).to.deep.equal(fact));
  }

  const verbs: Record<string, [FactKind, active: boolean]> = {
    [VERB.needed]: ['needed', false],
    [VERB.diagnosed]: ['diagnosed', false],
    [VERB.registered]: ['registered', false],
    [VERB.launched]: ['launched', true],
    [VERB.suspended]: ['suspended', true],
    [VERB.resumed]: ['resumed', true],
    [VERB.abandoned]: ['abandoned', false],
    [VERB.failed]: ['failed', true],
  };
  for (const [verb, [kind, active]] of Object.entries(verbs)) {
    it(`${kind}, said of a parcours`, () =>
      expect(factOf(said(verb, PLAN))).to.deep.equal({ kind, active, parcours: 'urn:plan' }));
  }
  for (const [verb, kind] of [
    [VERB.updated, 'slotMoved'],
    [VERB.attended, 'slotKept'],
    [VERB.missed, 'slotMissed'],
  ] as const) {
    it(`${kind}`, () =>
      expect(factOf(said(verb, SLOT))).to.deep.equal({ kind, active: false, slot: { id: 'urn:slot' } }));
  }

  it('keeps its word for any verb in any context', () => {
    const activities = [PLAN, COURSE, CMI5_COURSE, BLOCK, LESSON, AU, QUESTION, FILM, SLOT, CALL];
    const around = fc.option(fc.array(fc.constantFrom(...activities), { maxLength: 3 }), { nil: undefined });
    const verbOf = fc.constantFrom(...Object.values(VERB), `${ADL}/verbs/answered`, `${VIDEO}/verbs/played`);
    const result = fc.record({ completion: fc.boolean(), success: fc.boolean() }, { requiredKeys: [] });
    fc.assert(
      fc.property(
        verbOf,
        fc.constantFrom(...activities),
        around,
        around,
        result,
        (verb, object, parent, grouping, outcome) => {
          const fact = factOf(said(verb, object, { ...within(parent, grouping), result: outcome }));
          // The parcours is the outermost there is, and never its own module.
          const named = [...(grouping ?? []), ...(parent ?? []), object];
          expect(fact.parcours === undefined).to.equal(
            ![PLAN, COURSE, CMI5_COURSE].some((each) => named.includes(each)),
          );
          if (named.includes(PLAN)) expect(fact.parcours).to.equal(PLAN.id);
          if (fact.module !== undefined)
            expect(fact.module).to.not.be.oneOf([fact.parcours, PLAN.id, SLOT.id, CALL.id]);
          // A question in a lesson says nothing of the lesson.
          if (object === QUESTION && [...(grouping ?? []), ...(parent ?? [])].includes(LESSON)) {
            expect(fact.module).to.equal(LESSON.id);
            expect(fact.kind).to.be.oneOf(['other', 'tutorCalled']);
            expect(fact).to.not.have.any.keys('scaled', 'completion');
          }
          // A list of one is that one.
          const [only] = parent ?? [];
          if (only !== undefined && parent?.length === 1) {
            expect(factOf(said(verb, object, { ...within(only, grouping), result: outcome }))).to.deep.equal(fact);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  onRealData('facts of real statements', () => {
    it('reads 22,000 statements of a MOOC as their verbs say', () => {
      const lines = gunzipSync(readFileSync(FUN.statements)).toString().trimEnd().split('\n');
      const facts = lines.map((line) => factOf(JSON.parse(line)));
      const kinds: Record<string, number> = {};
      for (const { kind } of facts) kinds[kind] = (kinds[kind] ?? 0) + 1;
      // Counted with grep on the verbs.
      expect(kinds).to.deep.equal({ other: 19_678, completed: 636, initialized: 1348, terminated: 338 });
      expect(
        facts.every(({ active, module, parcours }) => active && module !== undefined && parcours !== undefined),
      ).to.equal(true);
      expect(facts.some(({ module, parcours }) => module === parcours)).to.equal(false);
    });
  });
});
