/** See reporting/metrics/scores.ts. */
import { mean } from './series.ts';
import { forEveryone, type Recount } from './types.ts';

export const scores: Recount = (people, { start, end }) =>
  forEveryone(people, (events) => {
    const last = new Map<string, number>();
    let failed = 0;
    for (const { active, module, scaled, instant, kind } of events) {
      if (!active || module === null || instant < start || instant >= end) continue;
      if (scaled !== null) last.set(module, scaled);
      if (kind === 'failed') failed = 1;
    }
    return last.size === 0 ? undefined : [mean([...last.values()]), failed];
  });
