/** See reporting/metrics/hours.ts. */
import { hoursOfPeriod, numberOf, offHours, weekdayOf } from './civil.ts';
import { entropy, stacked } from './series.ts';
import { lengthOf, sessionsIn } from './sessions-cut.ts';
import { forEveryone, type Recount } from './types.ts';

export const hours: Recount = (people, period, site) => {
  const missing = weekdayOf(numberOf(period.firstDay));
  return forEveryone(people, (events) => {
    let [worked, off] = [0, 0];
    for (const session of sessionsIn(events, period, site)) {
      const [{ instant, calendar }] = session;
      worked += lengthOf(session);
      off += offHours(calendar, instant, instant + lengthOf(session));
    }
    const weeks = stacked([...new Array<number>(missing * 24).fill(0), ...hoursOfPeriod(events, period)], 168);
    if (worked === 0 || weeks.every((count) => count === 0)) return undefined;
    return [entropy(weeks), off / worked, ...weeks.map((count) => (count > 0 ? 1 : 0))];
  });
};
