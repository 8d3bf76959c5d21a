/**
 * `livret reports check`: counts every figure again from the store, by the definitions and other code than the reports,
 * and tells what differs. What it shares with them is what statements mean (factOf of lrs/profile) and the settings.
 *
 * It looks at one view of the read model, brought up to date just before, and at the store up to the position of that view:
 * what is stored meanwhile is no difference. People are taken in slices, so that little is held at once.
 */
import { LivretError } from '../../lrs/index.ts';
import { metricOf } from '../metrics/index.ts';
import { parsePeriod } from '../periods/period.ts';
import { Run } from './run.ts';
import type { CheckAsked, CheckOptions, CheckResult, Telling } from './types.ts';

/** Times that the directory may change while it is read. */
const PATIENCE = 5;

/** Rejects `report.unknown`, `report.period`; `store.unavailable` while people are being changed, or when the reports close. */
export async function checkReports(options: CheckOptions, asked: CheckAsked, telling: Telling): Promise<CheckResult> {
  if (asked.report !== undefined) metricOf(asked.report);
  const { settings, projection } = options;
  const wanted = asked.period === undefined ? [] : [parsePeriod(asked.period, settings.period, settings.timeZone)];
  for (let time = 0; time < PATIENCE; time++) {
    const found = await projection.drained((snapshot) => new Run(options, telling, snapshot).check(asked, wanted));
    if (found) return found;
  }
  throw new LivretError('store.unavailable', { detail: 'People are being changed: check again once that is done.' });
}
