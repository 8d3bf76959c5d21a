/** Every metric there is. */
import { LivretError } from '../../lrs/index.ts';
import { autonomy } from './autonomy.ts';
import { callsByThird } from './calls-by-third.ts';
import { change } from './change.ts';
import { completion } from './completion.ts';
import { dropouts } from './dropouts.ts';
import { hours } from './hours.ts';
import { interruptions } from './interruptions.ts';
import { masteryAfterInterruption } from './mastery-after-interruption.ts';
import type { Metric } from './metric.ts';
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
import { weeklyRegularity } from './weekly-regularity.ts';

export const METRICS: readonly Metric[] = [
  completion,
  regularity,
  weeklyRegularity,
  sessions,
  timeOnTask,
  moduleTime,
  hours,
  places,
  slots,
  pacing,
  startDelay,
  interruptions,
  resumption,
  returnDelay,
  masteryAfterInterruption,
  dropouts,
  autonomy,
  callsByThird,
  scores,
  change,
];

/** The metric of that name. Throws `report.unknown`. */
export function metricOf(name: string): Metric {
  const metric = METRICS.find((each) => each.name === name);
  if (metric) return metric;
  throw new LivretError('report.unknown', { detail: `There are: ${METRICS.map((each) => each.name).join(', ')}.` });
}
