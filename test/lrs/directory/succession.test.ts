import { expect } from 'chai';
import fc from 'fast-check';
import {
  createDirectory,
  type Directory,
  lastChangeOf,
  predecessorsOf,
  type Succession,
} from '../../../lrs/directory/index.ts';
import { requireConsistent } from '../../../lrs/directory/succession.ts';
import { onEachEngine, withStore } from '../../engines/index.ts';

const became = (from: string, to: string, day: string): Succession => ({ from: [...from], to: [...to], day });

describe('what directions were made of', () => {
  const merged = became('AB', 'C', '2023-01-01');
  const of = (successions: Succession[], directions: string, day: string, asOf?: string): string => {
    const { kind, directions: found } = predecessorsOf(successions, [...directions], day, asOf);
    return `${kind} ${found.join('')}`.trim();
  };

  it('is known of a merge, a rename and a chain of them', () => {
    expect(of([merged], 'C', '2022-12-31')).to.equal('succeeded AB');
    expect(of([merged], 'C', '2023-01-01')).to.equal('same C');
    expect(of([merged], 'D', '2022-12-31')).to.equal('same D');
    // Whoever is still said to belong to what is over is not all of it.
    expect(of([merged], 'A', '2022-12-31')).to.equal('over');
    expect(of([became('A', 'B', '2023-01-01')], 'A', '2022-12-31')).to.equal('over');
    // Where a year's tree was frozen before the change, one cell may hold both.
    expect(of([became('A', 'B', '2023-01-01')], 'AB', '2022-12-31')).to.equal('succeeded A');
    expect(of([merged], 'AC', '2022-12-31')).to.equal('over');
    expect(of([merged], 'ABC', '2022-12-31')).to.equal('succeeded AB');
    const chain = [became('CE', 'F', '2024-06-01'), merged, became('Z', 'A', '2020-01-01')];
    expect(of(chain, 'F', '2023-06-01')).to.equal('succeeded CE');
    expect(of(chain, 'F', '2021-06-01')).to.equal('succeeded ABE');
    expect(of(chain, 'F', '2019-06-01')).to.equal('succeeded BEZ');
    // As they were in 2023, before the last change.
    expect(of(chain, 'C', '2019-06-01', '2023-12-31')).to.equal('succeeded BZ');
  });

  it('is known of both parts of a split together, and of neither alone', () => {
    const split = became('A', 'BC', '2023-01-01');
    expect(of([split], 'B', '2022-12-31')).to.equal('split');
    expect(of([split], 'BC', '2022-12-31')).to.equal('succeeded A');
    expect(of([split], 'BCD', '2022-12-31')).to.equal('succeeded AD');
    expect(of([split, became('BC', 'D', '2024-01-01')], 'D', '2022-12-31')).to.equal('succeeded A');
    expect(of([split, became('BX', 'D', '2024-01-01')], 'D', '2022-12-31')).to.equal('split');
  });

  it('is known where one takes another in, or lets it go', () => {
    const takesIn = became('AB', 'B', '2023-01-01');
    expect(of([takesIn], 'B', '2022-12-31')).to.equal('succeeded AB');
    const letsGo = became('A', 'AB', '2023-01-01');
    expect(of([letsGo], 'A', '2022-12-31')).to.equal('split');
    expect(of([letsGo], 'AB', '2022-12-31')).to.equal('succeeded A');
  });

  it('never splits nor loses a figure, whatever became of whom', () => {
    const names = [...'ABCDEF'];
    const some = fc.subarray(names, { minLength: 1, maxLength: 3 });
    const change = fc.record({ from: some, to: some, year: fc.integer({ min: 2020, max: 2029 }) });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 6 }), some, (changes, asked) => {
        const successions = changes.map(({ from, to, year }) => ({ from, to, day: `${year}-01-01` }));
        try {
          requireConsistent(successions);
        } catch {
          return;
        }
        const { kind, directions } = predecessorsOf(successions, asked, '2019-12-31');
        if (kind === 'split' || kind === 'over') return;
        // Forwards again: every part of what they were made of has to come to lie in what was asked for.
        const now = new Set(directions);
        for (const { from, to } of successions.toSorted((a, b) => (a.day < b.day ? -1 : 1))) {
          if (!from.some((name) => now.has(name))) continue;
          for (const name of from) now.delete(name);
          for (const name of to) now.add(name);
        }
        expect(now.size).to.be.greaterThan(0);
        for (const name of now) expect(asked, JSON.stringify({ successions, directions })).to.include(name);
      }),
    );
  });

  it('makes no sense where it contradicts itself', () => {
    const contradictions: [Succession[], string][] = [
      [[merged, became('A', 'D', '2024-01-01')], '“A” ended on 2023-01-01.'],
      [[merged, became('AX', 'D', '2023-01-01')], '“A” is in two changes of 2023-01-01: record them as one.'],
      [
        [merged, became('X', 'C', '2024-01-01')],
        '“C” was there before 2024-01-01 and goes on: name it with --from too.',
      ],
    ];
    for (const [successions, detail] of contradictions) {
      for (const order of [successions, successions.toReversed()]) {
        expect(() => requireConsistent(order)).to.throw(detail);
      }
    }
    requireConsistent([merged, became('CX', 'C', '2024-01-01'), became('C', 'A', '2025-01-01')]);
  });

  it('tells the last change of a direction up to a day', () => {
    const later = became('C', 'DE', '2024-01-01');
    expect(lastChangeOf([later, merged], 'C', '2023-12-31')).to.equal(merged);
    expect(lastChangeOf([later, merged], 'C', '2024-01-01')).to.equal(later);
    expect(lastChangeOf([later, merged], 'A', '2022-12-31')).to.equal(undefined);
  });
});

onEachEngine('the successions of directions', (engine) => {
  const store = withStore(engine);
  const act = { by: 'console', at: 1_700_000_000_000 };
  let directory: Directory;
  beforeEach(async () => {
    directory = createDirectory(store);
    for (const name of ['DAC', 'CAB']) await directory.addUnit({ kind: 'direction', name });
  });

  const refusalOf = (promise: Promise<unknown>): Promise<unknown> =>
    promise.then(
      () => 'done',
      (error) => `${error.code} ${error.detail}`,
    );

  it('are kept once, and bring what is new into the tree', async () => {
    const wanted = { from: ['DAC', 'CAB'], to: [' Appui '], day: '2023-01-01' };
    const recorded = await directory.succeed(wanted, act);
    expect(recorded).to.deep.include({ from: ['CAB', 'DAC'], to: ['Appui'], day: '2023-01-01', ...act });
    expect(await directory.succeed({ ...wanted, from: ['CAB', 'DAC', 'CAB'] }, { by: 'other', at: 2 })).to.deep.equal(
      recorded,
    );
    await store.reopen();
    const again = createDirectory(store);
    expect(await again.successions()).to.deep.equal([recorded]);
    expect((await again.tree()).directions()).to.deep.equal(['Appui', 'CAB', 'DAC']);
    expect(await again.forgetSuccession(recorded.id)).to.deep.equal(recorded);
    expect(await again.successions()).to.deep.equal([]);
  });

  it('are refused where they make no sense, and leave nothing', async () => {
    const succeed = (from: string[], to: string[], day: string) => refusalOf(directory.succeed({ from, to, day }, act));
    expect(await succeed(['Dac'], ['X'], '2023-01-01')).to.equal('direction.unknown “Dac”');
    expect(await succeed(['DAC'], [' '], '2023-01-01')).to.match(/^direction\.succession It needs/);
    expect(await succeed(['DAC'], ['DAC'], '2023-01-01')).to.equal('direction.succession Nothing changes.');
    expect(await succeed(['DAC'], ['X'], '2023-02-29')).to.equal('direction.succession The day is YYYY-MM-DD.');
    expect(await refusalOf(directory.forgetSuccession('0'))).to.match(/^direction\.succession There is none/);
    expect([await directory.successions(), (await directory.tree()).directions()]).to.deep.equal([[], ['CAB', 'DAC']]);
  });

  it('contradict each other no more where two record at once', async () => {
    const outcomes = await Promise.all(
      ['X', 'Y'].map((to) => refusalOf(directory.succeed({ from: ['DAC'], to: [to], day: '2023-01-01' }, act))),
    );
    expect(outcomes.filter((outcome) => outcome === 'done').length).to.equal(1);
    expect((await directory.successions()).length).to.equal(1);
  });
});
