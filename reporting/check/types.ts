/** What a check is given, and what it gives. */
import type { Directory } from '../../lrs/directory/index.ts';
import type { Store } from '../../lrs/index.ts';
import type { Calendars } from '../calendar/index.ts';
import type { Projection } from '../projection/projection.ts';
import type { ReportingSettings } from '../settings.ts';
import type { Compared, Difference } from './differences.ts';
import type { Outdated } from './published/outdated.ts';

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
  /** ISO 8601: everything stored at or before it was counted. */
  asOf: string;
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
