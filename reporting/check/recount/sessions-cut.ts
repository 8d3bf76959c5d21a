/** The sessions of a person: active events, cut where the gap between two of them is longer than θ. */
import type { RecountEvent, RecountPeriod, RecountSite } from './types.ts';

export type Session = [RecountEvent, ...RecountEvent[]];

/** Those that start in the period, whole even where they end after it. */
export function sessionsIn(
  events: readonly RecountEvent[],
  { start, end }: RecountPeriod,
  { sessionGap }: Pick<RecountSite, 'sessionGap'>,
): Session[] {
  const sessions: Session[] = [];
  for (const event of events) {
    if (!event.active) continue;
    const session = sessions.at(-1);
    const before = session?.at(-1);
    if (session && before && event.instant - before.instant <= sessionGap * 60_000) session.push(event);
    else sessions.push([event]);
  }
  return sessions.filter(([first]) => start <= first.instant && first.instant < end);
}

/** Milliseconds from the first event to the last. */
export const lengthOf = (session: Session): number => (session.at(-1)?.instant ?? 0) - session[0].instant;
