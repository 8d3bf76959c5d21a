/** Every metric there is. */
import { LivretError } from '../../lrs/index.ts';
import { completion } from './completion.ts';
import type { Metric } from './metric.ts';
import { regularity } from './regularity.ts';

export const METRICS: readonly Metric[] = [completion, regularity];

/** The metric of that name. Throws `report.unknown`. */
export function metricOf(name: string): Metric {
  const metric = METRICS.find((each) => each.name === name);
  if (metric) return metric;
  throw new LivretError('report.unknown', { detail: `There are: ${METRICS.map((each) => each.name).join(', ')}.` });
}
