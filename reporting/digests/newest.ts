/** The newest period that is published of what a digest tells of: asked once a run, and not for each reader. */
import type { Reports } from '../reports.ts';
import type { Newest } from './due.ts';
import { KEYS } from './scheduling.ts';
import type { Section } from './subscription.ts';

const REPORTS: Record<Section, readonly string[]> = {
  completion: ['completion'],
  scheduling: KEYS.map(({ report }) => report),
  claims: ['completion'],
};

export class NewestPeriods {
  readonly #reports: Pick<Reports, 'publishedPeriods' | 'read'>;
  readonly #known = new Map<string, Promise<Newest | undefined>>();

  constructor(reports: Pick<Reports, 'publishedPeriods' | 'read'>) {
    this.#reports = reports;
  }

  /** Undefined before anything is published. Of one period, when the last of it was. */
  async of(sections: readonly Section[]): Promise<Newest | undefined> {
    const reports = [...new Set(sections.flatMap((section) => REPORTS[section]))];
    const all = (await Promise.all(reports.map((report) => this.#ofReport(report)))).filter(
      (each) => each !== undefined,
    );
    const [period] = all
      .map((each) => each.period)
      .sort()
      .reverse();
    if (period === undefined) return undefined;
    const same = all.filter((each) => each.period === period);
    return { period, publishedAt: Math.max(...same.map(({ publishedAt }) => publishedAt)) };
  }

  #ofReport(report: string): Promise<Newest | undefined> {
    const known = this.#known.get(report) ?? this.#look(report);
    this.#known.set(report, known);
    return known;
  }

  async #look(report: string): Promise<Newest | undefined> {
    const [period] = await this.#reports.publishedPeriods(report);
    if (period === undefined) return undefined;
    const { publishedAt } = await this.#reports.read({ report, period, by: 'total' });
    return { period, publishedAt: Date.parse(publishedAt ?? '') };
  }
}
