import { expect } from 'chai';
import { put } from '../../../lrs/index.ts';
import type { CheckResult } from '../../../reporting/check/types.ts';
import type { Answer } from '../../../reporting/index.ts';
import { leavesIn } from '../../../reporting/privacy/atom-parts.ts';
import { ACTS, ATOMS, MEMBERS, PUBLICATIONS } from '../../../reporting/privacy/records.ts';
import { onEachEngine } from '../../engines/index.ts';
import { COMPLETED, did, keyOf, names, openSite, type Site, VOIDED } from '../site.ts';

const Q4 = '2021-Q4';

onEachEngine('publishing again', function (engine) {
  this.timeout(60_000);
  let site: Site;
  beforeEach(async () => {
    site = await openSite(engine);
  });
  afterEach(async () => {
    expect(site.errors).to.deep.equal([]);
    await site.close();
  });

  const completed = (name: string, unit: string) =>
    did(name, '2021-11-03T09:00:00Z', { verb: { id: COMPLETED }, object: { id: `https://units.test/${unit}` } });
  const begin = (who: readonly string[], time = '2021-11-02T09:00:00Z') =>
    site.commit(who.map((name) => did(name, time)));
  const line = ({ cells }: Answer, direction: string) => cells.find(({ label }) => label === direction);

  const again = () => site.report('completion', Q4, { republish: true });
  beforeEach(async () => {
    await site.people('DRH', names('a', 30));
    await site.people('DSIC', names('b', 30));
    await begin([...names('a', 20), ...names('b', 20)]);
    await site.report('completion', Q4);
  });

  it('replaces the figures of an atom that many people change, and leaves the others', async () => {
    await begin(names('a', 25));
    await begin(names('b', 24));
    const answer = await again();
    expect(answer.cells.map(({ label, enrolments }) => [label, enrolments])).to.deep.equal([
      ['DRH', 25],
      ['DSIC', 20],
    ]);
    expect(answer.ministry).to.deep.include({ enrolments: 45 });
    // The four are shown once one more comes.
    await begin(names('b', 25));
    expect(line(await again(), 'DSIC')).to.deep.include({ enrolments: 25 });
  });

  it('says of when the figures are then, and nothing new where none was replaced', async () => {
    const first = await site.report('completion', Q4);
    const dates = ({ asOf, publishedAt }: Answer) => ({ asOf, publishedAt });
    const records = () => site.store.collection(PUBLICATIONS).find();
    const before = await records();
    await begin(names('b', 24));
    site.clock.now += 86_400_000;
    expect(dates(await again())).to.deep.equal(dates(first));
    expect(await records()).to.deep.equal(before);
    await begin(names('a', 25));
    const after = await again();
    expect(after.publishedAt).to.equal(new Date(site.clock.now).toISOString());
    expect(Date.parse(after.asOf ?? '')).to.be.greaterThan(Date.parse(first.asOf ?? ''));
    expect(dates(await site.report('completion', Q4))).to.deep.equal(dates(after));
    // By it is told whether an erasure is of what was counted.
    const [record] = await records();
    expect(record?.value.horizons[0]?.firstAsOf).to.equal(Date.parse(first.asOf ?? ''));
  });

  it('compares with every version that was ever given out', async () => {
    const late = names('a', 26)
      .slice(20)
      .map((name) => did(name, '2021-11-02T09:00:00Z'));
    await site.commit(late);
    expect(line(await again(), 'DRH')).to.deep.include({ enrolments: 26 });
    // Five of the six go again: five changed since the last version, but one since the first.
    await site.commit(
      late.slice(0, 5).map(({ id = '' }) =>
        did('admin', '2021-11-05T09:00:00Z', {
          verb: { id: 'http://adlnet.gov/expapi/verbs/voided' },
          object: { objectType: 'StatementRef', id },
        }),
      ),
    );
    expect(line(await again(), 'DRH')).to.deep.include({ enrolments: 26 });
  });

  it('takes a correction of many people, and no correction of few', async () => {
    await site.commit([...names('a', 4), ...names('b', 5)].map((name) => completed(name, 'one')));
    const answer = await again();
    expect(line(answer, 'DRH')).to.deep.include({ completedModules: 0 });
    expect(line(answer, 'DSIC')).to.deep.include({ completedModules: 5 });
  });

  it('takes no correction of few where many only moved within the atom', async () => {
    await site.people('DRH', names('a', 10), { service: 'Paie', from: Date.parse('2021-01-01') });
    await site.commit([completed('a-0015', 'one')]);
    expect(line(await again(), 'DRH')).to.deep.include({ completedModules: 0 });
  });

  it('puts a direction that has appeared since to the atom it was grafted on', async () => {
    await site.people('CAB', names('c', 9));
    await begin(names('c', 9));
    const { cells } = await again();
    expect(cells.map(({ directions, enrolments }) => [directions, enrolments])).to.deep.equal([
      [['CAB', 'DRH'], 29],
      [['DSIC'], 20],
    ]);
  });

  it('lets nobody who was counted in one atom into another, where they would hide one who is new', async () => {
    await site.people('DSIC', names('a', 6), { from: Date.parse('2021-10-01') });
    await begin([...names('b', 21)]);
    const answer = await again();
    expect(line(answer, 'DRH')).to.deep.include({ enrolments: 14 });
    expect(line(answer, 'DSIC')).to.deep.include({ enrolments: 20 });
  });

  it('takes no correction of few where many were only merged with a record of theirs', async () => {
    await site.people('DRH', names('twin', 6));
    for (const place of Array.from({ length: 6 }, (_, index) => index)) {
      const [into, from] = await Promise.all(
        ['twin', 'a'].map((name) => site.directory.personByAgentKey(keyOf(`${name}-000${place}`))),
      );
      await site.directory.merge(into?.id ?? '', from?.id ?? '', { by: 'test', at: 1 });
    }
    await site.commit([completed('a-0015', 'one')]);
    expect(line(await again(), 'DRH')).to.deep.include({ enrolments: 20, completedModules: 0 });
  });

  it('gives no heat map of people who have become fewer than four times the least number', async () => {
    const early = [...names('a', 25), ...names('b', 25)].map((name) => did(name, '2021-07-05T09:00:00Z'));
    const more = [...names('a', 25), ...names('b', 25)].map((name) => did(name, '2021-07-05T09:10:00Z'));
    await site.commit([...early, ...more]);
    const hours = (republish: boolean) => site.report('hours', '2021-Q3', { republish });
    expect((await hours(false)).ministry?.active).to.be.an('array');
    const voided = more.slice(0, 13).concat(more.slice(25, 38));
    await site.commit(
      voided.map(({ id = '' }) =>
        did('admin', '2021-11-05T09:00:00Z', {
          verb: { id: 'http://adlnet.gov/expapi/verbs/voided' },
          object: { objectType: 'StatementRef', id },
        }),
      ),
    );
    const { ministry } = await hours(true);
    expect(ministry?.active).to.equal(null);
    expect(ministry?.withheld).to.include('active');
  });

  it('drops of several groups of heat maps the one that has become too small, and the check says that this is right', async () => {
    await site.people('DRH', names('a', 45));
    await site.people('DSIC', names('b', 45));
    const twice = [...names('a', 45), ...names('b', 45)].flatMap((name) =>
      ['2021-07-05T09:00:00Z', '2021-07-05T09:10:00Z'].map((time) => did(name, time)),
    );
    await site.commit(twice);
    const hours = (republish: boolean) => site.report('hours', '2021-Q3', { republish });
    const heat = (answer: Answer) => ['DRH', 'DSIC'].map((direction) => Array.isArray(line(answer, direction)?.active));
    expect(heat(await hours(false))).to.deep.equal([true, true]);
    await site.commit(
      twice.slice(90, 90 + 2 * 12).map(({ id = '' }) =>
        did('admin', '2021-11-05T09:00:00Z', {
          verb: { id: VOIDED },
          object: { objectType: 'StatementRef', id },
        }),
      ),
    );
    const after = await hours(true);
    expect(heat(after)).to.deep.equal([true, false]);
    expect(after.ministry?.active).to.equal(null);
    const { differences } = await site.run<CheckResult>('reports.check', { report: 'hours' });
    expect(differences).to.deep.equal([]);
    // A gap in which nothing was published again is none that a republication made.
    const [known] = await site.store.collection(PUBLICATIONS).find({ index: 'metric', equals: ['hours'] });
    if (!known) throw new Error('nothing published');
    const { id, value } = known;
    const other = value.blocks[0]?.from === 0 ? { from: 1, end: 2 } : { from: 0, end: 1 };
    await site.store.commit({ changes: [put(PUBLICATIONS, id, { ...value, blocks: [other] })] });
    const spoilt = await site.run<CheckResult>('reports.check', { report: 'hours' });
    expect(spoilt.differences.some(({ where }) => where.startsWith('blocks'))).to.equal(true);
  });

  it('lets no count by module tell of few of those who have changed', async () => {
    const all = [...names('a', 15), ...names('c', 13)];
    await site.people('DRH', all);
    const stop = (who: readonly string[], unit: string) =>
      site.commit(
        who.map((name) => did(name, '2021-07-05T09:00:00Z', { object: { id: `https://units.test/${unit}` } })),
      );
    await stop(names('a', 15), 'one');
    const dropouts = (republish = true) => site.report('dropouts', Q4, { republish });
    const counted = async () => {
      const parts = await site.store.collection(MEMBERS).find({ index: 'publication', equals: ['dropouts', Q4] });
      return Math.max(
        ...parts.map(({ value }) => new Set((JSON.parse(value.rows) as [string][]).map(([id]) => id)).size),
      );
    };
    expect((await dropouts(false)).state).to.equal('published');
    // Twelve more, of whom one has been in another module, which is known by name.
    await stop(names('c', 11), 'one');
    await stop(['c-0011'], 'two');
    await dropouts();
    expect(await counted()).to.equal(15);
    await stop(names('c', 13), 'two');
    await dropouts();
    expect(await counted()).to.equal(28);
  });

  it('is begun anew where another process was first', async () => {
    await begin(names('a', 25));
    await begin(names('b', 25));
    const [one, other] = await Promise.all([again(), again()]);
    expect([one.ministry?.enrolments, other.ministry?.enrolments]).to.deep.equal([50, 50]);
    const versions = leavesIn(await site.store.collection(ATOMS).find()).map(({ number, version }) => [
      number,
      version,
    ]);
    expect(versions.sort()).to.deep.equal([
      [0, 1],
      [0, 2],
      [1, 1],
      [1, 2],
    ]);
  });

  it('is written down: who, when, how much', async () => {
    await begin(names('a', 25));
    await again();
    const acts = await site.store.collection(ACTS).find({ index: 'time' });
    const told = acts.map(({ value: { act, by, replaced, kept: left } }) => [act, by, replaced, left]);
    expect(told).to.have.deep.members([
      ['publish', 'console', 2, 0],
      ['republish', 'console', 1, 1],
    ]);
  });
});
