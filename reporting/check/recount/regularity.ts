/** See reporting/metrics/regularity.ts. */
import { hoursOfPeriod } from './civil.ts';
import { entropy, modulusAt, stacked, total } from './series.ts';
import { forEveryone, type Recount } from './types.ts';

export const regularity: Recount = (people, period) =>
  forEveryone(people, (events) => {
    const series = hoursOfPeriod(events, period);
    let activeDays = 0;
    for (let day = 0; day < series.length / 24; day += 1) {
      if (series.slice(day * 24, day * 24 + 24).includes(1)) activeDays += 1;
    }
    if (activeDays < 2) return undefined;
    const days = stacked(series, 24);
    const bits = entropy(days);
    const fdh = modulusAt(series, 24);
    return [(Math.log2(24) - bits) * Math.max(...days), 1 - bits / Math.log2(24), fdh, fdh / total(series)];
  });
