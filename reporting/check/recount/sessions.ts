/** See reporting/metrics/sessions.ts. */
import { lengthOf, sessionsIn } from './sessions-cut.ts';
import { forEveryone, type Recount } from './types.ts';

export const sessions: Recount = (people, period, site) =>
  forEveryone(people, (events) => {
    const own = sessionsIn(events, period, site);
    if (own.length === 0) return undefined;
    let worked = 0;
    for (const session of own) worked += lengthOf(session);
    return [own.length, worked / 60_000 / own.length];
  });
