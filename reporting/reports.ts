/** What can be asked of the reports, whichever way the question comes. */

import type { Language } from '../web/index.ts';
import { type Answer, type AnswerState, answerOf } from './answer.ts';
import { METRICS, metricOf } from './metrics/index.ts';
import type { Metric } from './metrics/metric.ts';
import { isClosed, type Period, parsePeriod, periodAt, requireClosed } from './periods/period.ts';
import {
  duePeriods,
  findPublication,
  PUBLICATIONS,
  type PublicationRecord,
  type Publisher,
  publish,
  republish,
} from './privacy/index.ts';

export interface Asked {
  /** Name of a metric. */
  report: string;
  /** Name of a period. */
  period: string;
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
    return this.#look(metric, period);
  }

  /** The same for people, in their language: a period that is not over is one more way of having no figures. */
  async show(asked: Asked, lang: Language): Promise<Shown> {
    const { metric, period } = this.#parse(asked);
    const answer = await this.#look(metric, period, lang);
    return isClosed(period, this.#publisher.now()) ? answer : { ...answer, state: 'notClosed' };
  }

  /**
   * Publishes what is not published yet, or (`again`) once more as far as rule 8 lets it, and answers. Rejects as `read`
   * does, and `report.noDirections` or `report.overlap`.
   */
  async publish(asked: Asked, { by, again = false }: { by: string; again?: boolean }): Promise<Answer> {
    const { metric, period } = this.#parse(asked);
    const act = again ? republish : publish;
    return this.#answer(metric, period, await act(this.#publisher, metric, period, by));
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

  /** Publishes whatever is due (see duePeriods). One that fails does not keep the others; `onError` hears of it. */
  async publishDue(onError: (error: unknown) => void): Promise<void> {
    for (const metric of METRICS) {
      for (const period of await duePeriods(this.#publisher, metric)) {
        await publish(this.#publisher, metric, period, 'job').catch(onError);
      }
    }
  }

  async #look(metric: Metric, period: Period, lang?: Language): Promise<Answer> {
    const known = await findPublication(this.#publisher, metric, period);
    return this.#answer(metric, period, known?.value, lang);
  }

  #parse({ report, period }: Asked): { metric: Metric; period: Period } {
    const { settings } = this.#publisher;
    return { metric: metricOf(report), period: parsePeriod(period, settings.period, settings.timeZone) };
  }

  #answer(metric: Metric, period: Period, record: PublicationRecord | undefined, lang?: Language): Answer {
    const { settings, projection } = this.#publisher;
    const minimum = settings[metric.family.minimum];
    const context = { minimum, timeZone: settings.timeZone, freshness: projection.freshness };
    return answerOf(metric, period, record, context, lang);
  }
}
