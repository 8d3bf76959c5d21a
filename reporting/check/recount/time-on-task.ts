/** See reporting/metrics/time-on-task.ts. Gap by gap, where sessions.ts takes a session from its first event to its last. */
import { sessionsIn } from './sessions-cut.ts';
import { forEveryone, type Recount } from './types.ts';

export const timeOnTask: Recount = (people, period, site) =>
  forEveryone(people, (events) => {
    const own = sessionsIn(events, period, site);
    if (own.length === 0) return undefined;
    let worked = 0;
    for (const session of own) {
      let before = session[0].instant;
      for (const { instant } of session) {
        worked += instant - before;
        before = instant;
      }
    }
    return [worked / 60_000];
  });
