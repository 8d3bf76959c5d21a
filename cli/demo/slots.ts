/** What becomes of the slot that somebody has set aside for a module. */
import type { Statement } from '../../lrs/index.ts';
import { record } from '../../lrs/profile/index.ts';
import type { Step } from './traveller.ts';
import { addDays } from './working-days.ts';

const { slot } = record;

/** Where and when a module is begun: minutes after midnight of a day. */
export interface Begun {
  day: string;
  minutes: number;
}

const MINUTE = 60_000;
const HOUR = 60;

/** Of the slots of somebody who keeps their hours, and of who does not. */
const KEPT = { regular: 0.95, irregular: 0.65 };

function keptBy({ traveller: { traits }, progress }: Step): number {
  if (traits.rhythm === 'improving') return progress > 0.5 ? 0.97 : 0.4;
  return KEPT[traits.rhythm];
}

/** A slot for a module, set aside on a day and minute. On an urgent day some move it. Gives when the person begins after all. */
export function* plannedSlot(step: Step, day: string, minutes: number): Generator<Statement, Begun> {
  const { enrolment, days, chance } = step.traveller;
  const { module, index } = step;
  const hours = (on: string): { from: number; to: number } => {
    const from = days.at(on, Math.floor(minutes / 15) * 15);
    return { from, to: from + HOUR * MINUTE };
  };
  const of = { enrolment, module, slot: record.idOf('slot', enrolment.registration, index) };
  const before = days.at(addDays(day, -chance.between(1, 7)), chance.between(9 * HOUR, 17 * HOUR));
  yield slot.planned({ ...of, ...hours(day), at: before });
  if (days.isUrgent(day) && chance.happens(0.5)) {
    const later = days.later(day, chance.between(1, 4));
    yield slot.moved({ ...of, ...hours(later), at: days.at(day, minutes) - chance.between(10, 90) * MINUTE });
    yield slot.kept({ ...of, ...hours(later), at: hours(later).to });
    return { day: later, minutes };
  }
  if (chance.happens(keptBy(step))) {
    yield slot.kept({ ...of, ...hours(day), at: hours(day).to });
    return { day, minutes };
  }
  if (chance.happens(0.25)) yield slot.cancelled({ ...of, ...hours(day), at: hours(day).from - 20 * MINUTE });
  else yield slot.missed({ ...of, ...hours(day), at: hours(day).to });
  return { day: days.later(day, chance.between(1, 3)), minutes };
}
