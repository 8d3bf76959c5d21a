/** What a report answers, the same on every way out: the published cells, or which of the empties it is. */
import type { Bilingual, Language } from '../web/index.ts';
import type { Metric, MetricTexts } from './metrics/metric.ts';
import type { Period } from './periods/period.ts';
import {
  type By,
  type Cell,
  DIMENSIONS,
  type Dimension,
  type Figure,
  holdingLabel,
  type Leaf,
  type NameOf,
  type PublicationRecord,
  type PublicationState,
  valueIn,
} from './privacy/index.ts';

/**
 * published: figures. nobody: nobody has contributed yet. tooFew: fewer than `minimum` have, or too few to say that nobody
 * has. notPublished: the period is over, its figures have not been published yet.
 */
export type AnswerState = PublicationState | 'notPublished';

/** What a row holds; of a dimension that the report does not go down to: nothing. */
export interface Holds {
  /** « CAB et DAC » */
  label: string;
  /** The label again, where the rows are directions: what programs read before there were other rows. */
  direction?: string;
  directions: string[];
  parcours: string[];
  services: string[];
  sites: string[];
  /** Where it was asked for by module. */
  module?: string;
  /** It holds more than was asked for, which is too small to stand alone. */
  wider?: true;
  /** Nobody of it contributed. */
  nobody?: true;
  /** Names of the figures that are null because too few people stand behind them. */
  withheld?: string[];
}

/** Names of a row that are none of a figure. */
export const HOLDS: ReadonlySet<string> = new Set<keyof Holds>([
  ...(['label', 'direction', 'directions', 'parcours', 'services', 'sites'] as const),
  ...(['module', 'wider', 'nobody', 'withheld'] as const),
]);

/** Figures lie flat beside the label: { label: 'CAB et DAC', directions: ['CAB', 'DAC'], n: 73, … }. */
export type AnswerCell = Holds & { [name: string]: Figure | string | string[] | true | undefined };

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
  /** What the rows are. */
  by: By;
  /** Of a cohort: name of the period up to whose end things counted; null unless published. */
  through: string | null;
  /** All that can be asked for as `through`, oldest first. */
  horizons: string[];
  /** With which the figures were made. */
  settings: Record<string, unknown>;
  /** By name of a figure: what a single value counts for at most, or the step to which it is rounded. */
  caps: Record<string, number>;
  grids: Record<string, number>;
  cells: AnswerCell[];
  /** All of it together; null unless published. */
  ministry: AnswerCell | null;
  formula: string;
  source: string;
  texts: Bilingual<MetricTexts>;
}

/** What is known of a period, and what was made of it. */
export interface Found {
  by: By;
  /** undefined when nobody has looked yet. */
  record: PublicationRecord | undefined;
  through?: string;
  cells: readonly Cell[];
  ministry?: Cell;
  /** Every leaf of the publication. */
  leaves: readonly Leaf[];
}

export interface AnswerContext {
  minimum: number;
  timeZone: string;
  /** Milliseconds. */
  freshness: number;
  nameOf: NameOf;
}

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** Builds the answer. */
export function answerOf(
  metric: Metric,
  period: Period,
  { by, record, through, cells, ministry, leaves }: Found,
  context: AnswerContext,
  lang: Language = 'fr',
): Answer {
  const dimension = DIMENSIONS.find((each) => each === by);
  // A row by module is named by it.
  const labelOf = (cell: Cell, rows?: Dimension): string =>
    cell.module === undefined
      ? holdingLabel(cell.leaves, leaves, lang, context.nameOf, rows)
      : context.nameOf(cell.module, lang);
  const answerCell = (cell: Cell): AnswerCell => {
    const label = labelOf(cell, cell === ministry ? undefined : dimension);
    return { label, ...(by === 'direction' && { direction: label }), ...held(cell), ...cell.figures };
  };
  const horizon = record?.horizons.find((each) => each.through === through);
  return {
    report: metric.name,
    period: period.name,
    from: period.firstDay,
    to: period.lastDay,
    state: record?.state ?? 'notPublished',
    asOf: record ? iso(horizon?.asOf ?? record.asOf) : null,
    publishedAt: record ? iso(horizon?.publishedAt ?? record.publishedAt) : null,
    freshness: iso(context.freshness),
    minimum: record?.minimum ?? context.minimum,
    timeZone: record?.timeZone ?? context.timeZone,
    by,
    through: through ?? null,
    horizons: record?.horizons.map((each) => each.through) ?? [],
    settings: record?.settings ?? {},
    caps: Object.fromEntries(metric.figures.flatMap((spec) => (spec.kind === 'mean' ? [[spec.name, spec.cap]] : []))),
    grids: Object.fromEntries(
      metric.figures.flatMap((spec) => (spec.kind === 'quartiles' ? [[spec.name, spec.grid]] : [])),
    ),
    cells: cells.map(answerCell).sort((a, b) => a.label.localeCompare(b.label, lang)),
    ministry: ministry ? answerCell(ministry) : null,
    formula: metric.formula,
    source: metric.source,
    texts: metric.texts,
  };
}

function held({ leaves, module, wider, state, withheld }: Cell): Omit<Holds, 'label'> {
  const all = (dimension: Dimension) => [...new Set(leaves.flatMap((leaf) => valueIn(leaf, dimension) ?? []))].sort();
  const [directions = [], parcours = [], services = [], sites = []] = DIMENSIONS.map(all);
  return {
    ...{ directions, parcours, services, sites },
    ...(module !== undefined && { module }),
    ...(wider && { wider }),
    ...(state === 'nobody' && { nobody: true }),
    ...(withheld.length > 0 && { withheld }),
  };
}
