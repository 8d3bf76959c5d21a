/** See reporting/metrics/slots.ts. */
import { type PlannedSlot, slotsOf } from './planned.ts';
import { mean } from './series.ts';
import { forEveryone, type Recount, type RecountEvent } from './types.ts';

function isKept({ from, to, cancelled, saidKept, saidMissed }: PlannedSlot, events: readonly RecountEvent[]): boolean {
  if (cancelled) return false;
  if (saidKept || saidMissed || from === null || to === null) return saidKept;
  return events.some(({ active, instant }) => active && from <= instant && instant < to);
}

export const slots: Recount = (people, { start, end }) =>
  forEveryone(people, (events) => {
    const due = slotsOf(events).filter(({ from }) => from !== null && start <= from && from < end);
    if (due.length === 0) return undefined;
    const share = (is: (slot: PlannedSlot) => boolean): number => mean(due.map((slot) => (is(slot) ? 1 : 0)));
    return [
      due.length,
      share((slot) => isKept(slot, events)),
      share((slot) => !slot.cancelled && !isKept(slot, events)),
      share(({ cancelled }) => cancelled),
      share(({ moves }) => moves > 0),
    ];
  });
