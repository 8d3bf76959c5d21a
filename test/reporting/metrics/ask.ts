/** A metric asked of a read model filled by hand. */
import type { Metric } from '../../../reporting/metrics/metric.ts';
import { parsePeriod } from '../../../reporting/periods/period.ts';
import { SETTINGS } from '../site.ts';
import type { Model } from './model.ts';

/** Values of everyone who contributes in a quarter, by person: [person, …leaf, …values], in order of name. */
export async function askMetric(model: Model, metric: Metric, quarter: string, through?: string) {
  const period = parsePeriod(quarter, 'quarter', SETTINGS.timeZone);
  const end = through === undefined ? period.end : Date.parse(through);
  const found = await model.ask((query) => metric.contributions(query, period, SETTINGS, end));
  return found.toSorted((a, b) => (a.person < b.person ? -1 : 1));
}

/** Only the values, by person. */
export async function valuesIn(
  model: Model,
  metric: Metric,
  quarter: string,
): Promise<Record<string, readonly number[]>> {
  return Object.fromEntries((await askMetric(model, metric, quarter)).map(({ person, values }) => [person, values]));
}
