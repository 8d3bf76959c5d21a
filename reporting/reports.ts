/** What reports answer and publish, one report and period at a time. */
import { LivretError } from '../lrs/index.ts';
import type { Language } from '../web/index.ts';
import { activityNames } from './activity-names.ts';
import { type Answer, type AnswerCell, type AnswerState, answerOf } from './answer.ts';
import { type Asked, findFigures } from './find-figures.ts';
import { METRICS, metricOf } from './metrics/index.ts';
import type { Metric } from './metrics/metric.ts';
import {
  isClosed,
  isPeriodName,
  type Period,
  type PeriodLength,
  parsePeriod,
  periodAfter,
  periodAt,
  requireClosed,
} from './periods/period.ts';
import {
  duePeriods,
  JOB,
  type NameOf,
  type Publisher,
  periodsWithStatements,
  publish,
  publishHorizons,
  readHeads,
  republish,
  setsOf,
} from './privacy/index.ts';

/** An answer as a page shows it. */
export type Shown = Omit<Answer, 'state'> & { state: AnswerState | 'notClosed' };

export interface Publishing {
  /** 'console', or whoever asks. */
  by: string;
  /** Once more, as far as rule 8 lets it. */
  again?: boolean;
  lang?: Language;
}

/** Ten years of months. */
const MOST_PERIODS = 120;

/** The published figures of one site, and their publication. */
export class Reports {
  readonly #publisher: Publisher;

  constructor(publisher: Publisher) {
    this.#publisher = publisher;
  }

  /**
   * What is published. Changes nothing. Rejects `report.unknown`, `report.period`, `report.notClosed`, and
   * `request.parameter` for a place or horizon that is none of those that are published, within the reader's reach.
   */
  async read(asked: Asked, lang: Language = 'fr'): Promise<Answer> {
    const { metric, period } = this.#parse(asked);
    requireClosed(period, this.#publisher.now());
    return this.#look(metric, period, asked, lang);
  }

  /** The same for people, in their language: a period that is not over is one more way of having no figures. */
  async show(asked: Asked, lang: Language): Promise<Shown> {
    const { metric, period } = this.#parse(asked);
    const answer = await this.#look(metric, period, asked, lang);
    return isClosed(period, this.#publisher.now()) ? answer : { ...answer, state: 'notClosed' };
  }

  /**
   * Publishes what is not published yet, or once more, and answers. Rejects as `read`
   * does, and `report.noDirections` or `report.overlap`.
   */
  async publish(asked: Asked, { by, again = false, lang }: Publishing): Promise<Answer> {
    const { metric, period } = this.#parse(asked);
    const act = again ? republish : publish;
    await act(this.#publisher, metric, period, by);
    return this.#look(metric, period, asked, lang);
  }

  /**
   * Names of the periods each metric is published for, the newest first; without those of another length, which the site
   * had before.
   */
  publishedPeriods(): Promise<Map<string, string[]>>;
  /** The same of one metric. Rejects `report.unknown`. */
  publishedPeriods(report: string): Promise<string[]>;
  async publishedPeriods(report?: string): Promise<Map<string, string[]> | string[]> {
    const name = report === undefined ? undefined : metricOf(report).name;
    const periods = new Map<string, string[]>(METRICS.map((metric) => [metric.name, []]));
    for (const { metric, period, state } of await readHeads(this.#publisher.store, name)) {
      if (state === 'published' && isPeriodName(period, this.periodLength)) periods.get(metric)?.push(period);
    }
    return name === undefined ? periods : (periods.get(name) ?? []);
  }

  /**
   * Names of the periods for which every one of these reports was looked at and one at least is published, the newest first;
   * without those of another length, which the site had before.
   */
  async wholePeriods(reports: readonly string[]): Promise<string[]> {
    const heads = (await readHeads(this.#publisher.store)).filter(
      ({ metric, period }) => reports.includes(metric) && isPeriodName(period, this.periodLength),
    );
    const periods = [...new Set(heads.map(({ period }) => period))];
    return periods.filter((name) => {
      const own = heads.filter(({ period }) => period === name);
      return own.length === reports.length && own.some(({ state }) => state === 'published');
    });
  }

  /** Milliseconds: everything stored at or before it is known to the reports. */
  get freshness(): number {
    return this.#publisher.projection.freshness;
  }

  /** Days between the end of a period and its publication by the job. */
  get publishDelay(): number {
    return this.#publisher.settings.publishDelay;
  }

  /** Length of the periods this site reports by. */
  get periodLength(): PeriodLength {
    return this.#publisher.settings.period;
  }

  /** The fewest people a figure of a metric stands for, by the settings of today. */
  minimumOf = ({ family }: Metric): number => this.#publisher.settings[family.minimum];

  /** Names of what an answer has by its IRI: parcours, modules. */
  namesIn({ cells, ministry }: Pick<Answer, 'cells' | 'ministry'>): Promise<NameOf> {
    const all = ministry ? [...cells, ministry] : cells;
    return activityNames(this.#publisher.store, all.flatMap(irisIn));
  }

  /** The last period that is over. */
  lastClosedPeriod(): string {
    const { settings, now } = this.#publisher;
    const current = periodAt(now(), settings.period, settings.timeZone);
    return periodAt(current.start - 1, settings.period, settings.timeZone).name;
  }

  /** Every period that has closed, from one on, by its name. Throws `report.period`. */
  closedPeriodsFrom(name: string): Period[] {
    const { settings, now } = this.#publisher;
    const periods: Period[] = [];
    let each = parsePeriod(name, settings.period, settings.timeZone);
    for (; isClosed(each, now()); each = periodAfter(each, settings.timeZone)) periods.push(each);
    return periods;
  }

  /**
   * The periods from one to another, by their names; both that have closed. Throws `report.period`, `report.notClosed`, and
   * `request.parameter` where there are none, or more than `most`.
   */
  periodsBetween(from: string, to: string, most = MOST_PERIODS): Period[] {
    const { settings, now } = this.#publisher;
    const [first, last] = [from, to].map((name) => parsePeriod(name, settings.period, settings.timeZone));
    const periods: Period[] = [];
    for (let each = first; each && last && each.start <= last.start; each = periodAfter(each, settings.timeZone)) {
      requireClosed(each, now());
      periods.push(each);
      if (periods.length > most) break;
    }
    if (periods.length > 0 && periods.length <= most) return periods;
    const detail = `From "from" to "to" are 1 to ${most} periods.`;
    throw new LivretError('request.parameter', { detail });
  }

  /**
   * Publishes whatever is due (see duePeriods, publishHorizons), one after the other until its turn ends. One that fails does
   * not keep the others; `onError` hears of it.
   */
  async publishDue(onError: (error: unknown) => void, signal?: AbortSignal): Promise<void> {
    const told = await periodsWithStatements(this.#publisher);
    for (const metric of METRICS) {
      for (const period of await duePeriods(this.#publisher, metric, told)) {
        if (signal?.aborted) return;
        await publish(this.#publisher, metric, period, JOB).catch(onError);
      }
      await publishHorizons(this.#publisher, metric, JOB, onError, signal);
    }
  }

  #parse({ report, period }: Asked): { metric: Metric; period: Period } {
    const { settings } = this.#publisher;
    return { metric: metricOf(report), period: parsePeriod(period, settings.period, settings.timeZone) };
  }

  async #look(metric: Metric, period: Period, asked: Asked, lang?: Language): Promise<Answer> {
    const { store, settings, projection } = this.#publisher;
    const found = await findFigures(this.#publisher, metric, period, asked);
    const named = [found.leaves, found.compared?.leaves ?? []].flatMap((leaves) => [...setsOf(leaves).parcours]);
    const modules = found.cells.flatMap(({ module }) => module ?? []);
    const context = {
      minimum: settings[metric.family.minimum],
      timeZone: settings.timeZone,
      freshness: projection.freshness,
      nameOf: await activityNames(
        store,
        [...named, ...modules].filter((iri) => iri !== undefined),
      ),
    };
    return answerOf(metric, period, found, context, lang);
  }
}

/** Its parcours, and the keys of its tallies. */
export const irisIn = ({ parcours, ...rest }: AnswerCell): string[] => [
  ...parcours,
  ...Object.values(rest).flatMap((value) =>
    typeof value === 'object' && !Array.isArray(value) ? Object.keys(value ?? {}) : [],
  ),
];
