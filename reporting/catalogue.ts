/** Which reports there are: what each answers, what it can be asked, and the periods that are published. */
import type { Bilingual } from '../web/index.ts';
import { METRICS } from './metrics/index.ts';
import type { FigureSpec, Metric, MetricTexts } from './metrics/metric.ts';
import { type By, byOf, fieldsOf } from './privacy/index.ts';
import type { Reports } from './reports.ts';

export interface CatalogueFigure {
  name: string;
  kind: FigureSpec['kind'];
  /** Names under which it stands in a row. */
  fields: string[];
  texts: FigureSpec['texts'];
  /** Of a mean: what a single value counts for at most. */
  cap?: number;
  /** Of quartiles: the step to which they are rounded. */
  grid?: number;
  /** Of a histogram: how many classes. */
  size?: number;
}

export interface CatalogueEntry {
  name: string;
  family: Metric['family']['name'];
  texts: Bilingual<MetricTexts>;
  formula: Bilingual<string>;
  source: string;
  /** What the rows can be. */
  by: By[];
  /** Settings that its figures depend on; each answer says which were in force. */
  settings: string[];
  /** The fewest people a figure stands for, by the settings of today. */
  minimum: number;
  figures: CatalogueFigure[];
  /** Names of the periods that are published, the newest first. */
  periods: string[];
}

export interface Catalogue {
  /** Length of the periods: 'quarter'. */
  period: string;
  /** The last period that is over. */
  lastClosed: string;
  /** Days between the end of a period and its publication by itself. */
  publishDelay: number;
  reports: CatalogueEntry[];
}

export async function catalogueOf(reports: Reports): Promise<Catalogue> {
  const entries: CatalogueEntry[] = [];
  for (const metric of METRICS) {
    const { name, family, texts, formula, source, settings, figures } = metric;
    entries.push({
      ...{ name, family: family.name, texts, formula, source },
      by: byOf(metric),
      settings: [...settings],
      minimum: reports.minimumOf(metric),
      figures: figures.map(figureOf),
      periods: await reports.publishedPeriods(name),
    });
  }
  const { periodLength: period, publishDelay } = reports;
  return { period, lastClosed: reports.lastClosedPeriod(), publishDelay, reports: entries };
}

function figureOf(spec: FigureSpec): CatalogueFigure {
  const { name, kind, texts } = spec;
  return {
    ...{ name, kind, fields: fieldsOf(spec), texts },
    ...(spec.kind === 'mean' && { cap: spec.cap }),
    ...(spec.kind === 'quartiles' && { grid: spec.grid }),
    ...(spec.kind === 'histogram' && { size: spec.size }),
  };
}
