/** Table `enrolments` of a person: see reporting/projection/schema.ts. */
import { completes, type RecountEvent, type RecountPerson } from '../types.ts';
import { firstAt, isActive, isKind, lastAt } from './attempts.ts';
import type { TableRow } from './row.ts';

const modulesOf = (events: readonly RecountEvent[]): number => {
  const modules = new Set(events.map(({ module }) => module));
  modules.delete(null);
  return modules.size;
};

const finishes = (event: RecountEvent): boolean => completes(event) || event.kind === 'satisfied';

export function enrolmentRows({ events, memberships }: RecountPerson): TableRow[] {
  const byParcours = new Map<string, RecountEvent[]>();
  for (const event of events) {
    if (event.parcours === null) continue;
    const own = byParcours.get(event.parcours) ?? [];
    byParcours.set(event.parcours, own);
    own.push(event);
  }
  return [...byParcours].map(([parcours, own]) => {
    const entered = own[0]?.instant ?? 0;
    const place = memberships.find(({ from, to }) => from <= entered && entered < to);
    const whole = own.filter(({ module }) => module === null);
    return {
      key: [parcours],
      columns: {
        entered_at: entered,
        needed_at: firstAt(own, isKind('needed')),
        diagnosed_at: firstAt(own, isKind('diagnosed')),
        registered_at: firstAt(own, isKind('registered')),
        started_at: firstAt(own, isActive),
        completed_at: firstAt(whole, finishes),
        passed_at: firstAt(whole, isKind('passed')),
        failed_at: firstAt(whole, isKind('failed')),
        waived_at: firstAt(whole, isKind('waived')),
        abandoned_at: firstAt(whole, isKind('abandoned')),
        last_at: lastAt(own, isActive),
        direction: place?.direction ?? null,
        service: place?.service ?? null,
        site: place?.site ?? null,
        modules_started: modulesOf(own.filter(isActive)),
        modules_completed: modulesOf(own.filter(finishes)),
        last_module: own.findLast(({ active, module }) => active && module !== null)?.module ?? null,
      },
    };
  });
}
