import { expect } from 'chai';
import type { Answer, AnswerCell } from '../../../reporting/answer.ts';
import { judge, rowOf } from '../../../reporting/claims/claims.ts';
import { CLAIMS, type Criterion } from '../../../reporting/claims/criteria.ts';
import {
  differenceOf,
  meanOf,
  meanShareOf,
  medianOf,
  roundedShareOf,
  shareOf,
} from '../../../reporting/claims/estimate.ts';
import { trainedOf } from '../../../reporting/claims/trained.ts';
import { together, verdictOf, verdictOfTally } from '../../../reporting/claims/verdict.ts';
import type { Sources } from '../../../reporting/collected.ts';
import { METRICS } from '../../../reporting/metrics/index.ts';
import { roundedBy } from '../../../reporting/privacy/draw.ts';
import { fieldsOf } from '../../../reporting/privacy/index.ts';

const cell = (figures: Record<string, number | null>): AnswerCell => ({
  ...{ label: 'DRH', directions: ['DRH'], parcours: [], services: [], sites: [] },
  ...figures,
});

/** Numbers from 0 to 1, the same ones each time (mulberry32). */
const chances = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
};

const EMPTY = { title: '', definition: '', unit: '', notEnoughData: '' };

describe('judging the claims of 2006', () => {
  it('a share has the interval of Wilson', () => {
    // 60 of 100: [0.5020, 0.6906] (Newcombe 1998 gives the method; the values by hand).
    const found = shareOf('more', ['more', 'less'])(cell({ more: 60, less: 40 }), 11);
    expect(found?.value).to.equal(0.6);
    expect(found?.low).to.be.closeTo(0.50204, 1e-4);
    expect(found?.high).to.be.closeTo(0.6906, 1e-4);
    expect(shareOf('more', ['more', 'less'])(cell({ more: 0, less: 0 }), 11)).to.equal(undefined);
  });

  it('a mean has the margin that is published with it, and none without', () => {
    expect(meanOf('x')(cell({ x: 2, xMargin: 0.5 }), 11)).to.deep.equal({ value: 2, low: 1.5, high: 2.5 });
    expect(meanOf('x')(cell({ x: null, xMargin: null }), 11)).to.equal(undefined);
    const shares = (x: number, xMargin: number) => meanShareOf('x')(cell({ x, xMargin }), 11);
    expect(shares(0.75, 0.5)).to.deep.equal({ value: 0.75, low: 0.25, high: 1 });
    expect(shares(0.25, 0.5)).to.deep.equal({ value: 0.25, low: 0, high: 0.75 });
    // Half of an interval that lies on one side.
    expect(shares(0, 0.125)).to.deep.equal({ value: 0, low: 0, high: 0.25 });
    expect(shares(1, 0.125)).to.deep.equal({ value: 1, low: 0.75, high: 1 });
  });

  it('the margins of a difference go together as those of independent means', () => {
    const found = differenceOf('last', 'first')(cell({ last: 1, lastMargin: 3, first: 2, firstMargin: 4 }), 11);
    expect(found).to.deep.equal({ value: -1, low: -6, high: 4 });
  });

  it('a median has an interval from its quartiles', () => {
    const found = medianOf('x', 'n')(cell({ n: 81, xQ1: 40, xMedian: 60, xQ3: 67 }), 11);
    // 1.96 · 1.25 · 27 ÷ (1.35 · 9) = 5.444
    expect(found?.high).to.be.closeTo(65.444, 1e-3);
    expect(medianOf('x', 'n')(cell({ n: 12, xQ1: null, xMedian: null, xQ3: null }), 11)).to.equal(undefined);
  });

  it('the whole interval decides', () => {
    const at = (low: number, high: number) => ({ value: (low + high) / 2, low, high });
    expect(verdictOf(at(0.51, 0.7), { above: 0.5 })).to.equal('supports');
    expect(verdictOf(at(0.5, 0.7), { above: 0.5 })).to.equal('undecided');
    expect(verdictOf(at(0.3, 0.5), { above: 0.5 })).to.equal('refutes');
    expect(verdictOf(at(46, 74), { above: 45, below: 75 })).to.equal('supports');
    expect(verdictOf(at(40, 80), { above: 45, below: 75 })).to.equal('undecided');
    expect(verdictOf(at(76, 80), { above: 45, below: 75 })).to.equal('refutes');
    expect(verdictOf(at(-2, -1), { below: 0 })).to.equal('supports');
    expect(verdictOf(at(0, 0), { below: 0 })).to.equal('undecided');
    expect(verdictOf(at(0.5, 0.5), { above: 0.5 })).to.equal('undecided');
    expect(verdictOf(at(1, 1), { below: 0 })).to.equal('refutes');
  });

  it('fewer people refute only where all the periods are published and come after the first data', () => {
    const counted = { value: 77, from: '2020-Q1', firstData: '2019-Q4', missing: [] };
    expect(verdictOfTally(counted, 900)).to.equal('refutes');
    expect(verdictOfTally({ ...counted, missing: ['2020-Q3'] }, 900)).to.equal('undecided');
    expect(verdictOfTally({ ...counted, firstData: '2020-Q1' }, 900)).to.equal('undecided');
    expect(verdictOfTally({ ...counted, firstData: '2021-Q3' }, 900)).to.equal('undecided');
    expect(verdictOfTally({ ...counted, firstData: '2021-Q3', value: 901 }, 900)).to.equal('supports');
    expect(verdictOfTally({ ...counted, value: null }, 900)).to.equal('noFigures');
  });

  it('criteria that disagree decide nothing; all together support, where all have figures', () => {
    expect(together(['supports', 'supports'])).to.equal('supports');
    expect(together(['supports', 'noFigures', 'supports'])).to.equal('undecided');
    expect(together(['refutes', 'noFigures'])).to.equal('refutes');
    expect(together(['supports', 'refutes'])).to.equal('undecided');
    expect(together(['refutes', 'undecided'])).to.equal('undecided');
    expect(together(['noFigures'])).to.equal('noFigures');
  });

  it('reads figures that there are, each name once', () => {
    for (const { criteria } of CLAIMS) {
      for (const { report, figures, people, recorded = [] } of criteria) {
        const fields = METRICS.find(({ name }) => name === report)?.figures.flatMap(fieldsOf) ?? [];
        expect(fields, report).to.include.members([...figures, ...people, ...recorded]);
      }
    }
    const names = CLAIMS.flatMap(({ criteria }) => criteria.map(({ name }) => name));
    expect(names).to.have.length(new Set(names).size);
  });

  const criterion = (name: string): Criterion => {
    const found = CLAIMS.flatMap(({ criteria }) => criteria).find((each) => each.name === name);
    if (!found) throw new Error(`no criterion ${name}`);
    return found;
  };
  const answer = (ministry: AnswerCell, cells: AnswerCell[] = []): Answer => ({
    ...{ report: 'x', period: '2021-Q4', from: '2021-10-01', to: '2021-12-31', state: 'published', asOf: null },
    ...{ publishedAt: null, freshness: '2022-01-01T00:00:00.000Z', minimum: 11, timeZone: 'Europe/Paris', by: 'total' },
    ...{
      through: '2021-Q4',
      horizons: ['2021-Q4'],
      settings: {},
      caps: {},
      grids: {},
      rounding: 3,
      formula: '',
      source: '',
    },
    ...{ cells, ministry, texts: METRICS[0]?.texts ?? { fr: EMPTY, en: EMPTY } },
  });

  it('where no call is recorded, fewer calls judge nothing', () => {
    const none = { firstThird: 0, firstThirdMargin: 0, middleThird: 0, lastThird: 0, lastThirdMargin: 0, n: 33 };
    const found = judge(criterion('callsChange'), answer(cell(none)), undefined);
    expect(found).to.deep.include({ verdict: 'noFigures', empty: 'notRecorded' });
    const some = judge(criterion('callsChange'), answer(cell({ ...none, middleThird: 0.2 })), undefined);
    expect(some).to.deep.include({ verdict: 'undecided', empty: null });
  });

  it('of better and worse n is those who changed, and of none it is said that nobody did', () => {
    const counts = { n: 33, hoursMore: 12, hoursSame: 6, hoursLess: 3 };
    expect(judge(criterion('hoursBetter'), answer(cell(counts)), undefined).n).to.equal(15);
    const same = judge(criterion('hoursBetter'), answer(cell({ ...counts, hoursMore: 0, hoursLess: 0 })), undefined);
    expect(same).to.deep.include({ verdict: 'noFigures', empty: 'nobodyChanged' });
  });

  it('counts that were drawn decide wrongly in one of twenty, not more', () => {
    const next = chances(7);
    const estimate = roundedShareOf('more', 'less');
    for (const atoms of [1, 3, 10]) {
      const directions = Array.from({ length: atoms }, (_, at) => `D${at}`);
      let decided = 0;
      for (let round = 0; round < 4000; round++) {
        const drawn = { n: 12 * atoms, more: 0, less: 0 };
        for (let atom = 0; atom < atoms; atom++) {
          const more = Array.from({ length: 8 }, next).filter((chance) => chance < 0.5).length;
          drawn.more += roundedBy(more, next());
          drawn.less += roundedBy(8 - more, next());
        }
        const found = estimate({ ...cell(drawn), directions }, 11);
        if (found && verdictOf(found, { above: 0.5 }) !== 'undecided') decided++;
      }
      expect(decided / 4000, `${atoms} atoms`).to.be.below(0.055);
    }
  });

  it('a direction is judged by the row that holds all of it', () => {
    const named = (label: string, more: Partial<AnswerCell> = {}): AnswerCell => ({ ...cell({}), label, ...more });
    const [own, wide, ministry] = [named('DRH'), named('DRH et DAC', { wider: true }), named('ministry')];
    const rowIn = (cells: AnswerCell[]) => {
      const { cell: row, wider } = rowOf({ cells, ministry }, 'DRH');
      return [row?.label, wider];
    };
    expect(rowIn([own])).to.deep.equal(['DRH', false]);
    expect(rowIn([wide])).to.deep.equal(['DRH et DAC', true]);
    expect(rowIn([own, wide])).to.deep.equal(['ministry', true]);
    expect(rowIn([{ ...own, nobody: true }, wide])).to.deep.equal(['DRH et DAC', true]);
    expect(rowIn([own, { ...wide, nobody: true }])).to.deep.equal(['DRH', false]);
    expect(rowIn([{ ...own, nobody: true }])).to.deep.equal([undefined, false]);
  });

  it('people of two years are counted up to their end, and of the ministry', async () => {
    const periods = ['2019-Q4', '2020-Q1', '2020-Q2', '2020-Q3', '2020-Q4', '2021-Q1', '2021-Q2', '2021-Q3', '2021-Q4'];
    const sources = (horizons: string[]): Sources => ({
      reports: {
        publishedPeriods: async () => ['2021-Q4', '2019-Q1'],
        periodsBetween: () =>
          periods.map((name) => ({ name, firstDay: '', lastDay: '', start: 0, end: 0, length: 'quarter', year: 0 })),
        lastClosedPeriod: () => '2022-Q4',
        closedPeriodsFrom: () => [],
      },
      ask: async ({ through = horizons.at(-1) ?? '' }) => ({
        ...answer(cell({ newPeople: through > '2021-Q4' ? 200 : 100 })),
        ...{ horizons, through },
      }),
      look: async () => answer(cell({})),
      targets: async () => [],
      directions: async () => ['DRH'],
    });
    const whole = await trainedOf(sources(['2021-Q3', '2021-Q4', '2022-Q1']), '2021-Q4', 'DRH');
    expect(whole).to.deep.include({ value: 800, wider: true, verdict: 'refutes' });
    const before = await trainedOf(sources(['2021-Q3', '2022-Q1']), '2021-Q4', undefined);
    expect(before).to.deep.include({ value: 800, wider: false, verdict: 'undecided' });
  });
});
