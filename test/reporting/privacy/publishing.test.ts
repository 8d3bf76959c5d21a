import { expect } from 'chai';
import { put } from '../../../lrs/index.ts';
import type { Answer } from '../../../reporting/index.ts';
import { ATOMS, MEMBERS, PUBLICATIONS, TREES } from '../../../reporting/privacy/records.ts';
import { refused } from '../../contract/given.ts';
import { onEachEngine } from '../../engines/index.ts';
import { COMPLETED, COURSE_TYPE, did, keyOf, names, openSite, type Site } from '../site.ts';

const Q4 = '2021-Q4';

onEachEngine('publishing', function (engine) {
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
  /** Each of these is regular over two days: PDH = log2(24) · 2. */
  const twoDays = async (who: readonly string[]) => {
    await begin(who, '2021-11-02T09:00:00Z');
    await begin(who, '2021-11-03T09:00:00Z');
  };
  const kept = async () => ({
    publications: await site.store.collection(PUBLICATIONS).find(),
    atoms: await site.store.collection(ATOMS).find(),
    trees: await site.store.collection(TREES).find(),
  });
  const figuresOf = ({ freshness: _freshness, publishedAt: _publishedAt, ...rest }: Answer) => rest;
  const line = ({ cells }: Answer, direction: string) => cells.find(({ label }) => label === direction);

  describe('is refused, and keeps nothing,', () => {
    afterEach(async () => expect(await kept()).to.deep.equal({ publications: [], atoms: [], trees: [] }));

    it('before the period is over', async () => {
      await site.people('DRH', names('a', 20));
      await begin(names('a', 20));
      site.clock.now = Date.parse('2021-12-31T23:59:59.999+01:00');
      await refused(site.report('completion', Q4), 'report.notClosed');
    });

    it('while nobody has a direction', async () => {
      await begin(names('a', 20));
      await refused(site.report('completion', Q4), 'report.noDirections');
    });

    it('for what is no report or no period', async () => {
      await refused(site.report('happiness', Q4), 'report.unknown');
      await refused(site.report('completion', '2021-11'), 'report.period');
      await refused(site.run('report', {}), 'report.unknown');
    });
  });

  describe('tells three empties apart, and freezes none of them:', () => {
    it('nobody yet', async () => {
      await site.people('DRH', names('a', 20));
      const answer = await site.report('completion', Q4);
      expect(answer).to.deep.include({ state: 'nobody', cells: [], ministry: null });
      await begin(names('a', 20));
      expect((await site.report('completion', Q4)).state).to.equal('published');
    });

    it('too few, who are not told from nobody where few could have', async () => {
      await site.people('DRH', names('a', 20));
      await begin(names('a', 4));
      expect((await site.report('completion', Q4)).state).to.equal('tooFew');
      await begin(names('a', 20));
      expect((await site.report('completion', Q4)).ministry).to.deep.include({ enrolments: 20 });
      const small = await openSite(engine);
      await small.people('DRH', names('a', 4));
      expect((await small.report('completion', Q4)).state).to.equal('tooFew');
      await small.close();
    });

    it('not enough data counts as no contribution', async () => {
      await site.people('DRH', names('a', 20));
      await begin(names('a', 20));
      expect((await site.report('regularity', Q4)).state).to.equal('nobody');
    });
  });

  it('gives a line to every direction, and to one where nobody did anything', async () => {
    await site.people('DRH', names('a', 20));
    await site.people('DSIC', names('b', 30));
    await site.people('CAB', names('c', 3));
    await begin([...names('a', 20), ...names('c', 3)]);
    const { cells, ministry } = await site.report('completion', Q4);
    const rest = { parcours: ['https://courses.test/word'], services: [], sites: [] };
    const figures = { inProgress: 0, completedModules: 0 };
    expect(cells)
      .to.have.length(2)
      .and.to.containSubset([
        { label: 'CAB et DRH', directions: ['CAB', 'DRH'], ...rest, enrolments: 23, ...figures },
        { label: 'DSIC', directions: ['DSIC'], ...rest, nobody: true, enrolments: 0, ...figures },
      ]);
    const label = 'Ensemble du ministère';
    expect(ministry).to.containSubset({
      ...{ label, directions: ['CAB', 'DRH', 'DSIC'], ...rest },
      ...{ enrolments: 23, ...figures },
    });
  });

  it('counts people, not enrolments, against the least number', async () => {
    await site.people('DRH', names('a', 20));
    await site.people('DSIC', names('b', 20));
    await begin(names('a', 20));
    // Three people in three parcours are nine enrolments, and still three people.
    for (const course of ['x', 'y', 'z']) {
      await site.commit(
        names('b', 3).map((name) => did(name, '2021-11-02T09:00:00Z', { course: `https://c.test/${course}` })),
      );
    }
    const { cells } = await site.report('completion', Q4);
    expect(cells.map(({ label, enrolments }) => [label, enrolments])).to.deep.equal([['DRH et DSIC', 29]]);
  });

  it('gives a median from four times the least number on', async () => {
    await site.people('DRH', names('a', 44));
    await site.people('DSIC', names('b', 43));
    await twoDays([...names('a', 44), ...names('b', 43)]);
    const answer = await site.report('regularity', Q4);
    const value = 2 * Math.log2(24);
    const printed = Math.round(value * 2) / 2;
    expect(line(answer, 'DRH')).to.deep.include({ pdhMedian: printed }).and.not.have.property('withheld');
    expect(line(answer, 'DRH')?.n).to.be.oneOf([42, 45]);
    expect(line(answer, 'DSIC')).to.deep.include({ pdhMedian: null, withheld: ['pdhQ1', 'pdhMedian', 'pdhQ3'] });
    expect(line(answer, 'DSIC')?.n).to.be.oneOf([42, 45]);
    expect(line(answer, 'DSIC')?.mean).to.be.closeTo(value, 1e-9);
    expect(line(answer, 'DSIC')?.meanMargin).to.be.closeTo(0, 1e-4);
    expect(answer.ministry?.pdhMedian).to.equal(printed);
  });

  it('freezes: no rebuild, late statement, move, voiding or erasure changes a figure', async () => {
    await site.people('DRH', names('a', 20));
    await site.people('DSIC', names('b', 20));
    await begin([...names('a', 20), ...names('b', 20)]);
    await site.commit([completed('a-0000', 'one')]);
    const first = await site.report('completion', Q4);
    await site.commit([completed('a-0001', 'one')]);
    await site.people('DSIC', names('a', 9), { from: Date.parse('2021-10-01T00:00:00Z') });
    await site.store.erase({ id: 'gone', agents: ['account:https://agents.test|b-0000'], mode: 'erase' });
    await site.run('reports.rebuild');
    expect(figuresOf(await site.report('completion', Q4))).to.deep.equal(figuresOf(first));
    expect((await kept()).publications.length).to.equal(1);
  });

  it('never from a read model that is being built again meanwhile', async () => {
    await site.people('DRH', names('a', 20));
    await twoDays(names('a', 20));
    await site.part.drain();
    const fresh = site.part.measures?.find(({ name }) => name.includes('fresh'))?.read ?? (() => 0);
    const before = fresh();
    const { tree } = site.directory;
    let rebuilt: Promise<unknown> | undefined;
    // Publishing asks for the tree.
    site.directory.tree = async () => {
      rebuilt ??= site.run('reports.rebuild');
      while (fresh() >= before) await new Promise(setImmediate);
      site.directory.tree = tree;
      return tree();
    };
    expect((await site.report('regularity', Q4)).state).to.equal('published');
    await rebuilt;
  });

  it('counts an enrolment in one period only, even when a late statement moves its beginning', async () => {
    await site.people('DRH', names('a', 20));
    await begin(names('a', 20), '2022-02-02T09:00:00Z');
    expect((await site.report('completion', '2022-Q1')).ministry).to.deep.include({ enrolments: 20 });
    await begin(names('a', 12), '2021-11-02T09:00:00Z');
    expect((await site.report('completion', Q4)).state).to.equal('nobody');
  });

  it('refuses periods of another length over days that are published', async () => {
    await site.people('DRH', names('a', 20));
    await begin(names('a', 20));
    const quarter = await site.report('completion', Q4);
    expect(quarter.state).to.equal('published');
    const [publication] = await site.store.collection(PUBLICATIONS).find();
    if (!publication) throw new Error('nothing is published');
    // As if the site had reported by month before.
    const month = { ...publication.value, period: '2021-11', end: Date.parse('2021-12-01T00:00:00+01:00') };
    await site.store.commit({
      changes: [put(PUBLICATIONS, 'regularity:2021-11', { ...month, metric: 'regularity', family: 'behaviour' })],
    });
    await refused(site.report('regularity', Q4), 'report.overlap');
  });

  describe('of a cohort', () => {
    const NEXT = Date.parse('2022-04-10T00:00:00Z');
    const look = async (through?: string) => {
      const read = await site.part.commands
        .find(({ name }) => name === 'report')
        ?.run({
          args: { name: 'completion', period: Q4, ...(through !== undefined && { through }) },
          input: (async function* () {})(),
          emit: async () => {},
        });
      return read as unknown as Answer;
    };
    const jobs = async (now: number) => {
      site.clock.now = now;
      for (const job of site.part.jobs) await job.run();
    };
    const late = (name: string, unit: string, time: string) =>
      did(name, time, { verb: { id: COMPLETED }, object: { id: `https://units.test/${unit}` } });

    it('goes on stage by stage over the same people, at the end of each later period', async () => {
      site.clock.now = Date.parse('2022-01-10T00:00:00Z');
      await site.people('DRH', names('a', 20));
      await site.people('DSIC', names('b', 20));
      await begin([...names('a', 20), ...names('b', 20)]);
      await site.commit([completed('a-0000', 'one'), late('a-0000', 'two', '2022-02-01T09:00:00Z')]);
      await site.commit([late('b-0000', 'one', '2022-05-01T09:00:00Z')]);
      expect(await site.report('completion', Q4)).to.deep.include({ through: Q4, horizons: [Q4] });
      expect(line(await look(), 'DRH')).to.deep.include({ enrolments: 20, completedModules: 1 });
      // Not before the days of delay are over; nobody who comes later is added.
      await begin(names('c', 20));
      await site.people('DRH', names('c', 20));
      await jobs(Date.parse('2022-04-05T00:00:00Z'));
      expect((await look()).horizons).to.deep.equal([Q4]);
      await jobs(NEXT);
      const answer = await look();
      expect(answer).to.deep.include({ through: '2022-Q1', horizons: [Q4, '2022-Q1'] });
      expect(line(answer, 'DRH')).to.deep.include({
        enrolments: 20,
        inProgress: 1,
        completedModules: 2,
      });
      expect(line(answer, 'DSIC')).to.deep.include({ completedModules: 0 });
      expect(line(await look(Q4), 'DRH')).to.deep.include({ completedModules: 1 });
      await jobs(Date.parse('2022-12-10T00:00:00Z'));
      expect((await look()).horizons).to.deep.equal([Q4, '2022-Q1', '2022-Q2', '2022-Q3']);
      expect(line(await look(), 'DSIC')).to.deep.include({ completedModules: 1 });
    });

    it('goes on with who was merged into somebody else since', async () => {
      site.clock.now = Date.parse('2022-01-10T00:00:00Z');
      await site.people('DRH', names('a', 20));
      await begin(names('a', 20));
      await site.report('completion', Q4);
      await site.people('DRH', ['somebody'], { from: Date.parse('2022-01-20T00:00:00Z') });
      const idOf = async (name: string) => (await site.directory.personByAgentKey(keyOf(name)))?.id ?? '';
      await site.directory.merge(await idOf('somebody'), await idOf('a-0000'), { by: 'test', at: Date.now() });
      await site.commit([late('somebody', 'one', '2022-02-01T09:00:00Z')]);
      await jobs(NEXT);
      expect(line(await look(), 'DRH')).to.deep.include({ enrolments: 20, completedModules: 1 });
    });

    it('takes nothing back that was given out, and looks eight periods far', async () => {
      site.clock.now = Date.parse('2022-01-10T00:00:00Z');
      await site.people('DRH', names('a', 20));
      await begin(names('a', 20));
      await site.commit([completed('a-0000', 'one')]);
      await site.report('completion', Q4);
      await site.store.erase({ id: 'gone', agents: ['account:https://agents.test|a-0000'], mode: 'erase' });
      await begin(['a-0001'], '2021-07-02T09:00:00Z');
      await site.commit([late('a-0001', 'two', '2022-02-01T09:00:00Z'), late('a-0002', 'two', '2022-02-01T09:00:00Z')]);
      await jobs(Date.parse('2026-01-10T00:00:00Z'));
      const answer = await look();
      // Of the one whose entry has moved to another period nothing more is known.
      expect(line(answer, 'DRH')).to.deep.include({ enrolments: 20, completedModules: 2 });
      expect(answer.horizons.length).to.equal(9);
      expect(answer.through).to.equal('2023-Q4');
    });

    it('again: changes of many at a later horizon do not let out a change of one at an earlier one', async () => {
      site.clock.now = Date.parse('2022-01-10T00:00:00Z');
      await site.people('DRH', names('a', 20));
      await site.people('DSIC', names('b', 20));
      await begin([...names('a', 20), ...names('b', 20)]);
      await site.report('completion', Q4);
      await jobs(NEXT);
      expect((await look()).horizons).to.deep.equal([Q4, '2022-Q1']);
      const before = line(await look(Q4), 'DRH');
      // Late: one of DRH completed a module in the period itself, five others after it.
      await site.commit([completed('a-0000', 'one')]);
      await site.commit(names('a', 6).map((name) => late(name, 'two', '2022-02-01T09:00:00Z')));
      await site.report('completion', Q4, { republish: true });
      expect(line(await look(Q4), 'DRH')).to.deep.equal(before);
    });
  });

  describe('forgets who was erased', () => {
    const forget = () => site.part.jobs.find(({ name }) => name === 'reports.forget')?.run();
    const members = async () =>
      (await site.store.collection(MEMBERS).find()).flatMap(({ value }) => JSON.parse(value.rows) as [string][]);
    const idOf = async (name: string) => (await site.directory.personByAgentKey(keyOf(name)))?.id ?? '';
    beforeEach(async () => {
      await site.people('DRH', names('a', 20));
      await site.people('DSIC', names('b', 20));
      await begin([...names('a', 20), ...names('b', 20)]);
      await site.report('completion', Q4);
    });

    it('and knows them no more, while the figures stay', async () => {
      const before = await site.report('completion', Q4);
      const [gone, stays] = [await idOf('a-0000'), await idOf('a-0001')];
      expect((await members()).map(([person]) => person)).to.include(gone);
      await forget();
      await site.store.erase({ id: 'gone', agents: [keyOf('a-0000')], mode: 'erase' });
      await forget();
      const found = (await members()).map(([person]) => person);
      expect(found).to.not.include(gone);
      expect(found).to.include(stays);
      expect(new Set(found).size).to.equal(40);
      expect(found.filter((person) => person.startsWith('forgotten:')).length).to.equal(1);
      await forget();
      expect((await members()).map(([person]) => person)).to.deep.equal(found);
      await site.run('reports.rebuild');
      expect(figuresOf(await site.report('completion', Q4))).to.deep.equal(figuresOf(before));
      // Publishing again takes them for one who is gone: too few to be told.
      expect(figuresOf(await site.report('completion', Q4, { republish: true }))).to.deep.equal(figuresOf(before));
    });

    it('but not who was merged into somebody else', async () => {
      const [into, from] = [await idOf('a-0000'), await idOf('a-0001')];
      await site.directory.merge(into, from, { by: 'test', at: Date.now() });
      await forget();
      expect((await members()).map(([person]) => person)).to.include(from);
    });
  });

  describe('with correspondents', () => {
    beforeEach(async () => {
      await site.people('CAB', names('c', 4));
      await site.people('DAC', names('d', 69));
      await site.people('DICOM', names('i', 95));
      await begin([...names('c', 4), ...names('d', 69), ...names('i', 95)]);
    });
    const labels = async () => (await site.report('completion', Q4)).cells.map(({ label }) => label);

    it('none named: joins what is too small to one other', async () => {
      expect(await labels()).to.deep.equal(['CAB et DAC', 'DICOM']);
    });

    it('named by membership: leaves nobody whom they could find by subtraction', async () => {
      await site.people('DICOM', ['i-0000'], { roles: ['agent', 'correspondent'] });
      expect(await labels()).to.deep.equal(['CAB, DAC et DICOM']);
    });

    it('named: what is computed from days that they see by name is shown with none of few others either', async () => {
      await site.people('DICOM', ['i-0000'], { roles: ['agent', 'correspondent'] });
      const everybody = [...names('c', 4), ...names('d', 69), ...names('i', 95)];
      await site.commit(
        everybody.map((name) =>
          did(name, '2021-11-01T09:00:00Z', {
            verb: { id: 'http://adlnet.gov/expapi/verbs/registered' },
            object: { id: 'https://courses.test/word', definition: { type: COURSE_TYPE } },
          }),
        ),
      );
      const answer = await site.report('start-delay', Q4);
      expect(answer.cells.map(({ label }) => label)).to.deep.equal(['CAB, DAC et DICOM']);
    });

    it('named by grant, for as long as it is in force', async () => {
      const somebody = await site.directory.personByAgentKey(keyOf('d-0000'));
      await site.directory.grant(
        somebody?.id ?? '',
        { role: 'correspondent', direction: 'DAC' },
        { by: 'test', at: 1 },
      );
      expect(await labels()).to.deep.equal(['CAB, DAC et DICOM']);
    });
  });
});
