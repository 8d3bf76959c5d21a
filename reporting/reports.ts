/** What can be asked of the reports, whichever way the question comes. */

import type { Language } from '../web/index.ts';
import { activityNames } from './activity-names.ts';
import { type Answer, type AnswerCell, type AnswerState, answerOf, type Found } from './answer.ts';
import { METRICS, metricOf } from './metrics/index.ts';
import type { Metric } from './metrics/metric.ts';
import { notOneOf } from './parameters.ts';
import { isClosed, type Period, parsePeriod, periodAt, requireClosed } from './periods/period.ts';
import {
  type Ask,
  type By,
  cellsOf,
  DIMENSIONS,
  duePeriods,
  findPublication,
  type Leaf,
  type NameOf,
  PUBLICATIONS,
  type PublicationRecord,
  type Publisher,
  publish,
  publishHorizons,
  readPublication,
  republish,
  totalOf,
  valueIn,
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
  /** Directions that the reader sees the figures of; all where nothing is said. The whole ministry's are for everybody. */
  within?: ReadonlySet<string>;
}

/** An answer as a page shows it. */
export type Shown = Omit<Answer, 'state'> & { state: AnswerState | 'notClosed' };

export interface Publishing {
  /** 'console', or whoever asks. */
  by: string;
  /** Once more, as far as rule 8 lets it. */
  again?: boolean;
  lang?: Language;
}

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
    return this.#answer(metric, period, asked, await act(this.#publisher, metric, period, by), lang);
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

  /** Length of the periods this site reports by. */
  get periodLength(): string {
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
    const published = record?.state === 'published' ? record.horizons.map(({ through }) => through) : [];
    if (published.length > 0 && asked.through !== undefined && !published.includes(asked.through))
      throw notOneOf('through', published);
    const publication = record && (await readPublication(this.#publisher, metric, record, asked.through));
    if (!publication) return { by, record, cells: [], leaves: [] };
    const leaves = publication.atoms.flatMap((atom) => atom.leaves);
    return {
      by,
      record,
      through: publication.horizon.through,
      cells: cellsOf(publication, metric, await this.#ask(by, asked, leaves)),
      ministry: totalOf(publication, metric),
      leaves,
    };
  }

  async #ask(by: By, asked: Asked, leaves: readonly Leaf[]): Promise<Ask> {
    const { direction, parcours, service, site, within } = asked;
    const wanted = direction === undefined ? undefined : await this.#publisher.below([direction]);
    const seen = within && [...within];
    const places: Omit<Ask, 'by'> = {
      ...((wanted ?? seen) && { direction: wanted?.filter((each) => within?.has(each) ?? true) ?? seen ?? [] }),
      ...(parcours !== undefined && { parcours: [parcours] }),
      ...(service !== undefined && { service: [service] }),
      ...(site !== undefined && { site: [site] }),
    };
    const visible = leaves.filter(([each]) => within?.has(each) ?? true);
    for (const dimension of DIMENSIONS) {
      if (asked[dimension] === undefined) continue;
      const known = new Set(visible.flatMap((leaf) => valueIn(leaf, dimension) ?? []));
      if (!places[dimension]?.some((value) => known.has(value))) throw notOneOf(dimension, [...known].sort());
    }
    return { by, ...places };
  }
}

/** Its parcours, and the keys of its tallies. */
const irisIn = ({ parcours, ...rest }: AnswerCell): string[] => [
  ...parcours,
  ...Object.values(rest).flatMap((value) =>
    typeof value === 'object' && !Array.isArray(value) ? Object.keys(value ?? {}) : [],
  ),
];
