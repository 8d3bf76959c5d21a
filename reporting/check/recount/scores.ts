/** See reporting/metrics/scores.ts. */
import { mean } from './series.ts';
import { forEveryone, type Recount } from './types.ts';

export const scores: Recount = (people, { start, end }) =>
  forEveryone(people, (events) => {
    const last = new Map<string, number>();
    for (const { active, module, scaled, instant } of events) {
      if (active && module !== null && scaled !== null && start <= instant && instant < end) last.set(module, scaled);
    }
    return last.size === 0 ? undefined : [mean([...last.values()])];
  });
