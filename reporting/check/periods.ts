/** The periods in which anything happened or was planned. */
import { type Period, periodAt } from '../periods/period.ts';
import type { ReportingSettings } from '../settings.ts';

/** Years that periods can be named in. */
const FIRST = Date.UTC(2000, 0, 2);
const LAST = Date.UTC(2099, 11, 30);

export class SeenPeriods {
  readonly #settings: Pick<ReportingSettings, 'period' | 'timeZone'>;
  readonly #periods: Period[] = [];

  constructor(settings: Pick<ReportingSettings, 'period' | 'timeZone'>) {
    this.#settings = settings;
  }

  /** Notes the period of an instant. */
  saw(instant: number): void {
    if (
      instant < FIRST ||
      instant > LAST ||
      this.#periods.some(({ start, end }) => start <= instant && instant < end)
    ) {
      return;
    }
    this.#periods.push(periodAt(instant, this.#settings.period, this.#settings.timeZone));
  }

  /** In order of time. */
  get all(): Period[] {
    return this.#periods.toSorted((a, b) => a.start - b.start);
  }
}
