import { expect } from 'chai';
import { formatDuration, parseDuration } from '../../../lrs/profile/index.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('durations', () => {
  const lengths: Record<string, number | undefined> = {
    PT0S: 0,
    PT1H30M: 90 * MINUTE,
    'PT1,5H': 90 * MINUTE,
    'PT0.04S': 40,
    'PT1.0005S': 1001,
    P1DT2H: DAY + 2 * HOUR,
    P2W: 14 * DAY,
    P0Y0M0DT5M: 5 * MINUTE,
    P1M: undefined,
    P1Y: undefined,
    P: undefined,
    'PT1.2.3S': undefined,
    '90': undefined,
    '': undefined,
  };
  for (const [text, length] of Object.entries(lengths)) {
    it(`${text || 'nothing'} is ${length} ms`, () => expect(parseDuration(text)).to.equal(length));
  }

  it('are written as they are read', () => {
    for (const length of [0, 10, 59 * SECOND, MINUTE, HOUR, 90 * MINUTE + 1230, 49 * HOUR])
      expect(parseDuration(formatDuration(length)), formatDuration(length)).to.equal(length);
    expect(formatDuration(HOUR + 90_500)).to.equal('PT1H1M30.5S');
  });
});
