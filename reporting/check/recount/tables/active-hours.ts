/** Table `active_hours` of a person: see reporting/projection/schema.ts. */
import { dayAndHour } from '../civil.ts';
import type { RecountPerson } from '../types.ts';
import type { TableRow } from './row.ts';

const DAY = 86_400_000;

export function activeHourRows({ events }: RecountPerson): TableRow[] {
  const counts = new Map<number, number>();
  for (const event of events) {
    if (!event.active) continue;
    const { day, hour } = dayAndHour(event);
    const place = day * 24 + hour;
    counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  return [...counts].map(([place, count]) => {
    const day = Math.floor(place / 24);
    return { key: [dayText(new Date(day * DAY)), place - day * 24], columns: { events: count } };
  });
}

/** YYYY-MM-DD also of the years 0 and 10000, which statements can have: toISOString gives six digits there. */
function dayText(day: Date): string {
  const year = String(day.getUTCFullYear());
  return `${year.startsWith('-') ? year : year.padStart(4, '0')}${day.toISOString().slice(-20, -14)}`;
}
