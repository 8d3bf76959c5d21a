import { expect } from 'chai';
import type { AnswerCell } from '../../../reporting/answer.ts';
import { CLAIMS } from '../../../reporting/claims/criteria.ts';
import { differenceOf, meanOf, medianOf, shareOf } from '../../../reporting/claims/estimate.ts';
import { together, verdictOf, verdictOfTally } from '../../../reporting/claims/verdict.ts';
import { METRICS } from '../../../reporting/metrics/index.ts';
import { fieldsOf } from '../../../reporting/privacy/index.ts';

const cell = (figures: Record<string, number | null>): AnswerCell => ({
  ...{ label: 'DRH', directions: ['DRH'], parcours: [], services: [], sites: [] },
  ...figures,
});

describe('judging the claims of 2006', () => {
  it('a share has the interval of Wilson', () => {
    // 60 of 100: [0.5020, 0.6906] (Newcombe 1998 gives the method; the values by hand).
    const found = shareOf('more', ['more', 'less'])(cell({ more: 60, less: 40 }));
    expect(found?.value).to.equal(0.6);
    expect(found?.low).to.be.closeTo(0.50204, 1e-4);
    expect(found?.high).to.be.closeTo(0.6906, 1e-4);
    expect(shareOf('more', ['more', 'less'])(cell({ more: 0, less: 0 }))).to.equal(undefined);
  });

  it('a mean has the margin that is published with it, and none without', () => {
    expect(meanOf('x')(cell({ x: 2, xMargin: 0.5 }))).to.deep.equal({ value: 2, low: 1.5, high: 2.5 });
    expect(meanOf('x')(cell({ x: null, xMargin: null }))).to.equal(undefined);
  });

  it('the margins of a difference go together as those of independent means', () => {
    const found = differenceOf('last', 'first')(cell({ last: 1, lastMargin: 3, first: 2, firstMargin: 4 }));
    expect(found).to.deep.equal({ value: -1, low: -6, high: 4 });
  });

  it('a median has an interval from its quartiles', () => {
    const found = medianOf('x', 'n')(cell({ n: 81, xQ1: 40, xMedian: 60, xQ3: 67 }));
    // 1.96 · 1.25 · 27 ÷ (1.35 · 9) = 5.444
    expect(found?.high).to.be.closeTo(65.444, 1e-3);
    expect(medianOf('x', 'n')(cell({ n: 12, xQ1: null, xMedian: null, xQ3: null }))).to.equal(undefined);
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

  it('criteria that disagree decide nothing, those without figures are left out', () => {
    expect(together(['supports', 'noFigures', 'supports'])).to.equal('supports');
    expect(together(['supports', 'refutes'])).to.equal('undecided');
    expect(together(['refutes', 'undecided'])).to.equal('undecided');
    expect(together(['noFigures'])).to.equal('noFigures');
  });

  it('reads figures that there are, each name once', () => {
    for (const { criteria } of CLAIMS) {
      for (const { report, figures, people } of criteria) {
        const fields = METRICS.find(({ name }) => name === report)?.figures.flatMap(fieldsOf) ?? [];
        expect(fields, report).to.include.members([...figures, people]);
      }
    }
    const names = CLAIMS.flatMap(({ criteria }) => criteria.map(({ name }) => name));
    expect(names).to.have.length(new Set(names).size);
  });
});
