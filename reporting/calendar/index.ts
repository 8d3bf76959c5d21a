/** Civil time, working hours and public holidays. Pure, but for the file of places; its tables in DuckDB are in fill.ts. */
export { type Calendar, isWorkingDay, workingDays, workingMs, workingSpans } from './calendar.ts';
export { type CalendarSettings, type Calendars, calendarsOf, openCalendars } from './calendars.ts';
export { DAY, localOf, type Span, weekdayOf } from './civil-time.ts';
export { easterOf, HOLIDAY_ZONES, type Holiday, type HolidayZone, holidaysOf } from './holidays.ts';
export {
  holidaysWords,
  hourName,
  hoursWords,
  SHORT_HOUR,
  settingsNote,
  shortWeekdayName,
  WEEKDAYS,
  weekdayName,
} from './words.ts';
export { type DailyHours, parseWorkingHours, type WorkingHours } from './working-hours.ts';
