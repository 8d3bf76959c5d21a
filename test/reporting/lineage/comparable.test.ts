import { expect } from 'chai';
import type { Succession } from '../../../lrs/directory/index.ts';
import { comparableWith } from '../../../reporting/lineage/index.ts';
import { parsePeriod } from '../../../reporting/periods/period.ts';

const period = (name: string) => parsePeriod(name, 'quarter', 'Europe/Paris');
const [q3, q4, q1] = [period('2022-Q3'), period('2022-Q4'), period('2023-Q1')];

const became = (from: string, to: string, day: string): Succession => ({ from: [...from], to: [...to], day });
const merged = became('AB', 'C', '2023-01-01');

describe('comparing with an earlier period', () => {
  it('is with the same directions where nothing has changed', () => {
    expect(comparableWith([merged], ['D'], q1, q4)).to.deep.equal({ kind: 'same', directions: ['D'] });
    expect(comparableWith([merged], ['C'], period('2023-Q2'), q1)).to.deep.equal({ kind: 'same', directions: ['C'] });
    // What comes after the later period is not looked at.
    expect(comparableWith([merged], ['A'], q4, q3)).to.deep.equal({ kind: 'same', directions: ['A'] });
  });

  it('is with the sum of those that became it, and says so', () => {
    expect(comparableWith([merged], ['C'], q1, q4)).to.deep.equal({
      kind: 'sum',
      directions: ['A', 'B'],
      says: {
        fr: 'Comparé à A et B : c’est ce qui est devenu C le 1er janvier 2023.',
        en: 'Compared with A and B, which became C on 1 January 2023.',
      },
    });
    expect(comparableWith([merged], ['C', 'D'], q1, q4).directions).to.deep.equal(['A', 'B', 'D']);
  });

  it('is with nothing where a direction was divided', () => {
    const split = became('A', 'BC', '2023-01-01');
    const { says, ...rest } = comparableWith([split], ['B'], q1, q4);
    expect(rest).to.deep.equal({ kind: 'none', directions: [] });
    expect(says?.fr).to.equal(
      'Pas de comparaison pour B : le 1er janvier 2023, une direction a été partagée, et un chiffre ne se partage pas.',
    );
    expect(comparableWith([split], ['B', 'C'], q1, q4))
      .to.include({ kind: 'sum' })
      .and.have.property('directions')
      .eql(['A']);
  });

  it('is with nothing where some are still counted under a name that has gone, and says what became of it', () => {
    const renamed = became('A', 'B', '2023-01-01');
    const { says, ...rest } = comparableWith([renamed], ['A'], q1, q4);
    expect(rest).to.deep.equal({ kind: 'none', directions: [] });
    expect(says).to.deep.equal({
      fr: 'Pas de comparaison pour A : le 1er janvier 2023, A est devenu B, et ces chiffres sont encore comptés sous l’ancien nom.',
      en: 'No comparison for A: on 1 January 2023 A became B, and these figures are still counted under the old name.',
    });
    expect(comparableWith([renamed], ['B'], q1, q4).directions).to.deep.equal(['A']);
    expect(comparableWith([merged], ['A', 'B'], q1, q4).says?.fr).to.include('A et B sont devenus C, et');
    expect(comparableWith([merged], ['A', 'D'], q1, q4).says?.en).to.match(/1 January 2023 A became C, and/);
  });

  it('is with nothing where the change lies inside one of the periods', () => {
    for (const day of ['2022-10-02', '2022-12-31', '2023-01-02', '2023-03-31']) {
      const { kind, says } = comparableWith([{ ...merged, day }], ['C'], q1, q4);
      expect(kind, day).to.equal('none');
      expect(says?.en).to.match(/inside one of the two periods\.$/);
    }
    expect(comparableWith([{ ...merged, day: '2022-10-01' }], ['C'], q1, q4).kind).to.equal('same');
  });
});
