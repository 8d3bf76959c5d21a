/**
 * `livret reports check`: counts every figure again from the store, by the definitions and other code than the reports,
 * and tells what differs. What it shares with them is what statements mean (factOf of lrs/profile) and the settings.
 *
 * It looks at one view of the read model, brought up to date just before, and at the store up to the position of that view:
 * what is stored meanwhile is no difference. People are taken in slices, so that little is held at once.
 */
import type { Directory } from '../../lrs/directory/index.ts';
import { LivretError, type Store } from '../../lrs/index.ts';
import type { Calendars } from '../calendar/index.ts';
import { metricOf } from '../metrics/index.ts';
import { parsePeriod } from '../periods/period.ts';
import type { Projection } from '../projection/projection.ts';
import type { ReportingSettings } from '../settings.ts';
import type { Compared, Difference } from './differences.ts';
import type { Outdated } from './published/outdated.ts';
import { Run } from './run.ts';

export interface CheckOptions {
  store: Store;
  directory: Directory;
  projection: Projection;
  calendars: Calendars;
  settings: ReportingSettings;
  /** Where what cannot be held may lie for as long as the check runs. */
  dataFolder: string;
}

/** Only these figures, where given: names of a metric and of a period. */
export interface CheckAsked {
  report?: string;
  period?: string;
}

export interface CheckResult {
  /** Milliseconds: everything stored at or before it was counted. */
  asOf: number;
  statements: number;
  /** People with events. */
  people: number;
  /** People who were not compared, because statements of theirs were voided or erased while the check ran. */
  moving: number;
  periods: string[];
  checked: Compared[];
  /** The first of each thing. */
  differences: readonly Difference[];
  /** Of all, told or not. */
  total: number;
  /** What is published and would come out otherwise today. */
  outdated: Outdated[];
}

export interface Telling {
  /** Told of the statements that were read, and of how much is done (0 to 1). */
  progress(statements: number, share: number): void;
  /** Throws where the check is to end. */
  goOn(): void;
}

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
