/** See reporting/metrics/autonomy.ts. */
import { completedModules } from './done.ts';
import { mean } from './series.ts';
import { forEveryone, type Recount } from './types.ts';

export const autonomy: Recount = (people, { start, end }) =>
  forEveryone(people, (events) => {
    const calls = events.filter(({ kind }) => kind === 'tutorCalled');
    const alone: number[] = [];
    for (const [module, completed] of completedModules(events)) {
      if (completed < start || completed >= end) continue;
      const called = calls.some((call) => call.module === module && call.instant <= completed);
      alone.push(called ? 0 : 1);
    }
    if (alone.length === 0) return undefined;
    const within = calls.filter(({ instant }) => start <= instant && instant < end);
    return [within.length / alone.length, mean(alone)];
  });
