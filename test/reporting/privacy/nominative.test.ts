/**
 * Training correspondents know people by name, with the day of each stage, and looking every week they know
 * in which of them a module was done (reporting/progress).
 * No figure of a family that they can pair with these names may be made of behaviour: in five named people of whom none
 * failed, nobody did. And no figure of behaviour may be one that these decide: here they are
 * given the day of each module, which is more than they know.
 */
import { expect } from 'chai';
import { agentFromKey } from '../../../lrs/index.ts';
import { METRICS } from '../../../reporting/metrics/index.ts';
import type { OwnLearning } from '../../../reporting/own/model.ts';
import { parsePeriod } from '../../../reporting/periods/period.ts';
import { fieldsOf } from '../../../reporting/privacy/figures.ts';
import { contributionsAt, readMembers } from '../../../reporting/privacy/members.ts';
import type { ProgressOfPerson } from '../../../reporting/progress/of-person.ts';
import type { ProgressPage } from '../../../reporting/progress/progress.ts';
import { sqlite } from '../../engines/sqlite.ts';
import { type Served, serve } from '../served.ts';
import { openSite, SETTINGS, type Site } from '../site.ts';
import { chanceOf, history, QUARTERS, settle } from './attacker/ministry.ts';

/** Every field of a nominative family, and why whoever knows the names may know it of each of them. */
const KNOWN_BY_NAME: Record<string, string> = {
  'completion.enrolments': 'the list has a row for each',
  'completion.censused': 'censusing needs is what correspondents do; state needed',
  'completion.diagnosed':
    'recorded of people and not by what they do in it: a step on the way that correspondents arrange',
  'completion.enrolled': 'enrolledOn',
  'completion.started': 'startedOn',
  'completion.inProgress': 'startedOn, and a module that is done',
  'completion.completed': 'doneOn',
  'completion.waived': 'waivedOn',
  'completion.newPeople': 'startedOn: the first of them',
  'completion.newGraduates': 'doneOn: the first of them',
  'completion.completedModules': 'modules that are done, week by week',
  'completion.waivedModules': 'modules that are waived, week by week',
  'completion.byModule': 'modules that are done, week by week',
  'start-delay.n': 'enrolledOn and startedOn',
  'start-delay.startDelay': 'from enrolledOn to startedOn',
  'start-delay.startDelayMargin': 'the same',
  'start-delay.startDelayQ1': 'the same',
  'start-delay.startDelayMedian': 'the same',
  'start-delay.startDelayQ3': 'the same',
};

const DAY = 86_400_000;

/** With the day on which each module that they see was done. */
type Shown = ProgressOfPerson['enrolments'][number] & { moduleDays: string[] };

const dayOf = (text: string | null): number[] => (text === null ? [] : [Date.parse(text)]);

/**
 * Whether these days let it be that 90 days without anything came to their end in the period, as far as a whole day goes. Of a
 * parcours that they do not see they know nothing; here they see each.
 */
function mayHaveDropped(enrolment: Shown, start: number, end: number): boolean {
  const closed = Math.min(...dayOf(enrolment.doneOn), ...dayOf(enrolment.waivedOn), Number.POSITIVE_INFINITY);
  const started = dayOf(enrolment.startedOn);
  const seen = [...started, ...enrolment.moduleDays.flatMap(dayOf)].sort((a, b) => a - b);
  if (started.length === 0) return false;
  return seen.some((day, place) => {
    const until = Math.min(seen[place + 1] ?? Number.POSITIVE_INFINITY, closed, end) + DAY;
    return Math.max(day + 90 * DAY, start - DAY) <= until;
  });
}

describe('what correspondents know by name', function () {
  this.timeout(60_000);

  it('is all that a figure of theirs is made of', () => {
    const fields = METRICS.filter(({ family }) => family.nominative).flatMap(({ name, figures }) =>
      figures.flatMap(fieldsOf).map((field) => `${name}.${field}`),
    );
    expect(fields.sort()).to.deep.equal(Object.keys(KNOWN_BY_NAME).sort());
  });

  it('is of figures that are exact, and of no other family', () => {
    for (const { name, family } of METRICS) {
      if (family.cohort) expect(family.nominative, name).to.equal(true);
    }
  });

  describe('of who has dropped out', () => {
    let site: Site;
    let http: Served;
    let directions: string[];
    before(async () => {
      site = await openSite(sqlite);
      http = await serve(site);
      const ministry = await settle(site, chanceOf(4));
      directions = ministry.directions;
      await site.commit(history(ministry, QUARTERS));
      for (const name of directions)
        await site.people(name, [`correspondent of ${name}`], { roles: ['correspondent'] });
      site.clock.now = Date.UTC(2022, 3, 20);
    });
    after(() => http?.close());

    /** By what the person reads of themself. */
    async function withDays(id: string, enrolments: ProgressOfPerson['enrolments']): Promise<Shown[]> {
      const [identifier = ''] = (await site.directory.person(id))?.identifiers ?? [];
      const self = await http.logIn(agentFromKey(identifier).account?.name ?? '');
      const { modules } = await http.json<OwnLearning>('/api/me/learning', self);
      return enrolments.map((enrolment) => {
        const done = new Set(enrolment.modules.flatMap(({ module, state }) => (state === 'done' ? [module] : [])));
        const own = modules.filter(({ parcours, module }) => parcours === enrolment.parcours && done.has(module));
        const moduleDays = own.flatMap(({ completedAt, satisfiedAt }) => {
          const [first] = [completedAt, satisfiedAt].filter((each) => each !== null).sort();
          return first === undefined ? [] : [first.slice(0, 10)];
        });
        expect(new Set(own.map(({ module }) => module)).size).to.equal(done.size);
        return { ...enrolment, moduleDays };
      });
    }

    /** By person their enrolments, each as the correspondent of where it began sees it. */
    async function shown(): Promise<Map<string, Shown[]>> {
      const people = new Map<string, Shown[]>();
      for (const name of directions) {
        const reader = await http.logIn(`correspondent of ${name}`);
        const { rows } = await http.json<ProgressPage>('/api/progress?limit=1000', reader);
        for (const id of new Set(rows.map(({ person }) => person))) {
          const { enrolments } = await http.json<ProgressOfPerson>(`/api/progress/person?person=${id}`, reader);
          people.set(id, [...(people.get(id) ?? []), ...(await withDays(id, enrolments))]);
        }
      }
      return people;
    }

    it('decides it of nobody who is counted', async () => {
      const quarter = '2021-Q4';
      const { start, end } = parsePeriod(quarter, 'quarter', SETTINGS.timeZone);
      const answer = await site.report('dropouts', quarter);
      expect(answer.state).to.equal('published');
      const { versions } = await readMembers(site.store, { metric: 'dropouts', period: quarter }, 1);
      const counted = versions.flat().flatMap(({ members }) => contributionsAt(members, 0));
      const values = new Set(counted.map(({ values: [dropped] }) => dropped));
      expect([...values].sort(), 'some dropped out, some did not').to.deep.equal([0, 1]);
      const known = await shown();
      const decided = ([id, enrolments]: [string, Shown[]]) =>
        enrolments.every((each) => !mayHaveDropped(each, start, end)) ? [id] : [];
      const cleared = new Set([...known].flatMap(decided));
      expect(cleared.size, 'of some it is decided').to.be.greaterThan(0);
      expect(counted.filter(({ person }) => cleared.has(person))).to.deep.equal([]);
    });
  });
});
