/** What a report answers, the same on every way out: the published cells, or which of the empties it is. */
import type { Bilingual, Language } from '../web/index.ts';
import type { Figures, Metric, MetricTexts } from './metrics/metric.ts';
import type { Period } from './periods/period.ts';
import { type Cell, labelOf, type PublicationRecord, type PublicationState } from './privacy/index.ts';

/**
 * published: figures. nobody: nobody has contributed yet. tooFew: fewer than `minimum` have, or too few to say that nobody
 * has. notPublished: the period is over, its figures have not been published yet.
 */
export type AnswerState = PublicationState | 'notPublished';

interface Withholding {
  /** Names of the figures that are null because too few people stand behind them. */
  withheld?: string[];
}

/** Figures lie flat beside the label: { direction: 'CAB et DAC', directions: ['CAB', 'DAC'], n: 73, … }. */
export type AnswerCell = { direction: string; directions: string[] } & Withholding & FlatFigures;

type FlatFigures = { [name: string]: number | null | string | string[] | undefined };

export interface Answer {
  report: string;
  period: string;
  /** First and last day of the period. */
  from: string;
  to: string;
  state: AnswerState;
  /** ISO 8601: everything stored at or before it is in these figures; null when nobody has looked yet. */
  asOf: string | null;
  publishedAt: string | null;
  /** ISO 8601: how far the read model has followed the store by now. */
  freshness: string;
  /** The fewest people a figure stands for. */
  minimum: number;
  timeZone: string;
  cells: AnswerCell[];
  /** All cells together; null unless published. */
  ministry: (Withholding & FlatFigures) | null;
  formula: string;
  source: string;
  texts: Bilingual<MetricTexts>;
}

export interface AnswerContext {
  minimum: number;
  timeZone: string;
  /** Milliseconds. */
  freshness: number;
}

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** Builds the answer; `record` is what is known of the period, undefined when nobody has looked yet. */
export function answerOf(
  metric: Metric,
  period: Period,
  record: PublicationRecord | undefined,
  context: AnswerContext,
  lang: Language = 'fr',
): Answer {
  const cells = (record?.cells ?? []).map((cell) => answerCell(cell, lang));
  return {
    report: metric.name,
    period: period.name,
    from: period.firstDay,
    to: period.lastDay,
    state: record?.state ?? 'notPublished',
    asOf: record ? iso(record.asOf) : null,
    publishedAt: record ? iso(record.publishedAt) : null,
    freshness: iso(context.freshness),
    minimum: record?.minimum ?? context.minimum,
    timeZone: record?.timeZone ?? context.timeZone,
    cells: cells.sort((a, b) => a.direction.localeCompare(b.direction, lang)),
    ministry: record?.ministry ? flat(record.ministry.figures, record.ministry.withheld) : null,
    formula: metric.formula,
    source: metric.source,
    texts: metric.texts,
  };
}

const answerCell = ({ directions, figures, withheld }: Cell, lang: Language): AnswerCell => ({
  direction: labelOf(directions, lang),
  directions,
  ...flat(figures, withheld),
});

const flat = (figures: Figures, withheld: string[]): Withholding & FlatFigures => ({
  ...figures,
  ...(withheld.length > 0 && { withheld }),
});
