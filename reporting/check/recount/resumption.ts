/** See reporting/metrics/resumption.ts. */
import { mean } from './series.ts';
import { oldInterruptions } from './stretches.ts';
import { forEveryone, type Recount } from './types.ts';

export const resumption: Recount = (people, period, site) =>
  forEveryone(people, (_events, person) => {
    const shares = oldInterruptions(person, period, site, 5).map(({ returned, daysUntil }) =>
      returned !== undefined && daysUntil(returned) <= 5 ? 1 : 0,
    );
    return shares.length === 0 ? undefined : [mean(shares)];
  });
