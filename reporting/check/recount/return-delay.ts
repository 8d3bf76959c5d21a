/** See reporting/metrics/return-delay.ts. */
import { workedBetween } from './civil.ts';
import { mean } from './series.ts';
import { oldInterruptions } from './stretches.ts';
import { forEveryone, type Recount } from './types.ts';

export const returnDelay: Recount = (people, period, site) =>
  forEveryone(people, (_events, person) => {
    const hours = oldInterruptions(person, period, site, 5).flatMap(({ at, returned, calendar }) =>
      returned === undefined ? [] : [workedBetween(calendar, at, returned) / 3_600_000],
    );
    return hours.length === 0 ? undefined : [mean(hours)];
  });
