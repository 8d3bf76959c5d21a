/**
 * The worked example of published-cells.md, from outside: what a correspondent reads by name, taken away from whatever cell
 * the routes give, leaves nobody or at least k others.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { MEMBERS } from '../../../reporting/privacy/records.ts';
import type { ProgressPage } from '../../../reporting/progress/progress.ts';
import { sqlite } from '../../engines/sqlite.ts';
import { type Served, serve } from '../served.ts';
import { did, keyOf, openSite, SETTINGS, type Site } from '../site.ts';

const PEOPLE = join(import.meta.dirname, '../../adapters/people/fun-people.csv');
const K = SETTINGS.kCompletion;
const REPORT = '/api/reports/completion?period=2021-Q4&by=direction';

/** What is looked at of a cell: which directions it holds, and the enrolments in it. */
interface Cell {
  directions: string[];
  enrolments: number;
}

const rows = readFileSync(PEOPLE, 'utf8').trim().split('\n').slice(1);
const fun = new Map<string, string[]>();
for (const row of rows) {
  const [name = '', , , , , direction = ''] = row.split(';');
  fun.set(direction, [...(fun.get(direction) ?? []), name]);
}

describe('names beside published cells', function () {
  this.timeout(60_000);
  let site: Site;
  let http: Served;

  beforeEach(async () => {
    site = await openSite(sqlite);
    http = await serve(site);
    for (const [direction, names] of fun) {
      await site.people(direction, names);
      // Each in the one parcours, so that people and enrolments are as many.
      await site.commit(names.map((name) => did(name, '2021-11-03T09:00:00Z')));
    }
    await site.part.drain();
  });
  afterEach(() => http.close());

  const correspondentOf = async (direction: string): Promise<Record<string, string>> => {
    const name = `correspondent of ${direction}`;
    await site.people(direction, [name], { roles: ['correspondent'] });
    return http.logIn(name);
  };
  const idOf = async (name: string): Promise<string> =>
    (await site.directory.personByAgentKey(keyOf(name)))?.id ?? expect.fail();
  const named = (who: Record<string, string>): Promise<ProgressPage> => http.json('/api/progress?limit=1000', who);
  const cells = async (): Promise<Cell[]> => {
    const answer = await http.json<{ cells: Cell[]; ministry: Cell }>(REPORT, await http.key('reports/read'));
    return [...answer.cells, { ...answer.ministry, directions: [...fun.keys()] }];
  };
  /** How many others each cell leaves to whoever knows these rows. */
  const others = async ({ rows }: ProgressPage): Promise<number[]> =>
    (await cells()).map(({ directions, enrolments }) => {
      const known = rows.filter(({ direction }) => directions.includes(direction)).length;
      return known === 0 ? K : enrolments - known;
    });
  const labels = async (): Promise<string[]> => (await cells()).map(({ directions }) => directions.toSorted().join());

  it('has the directions of the example', () => {
    expect(['CAB', 'DAC', 'DICOM'].map((name) => fun.get(name)?.length)).to.deep.equal([4, 69, 95]);
  });

  it('are exactly the leaves of a direction, and leave k others of every cell', async () => {
    const readers = new Map<string, Record<string, string>>();
    for (const direction of fun.keys()) readers.set(direction, await correspondentOf(direction));
    const lists = new Map<string, ProgressPage>();
    for (const [direction, who] of readers) lists.set(direction, await named(who));
    await site.report('completion', '2021-Q4');
    for (const [direction, who] of readers) {
      const list = await named(who);
      expect(list.rows.map(({ person }) => person)).to.deep.equal(
        lists.get(direction)?.rows.map(({ person }) => person),
      );
      expect(list.rows.length, direction).to.equal(fun.get(direction)?.length);
      expect([...new Set(list.rows.map((row) => row.direction))]).to.deep.equal([direction]);
      expect(list.withheldPeriods, direction).to.deep.equal([]);
      for (const left of await others(list)) expect(left, direction).to.satisfy((n: number) => n === 0 || n >= K);
    }
    expect(await labels())
      .to.include('CAB,DAC,DICOM')
      .and.not.include('CAB,DAC');
  });

  it('are not given of cohorts that were published before somebody saw them, where too few others would be left', async () => {
    await site.report('completion', '2021-Q4');
    // Nobody saw names: this is enough.
    expect(await labels()).to.include('CAB,DAC');
    const dac = await correspondentOf('DAC');
    const list = await named(dac);
    expect([list.rows, list.withheldPeriods]).to.deep.equal([[], ['2021-Q4']]);
    const page = await http.get('/progress', { ...dac, accept: 'text/html' });
    expect(page.text).to.include('ne sont pas montrées').and.include('2021-Q4');
    const csv = await http.get('/api/progress?format=csv', dac);
    expect(csv.text.trim().split('\r\n')).to.have.length(1);
    // A later cohort is shown; and who leaves enough others, or nobody, sees all.
    await site.commit([
      did(fun.get('DAC')?.[0] ?? '', '2022-02-01T09:00:00Z', { course: 'https://courses.test/calc' }),
    ]);
    await site.part.drain();
    expect((await named(dac)).rows.map(({ parcours }) => parcours)).to.deep.equal(['https://courses.test/calc']);
    expect((await named(await correspondentOf('CAB'))).rows).to.have.length(4);
    expect((await named(await correspondentOf('DICOM'))).rows).to.have.length(95);
  });

  it('are not given either of who was merged into somebody else since', async () => {
    await site.report('completion', '2021-Q4');
    await site.people('DAC', ['twin', 'other twin']);
    const twins = [await idOf('twin'), await idOf('other twin')] as const;
    const act = { by: 'test', at: Date.now() };
    // One of DAC, whose atom its correspondent cuts, and one of DICOM, counted there.
    await site.directory.merge(twins[0], await idOf(fun.get('DAC')?.[0] ?? ''), act);
    await site.directory.merge(twins[1], await idOf(fun.get('DICOM')?.[0] ?? ''), act);
    await site.part.drain();
    const list = await named(await correspondentOf('DAC'));
    expect([list.rows, list.withheldPeriods]).to.deep.equal([[], ['2021-Q4']]);
  });

  it('are looked for once, however many open their pages at a time', async () => {
    await site.report('completion', '2021-Q4');
    const readers = await Promise.all(['DAC', 'DRH', 'DSIC', 'DAC', 'DAC'].map(correspondentOf));
    let asked = 0;
    const collection = site.store.collection.bind(site.store);
    const once = async (who: readonly Record<string, string>[]): Promise<string[]> => {
      asked = 0;
      return (await Promise.all(who.map(named))).map(({ withheldPeriods }) => withheldPeriods.join());
    };
    site.store.collection = (spec) => {
      if (spec.name === MEMBERS.name) asked++;
      return collection(spec);
    };
    // One look at who was counted, and one at whom the only perimeter cuts that cuts anything.
    expect(await once(readers)).to.deep.equal(['2021-Q4', '', '', '2021-Q4', '2021-Q4']);
    expect(asked).to.equal(2);
    await once(readers);
    expect(asked).to.equal(0);
  });
});
