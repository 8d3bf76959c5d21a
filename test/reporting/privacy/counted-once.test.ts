/** New people and new graduates: each once over all cohorts, though a late statement makes another enrolment the first one. */
import { expect } from 'chai';
import { VERB } from '../../../lrs/profile/iris.ts';
import type { Cumulative } from '../../../reporting/cumulative/index.ts';
import { sqlite } from '../../engines/sqlite.ts';
import { COMPLETED, COURSE_TYPE, did, keyOf, names, openSite, type Site } from '../site.ts';

const course = (name: string) => `https://courses.test/${name}`;
const whole = (name: string) => ({ object: { id: course(name), definition: { type: COURSE_TYPE } }, context: {} });

const registered = (who: string, name: string, time: string) =>
  did(who, time, { ...whole(name), verb: { id: VERB.registered } });
const completed = (who: string, name: string, time: string) =>
  did(who, time, { ...whole(name), verb: { id: COMPLETED } });
const began = (who: string, name: string, time: string) => did(who, time, { course: course(name) });

describe('who counts once over all cohorts', function () {
  this.timeout(60_000);
  const people = names('p', 20);
  let site: Site;
  beforeEach(async () => {
    site = await openSite(sqlite);
    await site.people('DRH', people);
    // Registered for Word in Q4 of 2021; of Calc, which they take in Q1 of 2022, they begin all and half of them complete it.
    await site.commit(people.map((who) => registered(who, 'word', '2021-11-02T09:00:00Z')));
    await site.commit(people.map((who) => began(who, 'calc', '2022-02-01T09:00:00Z')));
    await site.commit(people.slice(0, 10).map((who) => completed(who, 'calc', '2022-03-01T09:00:00Z')));
  });
  afterEach(async () => {
    expect(site.errors).to.deep.equal([]);
    await site.close();
  });

  const publish = (period: string, more: { republish?: boolean } = {}) => site.report('completion', period, more);
  /** New people and new graduates of some cohorts, and added up. */
  const counted = async (from: string, to: string) => {
    const { periods, sums } = await site.run<Cumulative>('report', { name: 'cumulative', from, to });
    return [...periods.map(({ counts }) => counts), sums].map((own) => [own?.newPeople, own?.newGraduates]);
  };
  const runJobs = async (now: string) => {
    site.clock.now = Date.parse(now);
    for (const job of site.part.jobs) await job.run();
  };
  /** Twelve had begun Word before, and six had completed it. */
  const late = async (who = people.slice(0, 12)) => {
    await site.commit(who.map((name) => began(name, 'word', '2021-11-03T09:00:00Z')));
    await site.commit(who.slice(0, 6).map((name) => completed(name, 'word', '2021-12-01T09:00:00Z')));
  };

  it('is not counted again where a cohort goes on', async () => {
    site.clock.now = Date.parse('2022-04-02T00:00:00Z');
    await publish('2021-Q4');
    await publish('2022-Q1');
    await late();
    await runJobs('2022-04-10T00:00:00Z');
    const { ministry, through } = await publish('2021-Q4');
    expect(through).to.equal('2022-Q1');
    expect(ministry).to.include({ started: 12, completed: 6, newPeople: 0, newGraduates: 0 });
    expect(await counted('2021-Q4', '2022-Q1')).to.deep.equal([
      [0, 0],
      [20, 10],
      [20, 10],
    ]);
    // Published again, both cohorts count by what is known by now.
    await publish('2021-Q4', { republish: true });
    await publish('2022-Q1', { republish: true });
    expect(await counted('2021-Q4', '2022-Q1')).to.deep.equal([
      [12, 6],
      [8, 4],
      [20, 10],
    ]);
  });

  it('is not counted again in a cohort that is published late, nor where they were merged meanwhile', async () => {
    site.clock.now = Date.parse('2022-04-02T00:00:00Z');
    await publish('2022-Q1');
    const [first = ''] = people;
    await site.people('DRH', ['twin']);
    const idOf = async (name: string) => (await site.directory.personByAgentKey(keyOf(name)))?.id ?? '';
    await site.directory.merge(await idOf('twin'), await idOf(first), { by: 'test', at: Date.now() });
    await late();
    expect((await publish('2021-Q4')).ministry).to.include({
      started: 12,
      completed: 6,
      newPeople: 0,
      newGraduates: 0,
    });
    expect((await counted('2021-Q4', '2022-Q1')).at(-1)).to.deep.equal([20, 10]);
  });

  it('is not counted again within a cohort', async () => {
    await site.commit(people.map((who) => registered(who, 'excel', '2022-01-20T09:00:00Z')));
    site.clock.now = Date.parse('2022-04-02T00:00:00Z');
    await publish('2022-Q1');
    await site.commit(people.slice(0, 12).map((name) => began(name, 'excel', '2022-01-21T09:00:00Z')));
    await runJobs('2022-07-10T00:00:00Z');
    expect((await publish('2022-Q1')).ministry).to.include({ started: 32, newPeople: 20 });
  });

  it('is counted where they start later', async () => {
    site.clock.now = Date.parse('2022-01-10T00:00:00Z');
    const others = names('q', 10);
    await site.people('DRH', others);
    await site.commit(others.map((who) => registered(who, 'word', '2021-11-02T09:00:00Z')));
    await publish('2021-Q4');
    await site.commit(others.map((who) => began(who, 'word', '2022-02-03T09:00:00Z')));
    await runJobs('2022-04-10T00:00:00Z');
    expect(await counted('2021-Q4', '2022-Q1')).to.deep.equal([
      [10, 0],
      [20, 10],
      [30, 10],
    ]);
  });
});
