/** The slots that somebody planned: see reporting/metrics/slot.ts. */
import type { RecountEvent } from './types.ts';

export interface PlannedSlot {
  from: number | null;
  to: number | null;
  moves: number;
  cancelled: boolean;
  saidKept: boolean;
  saidMissed: boolean;
}

export function slotsOf(events: readonly RecountEvent[]): PlannedSlot[] {
  const slots = new Map<string, PlannedSlot>();
  for (const { slot: id, kind, slotFrom, slotTo } of events) {
    if (id === null) continue;
    const nothing = { from: null, to: null, moves: 0, cancelled: false, saidKept: false, saidMissed: false };
    const slot = slots.get(id) ?? nothing;
    slots.set(id, slot);
    if ((kind === 'slotPlanned' || kind === 'slotMoved') && slotFrom !== null)
      [slot.from, slot.to] = [slotFrom, slotTo];
    if (kind === 'slotMoved') slot.moves += 1;
    if (kind === 'slotCancelled') slot.cancelled = true;
    if (kind === 'slotKept') slot.saidKept = true;
    if (kind === 'slotMissed') slot.saidMissed = true;
  }
  return [...slots.values()];
}
