/** What the site decides about its reports. The configuration has these under the same names (config.ts). */
import type { PeriodLength } from './periods/period.ts';

export interface ReportingSettings {
  /** IANA name; days and hours are counted in its civil time. */
  timeZone: string;
  period: PeriodLength;
  /** Days between the end of a period and its publication by the job. */
  publishDelay: number;
  /** Fewest people a figure about behaviour stands for. */
  kBehaviour: number;
  /** Fewest people a figure about completion stands for. */
  kCompletion: number;
  /** Bytes of memory the read model may take. */
  reportsMemory: number;
  /** Seconds a query in SQL is given. */
  sqlSeconds: number;
  /** Bytes of memory the process of such a query is given. */
  sqlMemory: number;
}
