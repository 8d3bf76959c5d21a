/** What can be asked of the reports, whichever way the question comes. */

import type { Language } from '../web/index.ts';
import { activityNames } from './activity-names.ts';
import { type Answer, type AnswerState, answerOf, type Found } from './answer.ts';
import { METRICS, metricOf } from './metrics/index.ts';
import type { Metric } from './metrics/metric.ts';
import { isClosed, type Period, parsePeriod, periodAt, requireClosed } from './periods/period.ts';
import {
  type Ask,
  type By,
  cellsOf,
  duePeriods,
  findPublication,
  PUBLICATIONS,
  type PublicationRecord,
  type Publisher,
  publish,
  publishHorizons,
  readPublication,
  republish,
  totalOf,
} from './privacy/index.ts';

export interface Asked {
  /** Name of a metric. */
  report: string;
  /** Name of a period. */
  period: string;
  /** What the rows are; directions where nothing is said. */
  by?: By;
  /** Only what touches it: a direction with all below it, the IRI of a parcours, a service, a site. */
  direction?: string;
  parcours?: string;
  service?: string;
  site?: string;
  /** Of a cohort: name of a later period, up to whose end things count; the latest that is published where nothing is said. */
  through?: string;
}

/** An answer as a page shows it. */
export type Shown = Omit<Answer, 'state'> & { state: AnswerState | 'notClosed' };

export class Reports {
  readonly #publisher: Publisher;

  constructor(publisher: Publisher) {
    this.#publisher = publisher;
  }

  /** What is published. Changes nothing. Rejects `report.unknown`, `report.period`, `report.notClosed`. */
  async read(asked: Asked): Promise<Answer> {
    const { metric, period } = this.#parse(asked);
    requireClosed(period, this.#publisher.now());
    return this.#look(metric, period, asked);
  }

  /** The same for people, in their language: a period that is not over is one more way of having no figures. */
  async show(asked: Asked, lang: Language): Promise<Shown> {
    const { metric, period } = this.#parse(asked);
    const answer = await this.#look(metric, period, asked, lang);
    return isClosed(period, this.#publisher.now()) ? answer : { ...answer, state: 'notClosed' };
  }

  /**
   * Publishes what is not published yet, or (`again`) once more as far as rule 8 lets it, and answers. Rejects as `read`
   * does, and `report.noDirections` or `report.overlap`.
   */
  async publish(asked: Asked, { by, again = false }: { by: string; again?: boolean }): Promise<Answer> {
    const { metric, period } = this.#parse(asked);
    const act = again ? republish : publish;
    return this.#answer(metric, period, asked, await act(this.#publisher, metric, period, by));
  }

  /** Names of the periods a metric is published for, the newest first. */
  async publishedPeriods(report: string): Promise<string[]> {
    const { name } = metricOf(report);
    const found = await this.#publisher.store
      .collection(PUBLICATIONS)
      .find({ index: 'metric', equals: [name], descending: true });
    return found.filter(({ value }) => value.state === 'published').map(({ value }) => value.period);
  }

  /** Days between the end of a period and its publication by the job. */
  get publishDelay(): number {
    return this.#publisher.settings.publishDelay;
  }

  /** The last period that is over. */
  lastClosedPeriod(): string {
    const { settings, now } = this.#publisher;
    const current = periodAt(now(), settings.period, settings.timeZone);
    return periodAt(current.start - 1, settings.period, settings.timeZone).name;
  }

  /** Publishes whatever is due (see duePeriods, publishHorizons). One that fails does not keep the others; `onError` hears of it. */
  async publishDue(onError: (error: unknown) => void): Promise<void> {
    for (const metric of METRICS) {
      for (const period of await duePeriods(this.#publisher, metric)) {
        await publish(this.#publisher, metric, period, 'job').catch(onError);
      }
      await publishHorizons(this.#publisher, metric, 'job', onError);
    }
  }

  async #look(metric: Metric, period: Period, asked: Asked, lang?: Language): Promise<Answer> {
    const known = await findPublication(this.#publisher, metric, period);
    return this.#answer(metric, period, asked, known?.value, lang);
  }

  #parse({ report, period }: Asked): { metric: Metric; period: Period } {
    const { settings } = this.#publisher;
    return { metric: metricOf(report), period: parsePeriod(period, settings.period, settings.timeZone) };
  }

  async #answer(
    metric: Metric,
    period: Period,
    asked: Asked,
    record: PublicationRecord | undefined,
    lang?: Language,
  ): Promise<Answer> {
    const { store, settings, projection } = this.#publisher;
    const found = await this.#found(metric, asked, record);
    const named = found.leaves.flatMap(([, parcours]) => parcours ?? []);
    const modules = found.cells.flatMap(({ module }) => module ?? []);
    const context = {
      minimum: settings[metric.family.minimum],
      timeZone: settings.timeZone,
      freshness: projection.freshness,
      nameOf: await activityNames(store, [...named, ...modules]),
    };
    return answerOf(metric, period, found, context, lang);
  }

  async #found(metric: Metric, asked: Asked, record: PublicationRecord | undefined): Promise<Found> {
    const by = asked.by ?? 'direction';
    const publication = record && (await readPublication(this.#publisher, metric, record, asked.through));
    if (!publication) return { by, record, cells: [], leaves: [] };
    return {
      by,
      record,
      through: publication.horizon.through,
      cells: cellsOf(publication, metric, await this.#ask(by, asked)),
      ministry: totalOf(publication, metric),
      leaves: publication.atoms.flatMap(({ leaves }) => leaves),
    };
  }

  async #ask(by: By, { direction, parcours, service, site }: Asked): Promise<Ask> {
    return {
      by,
      ...(direction !== undefined && { direction: await this.#publisher.below([direction]) }),
      ...(parcours !== undefined && { parcours: [parcours] }),
      ...(service !== undefined && { service: [service] }),
      ...(site !== undefined && { site: [site] }),
    };
  }
}
