/** When somebody learns: on a day and at an hour of their own, at any, or from the one to the other in the course of a parcours. */
import { type Chance, pick } from './chance.ts';
import type { Traits } from './traits.ts';
import type { Habit, Step } from './traveller.ts';
import { addDays, weekdayOf } from './working-days.ts';

const HOUR = 60;

/** Working hours without the lunch break, as hours that one begins at. */
const WORKED = [8, 9, 9, 10, 10, 11, 14, 14, 15, 16, 17];
const OFF = [6, 19, 19, 20, 21];

export const habitOf = (chance: Chance, { offHours }: Pick<Traits, 'offHours'>): Habit => ({
  weekday: chance.between(1, 6),
  hour: pick(chance, offHours ? OFF : WORKED),
});

/** Whether this step is done by habit. */
function isHabitual({ traveller: { traits, chance }, progress }: Step): boolean {
  if (traits.rhythm === 'improving') return progress > 0.45 || (progress > 0.33 && chance.happens(0.5));
  return traits.rhythm === 'regular';
}

/** The day of the next module: the next one of their weekday, or any of the next working days. */
export function whenNext(step: Step, after: string): string {
  const { days, habit, chance } = step.traveller;
  const next = addDays(after, 1);
  if (isHabitual(step)) return days.next(next, (day) => weekdayOf(day) === habit.weekday);
  return days.later(days.next(next), chance.between(0, 8));
}

/** Minutes after midnight at which it is to begin. */
export function startOf(step: Step): number {
  const { habit, chance, traits } = step.traveller;
  if (isHabitual(step)) return habit.hour * HOUR + chance.between(1, 7);
  return pick(chance, traits.offHours ? OFF : WORKED) * HOUR + chance.between(0, 50);
}
