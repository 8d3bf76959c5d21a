/** The newest period that is published of what a digest tells of: asked once a run, and not for each reader. */
import { CLAIM_REPORTS } from '../claims/index.ts';
import type { Reports } from '../reports.ts';
import type { Newest } from './due.ts';
import { KEYS } from './scheduling.ts';
import type { Section } from './subscription.ts';

const REPORTS: Record<Section, readonly string[]> = {
  completion: ['completion'],
  scheduling: KEYS.map(({ report }) => report),
  claims: CLAIM_REPORTS,
};

export class NewestPeriods {
  readonly #reports: Pick<Reports, 'wholePeriods' | 'read'>;
  readonly #known = new Map<string, Promise<Newest | undefined>>();

  constructor(reports: Pick<Reports, 'wholePeriods' | 'read'>) {
    this.#reports = reports;
  }

  /**
   * Undefined before anything is published. Only once all that it tells of was looked at: one report may be published days
   * before the job comes to the others. Of one period, when the last of it was.
   */
  of(sections: readonly Section[]): Promise<Newest | undefined> {
    const reports = [...new Set(sections.flatMap((section) => REPORTS[section]))].sort();
    const key = reports.join();
    const known = this.#known.get(key) ?? this.#look(reports);
    this.#known.set(key, known);
    return known;
  }

  async #look(reports: readonly string[]): Promise<Newest | undefined> {
    const [period] = await this.#reports.wholePeriods(reports);
    if (period === undefined) return undefined;
    const answers = await Promise.all(reports.map((report) => this.#reports.read({ report, period, by: 'total' })));
    const times = answers.flatMap(({ state, publishedAt }) =>
      state === 'published' ? [Date.parse(publishedAt ?? '')] : [],
    );
    return { period, publishedAt: Math.max(...times) };
  }
}
