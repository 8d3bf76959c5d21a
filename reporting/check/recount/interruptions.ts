/** See reporting/metrics/interruptions.ts. */
import { mean } from './series.ts';
import { interruptionsByModule } from './stretches.ts';
import { forEveryone, type Recount } from './types.ts';

export const interruptions: Recount = (people, period, site) =>
  forEveryone(people, (events) => {
    const counts = interruptionsByModule(events, period, site).map((each) => each.length);
    return counts.length === 0 ? undefined : [mean(counts.map((count) => (count > 0 ? 1 : 0))), mean(counts)];
  });
