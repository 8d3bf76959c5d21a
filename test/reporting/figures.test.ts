import { expect } from 'chai';
import type { AnswerCell } from '../../reporting/answer.ts';
import { fieldOf } from '../../reporting/figures/field.ts';
import { metricOf } from '../../reporting/metrics/index.ts';

describe('figures as a page writes them', () => {
  it('have no decimals where people are counted, however few: an axis of people has no half of one', () => {
    const completion = metricOf('completion');
    const cells = [{ enrolled: 2 } as unknown as AnswerCell];
    expect(fieldOf(completion, 'direction', 'enrolled', 'fr', cells).digits).to.equal(0);
    const time = metricOf('time-on-task');
    expect(
      fieldOf(time, 'direction', 'meanMinutes', 'fr', [{ meanMinutes: 2.25 } as unknown as AnswerCell]),
    ).to.include({
      digits: 2,
    });
  });
});
