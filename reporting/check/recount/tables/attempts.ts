/** Table `attempts` of a person: see reporting/projection/schema.ts. */
import { completes, type RecountEvent, type RecountPerson, type RecountSite } from '../types.ts';
import type { TableRow } from './row.ts';

/** The first event of which it holds, and the last. */
export const firstAt = (events: readonly RecountEvent[], is: (event: RecountEvent) => boolean): number | null =>
  events.find(is)?.instant ?? null;
export const lastAt = (events: readonly RecountEvent[], is: (event: RecountEvent) => boolean): number | null =>
  events.findLast(is)?.instant ?? null;

export const isActive = ({ active }: RecountEvent): boolean => active;
export const isKind =
  (wanted: string) =>
  ({ kind }: RecountEvent): boolean =>
    kind === wanted;

/** Milliseconds from each active event to the person's next one, where they are not more than θ. */
function workedAfter(events: readonly RecountEvent[], gap: number): Map<RecountEvent, number> {
  const worked = new Map<RecountEvent, number>();
  let before: RecountEvent | undefined;
  for (const event of events) {
    if (!event.active) continue;
    if (before && event.instant - before.instant <= gap) worked.set(before, event.instant - before.instant);
    before = event;
  }
  return worked;
}

export function attemptRows({ events }: RecountPerson, { sessionGap }: Pick<RecountSite, 'sessionGap'>): TableRow[] {
  const worked = workedAfter(events, sessionGap * 60_000);
  const attempts = new Map<string, { key: (string | null)[]; own: RecountEvent[] }>();
  for (const event of events) {
    const { parcours, module, registration } = event;
    if (module === null) continue;
    const key = [parcours, module, registration];
    const attempt = attempts.get(JSON.stringify(key)) ?? { key, own: [] };
    attempts.set(JSON.stringify(key), attempt);
    attempt.own.push(event);
  }
  return [...attempts.values()].map(({ key, own }) => ({
    key,
    columns: {
      first_at: own[0]?.instant ?? null,
      initialized_at: firstAt(own, isKind('initialized')),
      last_at: lastAt(own, isActive),
      completed_at: firstAt(own, completes),
      passed_at: firstAt(own, isKind('passed')),
      failed_at: firstAt(own, isKind('failed')),
      waived_at: firstAt(own, isKind('waived')),
      satisfied_at: firstAt(own, isKind('satisfied')),
      abandoned_at: firstAt(own, isKind('abandoned')),
      worked: own.reduce((sum, event) => sum + (worked.get(event) ?? 0), 0),
      events: own.filter(isActive).length,
      scaled: own.findLast(({ scaled }) => scaled !== null)?.scaled ?? null,
      calls: own.filter(isKind('tutorCalled')).length,
    },
  }));
}
