/** The recount of each metric of behaviour, by its name; of completion see completion.ts. */
import { autonomy } from './autonomy.ts';
import { callsByThird } from './calls-by-third.ts';
import { change } from './change.ts';
import { dropoutKeys, dropouts } from './dropouts.ts';
import { hours } from './hours.ts';
import { interruptions } from './interruptions.ts';
import { masteryAfterInterruption } from './mastery-after-interruption.ts';
import { moduleTime } from './module-time.ts';
import { pacing } from './pacing.ts';
import { places } from './places.ts';
import { regularity } from './regularity.ts';
import { resumption } from './resumption.ts';
import { returnDelay } from './return-delay.ts';
import { scores } from './scores.ts';
import { sessions } from './sessions.ts';
import { slots } from './slots.ts';
import { startDelay } from './start-delay.ts';
import { timeOnTask } from './time-on-task.ts';
import type { Recount, RecountKeys } from './types.ts';
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
  interruptions,
  resumption,
  'return-delay': returnDelay,
  'mastery-after-interruption': masteryAfterInterruption,
  dropouts,
  'start-delay': startDelay,
  slots,
  pacing,
  autonomy,
  'calls-by-third': callsByThird,
  scores,
};

/** Of those with tallies, the keys. */
export const RECOUNTED_KEYS: Readonly<Record<string, RecountKeys>> = { dropouts: dropoutKeys };
