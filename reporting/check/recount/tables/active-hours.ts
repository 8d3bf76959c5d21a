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
    const day = new Date(Math.floor(place / 24) * DAY).toISOString().slice(0, 10);
    return { key: [day, place - Math.floor(place / 24) * 24], columns: { events: count } };
  });
}
