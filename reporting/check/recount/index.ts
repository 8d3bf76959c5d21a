/** The recount of each metric, by its name. */
import { change } from './change.ts';
import { hours } from './hours.ts';
import { moduleTime } from './module-time.ts';
import { places } from './places.ts';
import { regularity } from './regularity.ts';
import { sessions } from './sessions.ts';
import { timeOnTask } from './time-on-task.ts';
import type { Recount } from './types.ts';
import { weeklyRegularity } from './weekly-regularity.ts';

export const RECOUNTS: Readonly<Record<string, Recount>> = {
  regularity,
  'weekly-regularity': weeklyRegularity,
  sessions,
  'time-on-task': timeOnTask,
  'module-time': moduleTime,
  hours,
  places,
  change,
};
