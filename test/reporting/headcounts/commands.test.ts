import { expect } from 'chai';
import { createDirectionCommands } from '../../../lrs/directory/commands.ts';
import type { Json } from '../../../web/index.ts';
import { sqlite } from '../../engines/sqlite.ts';
import { COMPLETED, did, names, openSite, type Site } from '../site.ts';

describe('headcounts in the reports', function () {
  this.timeout(30_000);
  let site: Site;
  beforeEach(async () => {
    site = await openSite(sqlite);
  });
  afterEach(() => site.close());

  /** Runs a command on a file; gives what it answers and what it tells. */
  async function onFile(name: string, text: string): Promise<{ answer: Json; told: Json[] }> {
    const told: Json[] = [];
    const input = (async function* () {
      yield Buffer.from(text);
    })();
    const command = site.part.commands.find((each) => each.name === name);
    const answer = await command?.run({ args: {}, input, emit: async (line) => void told.push(line) });
    return { answer: answer ?? null, told };
  }

  it('are the denominator where the directory knows a part of the people', async () => {
    await site.people('DRH', names('a', 3));
    expect((await site.report('completion', '2021-Q4')).state).to.equal('tooFew');
    const { answer, told } = await onFile('headcounts.import', 'direction;date;effectif\nDRH;2021-12-01;20\n');
    expect([answer, told]).to.deep.equal([
      { lines: 1, new: 1, changed: 0, unchanged: 0, refused: 0, stored: true },
      [],
    ]);
    expect(await site.run('headcounts.list')).to.deep.equal([
      { direction: 'DRH', day: '2021-12-01', people: 20, by: 'console' },
    ]);
    expect((await site.report('completion', '2021-Q4')).state).to.equal('nobody');
    // Nobody had counted anybody yet.
    expect((await site.report('completion', '2021-Q3')).state).to.equal('tooFew');
  });

  it('tell what is wrong with a file', async () => {
    const { answer, told } = await onFile('headcounts.import', 'direction;date;effectif\nDRH;2021-12-01;20\n');
    expect(answer).to.include({ refused: 1, stored: false });
    expect(told).to.deep.equal([
      { kind: 'refused', line: 2, column: 'direction', problem: 'is none of the directions' },
    ]);
  });

  it('and the reports of old periods keep the names that directions had', async () => {
    const start = Date.parse('2023-01-01T00:00:00+01:00');
    const [before, after] = [{ to: start }, { from: start }];
    const people = { CAB: names('c', 12), DAC: names('d', 13) };
    for (const [direction, some] of Object.entries(people)) {
      await site.people(direction, some, { from: 0, ...before });
      await site.people('Appui', some, after);
    }
    const succeed = createDirectionCommands(site.directory).find(({ name }) => name === 'directions.succeed');
    const args = { from: ['CAB', 'DAC'], to: ['Appui'], day: '2023-01-01' };
    const recorded = await succeed?.run({ args, input: (async function* () {})(), emit: async () => {} });
    expect(recorded).to.deep.include({
      ...args,
      before: [{ direction: 'Appui', kind: 'succeeded', directions: ['CAB', 'DAC'] }],
    });
    const everyone = Object.values(people).flat();
    await site.commit(everyone.map((name) => did(name, '2022-11-02T09:00:00Z', { verb: { id: COMPLETED } })));
    const late = { verb: { id: COMPLETED }, course: 'https://courses.test/excel' };
    await site.commit(everyone.map((name) => did(name, '2023-02-02T09:00:00Z', late)));
    const directionsOf = async (period: string) => {
      const { cells } = await site.report('completion', period);
      return cells.map(({ direction }) => direction);
    };
    expect(await directionsOf('2022-Q4')).to.deep.equal(['CAB', 'DAC']);
    expect(await directionsOf('2023-Q1')).to.deep.equal(['Appui']);
  });

  it('stand beside the rows whose directions have one, all of them', async () => {
    await site.people('DRH', names('r', 20));
    await site.people('DSIC', names('s', 20));
    await site.commit([...names('r', 20), ...names('s', 20)].map((name) => did(name, '2021-11-02T09:00:00Z')));
    await onFile('headcounts.import', 'direction;date;effectif\nDRH;2021-12-01;40\n');
    const answer = await site.report('completion', '2021-Q4');
    const counts = answer.cells.map(({ label, headcount }) => [label, headcount]);
    expect(counts).to.deep.include(['DRH', 40]).and.to.deep.include(['DSIC', undefined]);
    expect(answer.ministry).to.not.have.property('headcount');
  });
});
