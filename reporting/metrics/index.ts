/** Every metric there is. */
import { LivretError } from '../../lrs/index.ts';
import { change } from './change.ts';
import { completion } from './completion.ts';
import { hours } from './hours.ts';
import type { Metric } from './metric.ts';
import { moduleTime } from './module-time.ts';
import { places } from './places.ts';
import { regularity } from './regularity.ts';
import { sessions } from './sessions.ts';
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
  change,
];

/** The metric of that name. Throws `report.unknown`. */
export function metricOf(name: string): Metric {
  const metric = METRICS.find((each) => each.name === name);
  if (metric) return metric;
  throw new LivretError('report.unknown', { detail: `There are: ${METRICS.map((each) => each.name).join(', ')}.` });
}
