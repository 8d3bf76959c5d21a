/** What a demonstration is made of, and the two years that it tells of: the same for the same seed, number and first day. */
import { addDays, dayOf, startOfDay } from '../../lrs/directory/index.ts';

export interface Story {
  seed: number;
  /** How many people there are in all. */
  agents: number;
  /** First day of the first quarter told of, YYYY-MM-DD. */
  start: string;
}

/** Those that are over when the story begins to be told; the one after them is under way. */
export const CLOSED_QUARTERS = 8;

const ZONE = 'Europe/Paris';

/** The first day of the quarter that lies so many after the one of a day. */
function quarterFrom(day: string, after: number): string {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, Math.floor((month - 1) / 3) * 3 + after * 3, 1)).toISOString().slice(0, 10);
}

/** The story of 24 months that are over at an instant (ms), and what has come since. */
export const storyAt = (seed: number, agents: number, now: number): Story => ({
  seed,
  agents,
  start: quarterFrom(dayOf(now, ZONE), -CLOSED_QUARTERS),
});

/** The first day of a quarter of the story, the first one being 0. */
export const quarterDay = ({ start }: Story, quarter: number): string => quarterFrom(start, quarter);

/** Name of a quarter of the story, as reports have it. */
export function quarterName(story: Story, quarter: number): string {
  const [year = 0, month = 1] = quarterDay(story, quarter).split('-').map(Number);
  return `${year}-Q${Math.floor((month - 1) / 3) + 1}`;
}

/** Names of the quarters of the story that are over at an instant (ms), the oldest first. */
export function closedQuarters(story: Story, now: number): string[] {
  const today = dayOf(now, ZONE);
  const names: string[] = [];
  for (let quarter = 0; quarterDay(story, quarter + 1) <= today; quarter++) names.push(quarterName(story, quarter));
  return names;
}

/** The instant (ms) up to which the story is told: what is told on a day is the same all day. */
export const startOfToday = (now: number): number => startOfDay(dayOf(now, ZONE), ZONE);

/** The day on which DSIC went into DTNUM: the beginning of the second year. */
export const mergeDay = (story: Story): string => quarterDay(story, 4);

export { addDays };
