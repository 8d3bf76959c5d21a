/** See reporting/metrics/start-delay.ts. */
import { dayOf, workingDaysBetween } from './civil.ts';
import { mean } from './series.ts';
import { forEveryone, placeIn, type Recount } from './types.ts';

export const startDelay: Recount = (people, period) =>
  forEveryone(people, (events, person) => {
    const place = placeIn(person, period);
    if (!place) return undefined;
    const registered = new Map<string, number>();
    const started = new Map<string, number>();
    for (const { parcours, kind, active, instant } of events) {
      if (parcours === null) continue;
      if (kind === 'registered' && !registered.has(parcours)) registered.set(parcours, instant);
      if (active && !started.has(parcours)) started.set(parcours, instant);
    }
    const delays: number[] = [];
    for (const [parcours, start] of started) {
      const from = registered.get(parcours);
      if (from === undefined || start < period.start || start >= period.end) continue;
      const { calendar } = place;
      delays.push(workingDaysBetween(calendar, dayOf(calendar, from), dayOf(calendar, start)));
    }
    return delays.length === 0 ? undefined : [mean(delays)];
  });
