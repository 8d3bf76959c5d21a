import { expect } from 'chai';
import { roundedBy, rounding } from '../../../reporting/privacy/draw.ts';
import { meanMargin, meanOfSharesMargin, shareMargin, studentQuantile } from '../../../reporting/privacy/interval.ts';
import { quartilesOf } from '../../../reporting/privacy/quartiles.ts';
import { names } from '../site.ts';

describe('intervals', () => {
  it('have the quantiles of printed tables', () => {
    const table: [number, number][] = [
      [1, 12.7062047362],
      [2, 4.3026527297],
      [3, 3.1824463053],
      [10, 2.228138852],
      [30, 2.0422724563],
      [120, 1.9799304051],
      [1000, 1.9623390808],
    ];
    for (const [freedom, quantile] of table) expect(studentQuantile(freedom)).to.be.closeTo(quantile, 1e-9);
  });

  it('go over from the series to the expansion without a step', () => {
    expect(studentQuantile(200) - studentQuantile(201)).to.be.within(0, 1.2e-4);
    expect(studentQuantile(200)).to.be.closeTo(1.9718962236, 1e-9);
    expect(studentQuantile(201)).to.be.closeTo(1.9718365, 1e-6);
  });

  it('are those of worked examples', () => {
    // 1, 2, 3, 4, 5: s² = 2.5, so 2.7764451052 · √(2.5 / 5).
    expect(meanMargin(5, 15, 55)).to.be.closeTo(1.9632432, 1e-6);
    expect(meanMargin(1, 3, 9)).to.equal(null);
    // Wilson of 8 in 10: 0.4901625 to 0.9433178.
    expect(shareMargin(0.8, 10)).to.be.closeTo((0.9433178 - 0.4901625) / 2, 1e-6);
  });

  it('have a length where everybody of a few is at 0, or at 1', () => {
    // Wilson of 0 in 18: 0 to z² ÷ (18 + z²).
    expect(meanOfSharesMargin(18, 0, 0)).to.be.closeTo(0.1758798 / 2, 1e-6);
    expect(meanOfSharesMargin(18, 18, 18)).to.be.closeTo(0.1758798 / 2, 1e-6);
    expect(meanOfSharesMargin(5, 2.5, 1.5)).to.equal(meanMargin(5, 2.5, 1.5));
    expect(meanOfSharesMargin(1, 1, 1)).to.equal(null);
  });
});

describe('counts of behaviour', () => {
  it('go to a neighbouring multiple of three, so that the mean is right', () => {
    expect([0, 0.3].map((chance) => roundedBy(10, chance))).to.deep.equal([12, 12]);
    expect([0.34, 0.99].map((chance) => roundedBy(10, chance))).to.deep.equal([9, 9]);
    for (const count of [0, 3, 12]) expect(roundedBy(count, 0)).to.equal(count);
    const draws = Array.from({ length: 3000 }, (_, index) => rounding(`secret ${index}`)(names('a', 11)));
    expect(draws.reduce((sum, draw) => sum + draw, 0) / draws.length).to.be.within(10.9, 11.1);
  });

  it('are the same for the same people, in whatever order', () => {
    const draw = rounding('secret');
    expect(draw(names('a', 10).reverse())).to.equal(draw(names('a', 10)));
  });
});

describe('quartiles', () => {
  it('lie on their grid', () => {
    expect(quartilesOf([1, 2, 3, 4], 0.25)).to.deep.equal([1.75, 2.5, 3.25]);
    expect(quartilesOf([10, 20, 31, 47], 5)).to.deep.equal([20, 25, 35]);
    expect(quartilesOf([0.31, 0.31, 0.31], 0.1)).to.deep.equal([0.3, 0.3, 0.3]);
  });
});
