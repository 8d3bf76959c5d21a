/** Who is late: enrolled for more than some working days without having started. Pure. */
import { addDays, dayOf, startOfDay } from '../../lrs/directory/index.ts';
import { type Calendar, isWorkingDay } from '../calendar/index.ts';

/** Working days in which somebody who is enrolled should have started: two weeks of the working calendar. */
export const LATE_AFTER = 10;

/** Days looked back at most, where a calendar has hardly any working day. */
const FURTHEST = 400;

/**
 * The instant (ms) before which an enrolment is late at `now` (ms): more than LATE_AFTER working days lie after its civil
 * day, today included (as workingDays counts them).
 */
export function lateBefore(calendar: Calendar, now: number): number {
  const today = dayOf(now, calendar.timeZone);
  let day = today;
  for (let worked = 0, back = 0; worked <= LATE_AFTER && back < FURTHEST; back += 1) {
    if (isWorkingDay(calendar, day)) worked += 1;
    day = addDays(day, -1);
  }
  return startOfDay(addDays(day, 1), calendar.timeZone);
}
