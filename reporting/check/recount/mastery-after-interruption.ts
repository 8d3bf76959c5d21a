/** See reporting/metrics/mastery-after-interruption.ts. */
import { mean } from './series.ts';
import { oldInterruptions } from './stretches.ts';
import { forEveryone, type Recount } from './types.ts';

export const masteryAfterInterruption: Recount = (people, period, site) =>
  forEveryone(people, (_events, person) => {
    const shares = oldInterruptions(person, period, site, 20).map(({ mastered, daysUntil }) =>
      mastered !== undefined && daysUntil(mastered) <= 20 ? 1 : 0,
    );
    return shares.length === 0 ? undefined : [mean(shares)];
  });
