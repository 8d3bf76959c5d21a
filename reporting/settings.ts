/** What the site decides about its reports. The configuration has these under the same names (config.ts). */
import type { CalendarSettings } from './calendar/index.ts';
import type { PeriodLength } from './periods/period.ts';

/** Days and hours are counted in the civil time of the calendars. */
export interface ReportingSettings extends CalendarSettings {
  period: PeriodLength;
  /** Days between the end of a period and its publication by the job. */
  publishDelay: number;
  /** Fewest people a figure about behaviour stands for. */
  kBehaviour: number;
  /** Fewest people a figure about completion stands for. */
  kCompletion: number;
  /** Minutes; a longer gap between two events of a person ends a session (θ). */
  sessionGap: number;
  /** Minutes that a module should take. */
  moduleMinutes: number;
  /** Bytes of memory the read model may take. */
  reportsMemory: number;
  /** Seconds a query in SQL is given. */
  sqlSeconds: number;
  /** Bytes of memory the process of such a query is given. */
  sqlMemory: number;
}
