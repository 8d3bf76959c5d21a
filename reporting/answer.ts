/** What a report answers, the same on every way out: the published cells, or which of the empties it is. */
import type { Bilingual, Language } from '../web/index.ts';
import type { Then } from './earlier.ts';
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
  ROUNDING,
  setsOf,
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
  /** How many people its directions have by the imported headcounts, where they are known of all of them and it holds them whole. */
  headcount?: number;
  /** Nobody of it contributed. */
  nobody?: true;
  /** Names of the figures that are null because too few people stand behind them. */
  withheld?: string[];
  /** Where it was asked to be compared. */
  earlier?: Earlier;
}

/** What an earlier period says of the same, or of what became it. */
export interface Earlier {
  kind: Then['kind'];
  /** What is to be said beside it. */
  says?: Bilingual<string>;
  /** null where nothing can be compared. */
  cell: AnswerCell | null;
}

/** The earlier period that the rows are compared with. */
export interface Compared {
  period: string;
  from: string;
  to: string;
  /** Of a cohort: as long after it began as the figures beside it. */
  through: string | null;
  /** notPublished also where its figures are not published up to as late. */
  state: AnswerState;
  asOf: string | null;
  /** Settings of then, where they are others than now: the figures differ for that too. */
  settings: Record<string, unknown>;
}

/** Names of a row that are none of a figure. */
export const HOLDS: ReadonlySet<string> = new Set<keyof Holds>([
  ...(['label', 'direction', 'directions', 'parcours', 'services', 'sites'] as const),
  ...(['module', 'wider', 'headcount', 'nobody', 'withheld', 'earlier'] as const),
]);

/** Figures lie flat beside the label: { label: 'CAB et DAC', directions: ['CAB', 'DAC'], n: 73, … }. */
export type AnswerCell = Holds & { [name: string]: Figure | string | string[] | true | Earlier | undefined };

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
  /** Counts of people are rounded to a multiple of this; null where they are exact. */
  rounding: number | null;
  cells: AnswerCell[];
  /** All of it together; null unless published. */
  ministry: AnswerCell | null;
  /** Where it was asked for. */
  compared?: Compared;
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
  /** People by direction on the last day of the period, as far as they were imported. */
  headcounts: ReadonlyMap<string, number>;
  compared?: FoundEarlier;
}

/** What is known of the earlier period. */
export interface FoundEarlier {
  period: Period;
  record: PublicationRecord | undefined;
  through?: string;
  leaves: readonly Leaf[];
  /** Of each cell where there are figures of then. */
  beside: ReadonlyMap<Cell, Then>;
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
  { by, record, through, cells, ministry, leaves, headcounts, compared }: Found,
  context: AnswerContext,
  lang: Language = 'fr',
): Answer {
  const dimension = DIMENSIONS.find((each) => each === by);
  // A row by module is named by it.
  const labelOf = (cell: Cell, all: readonly Leaf[], rows?: Dimension): string =>
    cell.module === undefined
      ? holdingLabel(cell.leaves, all, lang, context.nameOf, rows)
      : context.nameOf(cell.module, lang);
  const rowOf = (cell: Cell, all: readonly Leaf[], rows?: Dimension): AnswerCell => {
    const label = labelOf(cell, all, rows);
    return { label, ...(by === 'direction' && { direction: label }), ...held(cell), ...cell.figures };
  };
  const counted = (cell: Cell, rows?: Dimension): AnswerCell => {
    const row = rowOf(cell, leaves, rows);
    const headcount = cell === ministry || by === 'direction' ? headcountOf(row.directions, headcounts) : undefined;
    return headcount === undefined ? row : { ...row, headcount };
  };
  const answerCell = (cell: Cell): AnswerCell => {
    const rows = cell === ministry ? undefined : dimension;
    const then = compared?.beside.get(cell);
    if (!compared || !then) return counted(cell, rows);
    const { kind, says, cell: before } = then;
    const earlier = { kind, ...(says && { says }), cell: before ? rowOf(before, compared.leaves, rows) : null };
    return { ...counted(cell, rows), earlier };
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
    rounding: metric.family.name === 'behaviour' ? ROUNDING : null,
    grids: Object.fromEntries(
      metric.figures.flatMap((spec) => (spec.kind === 'quartiles' ? [[spec.name, spec.grid]] : [])),
    ),
    cells: cells.map(answerCell).sort((a, b) => a.label.localeCompare(b.label, lang)),
    ministry: ministry ? answerCell(ministry) : null,
    ...(compared && { compared: comparedOf(compared, record) }),
    formula: metric.formula[lang],
    source: metric.source,
    texts: metric.texts,
  };
}

/** Undefined where it is not known of one of them. */
function headcountOf(directions: readonly string[], headcounts: ReadonlyMap<string, number>): number | undefined {
  const known = directions.flatMap((direction) => headcounts.get(direction) ?? []);
  return known.length === directions.length ? known.reduce((sum, people) => sum + people, 0) : undefined;
}

function comparedOf({ period, record, through }: FoundEarlier, now: PublicationRecord | undefined): Compared {
  const horizon = record?.horizons.find((each) => each.through === through);
  const state = record?.state === 'published' && !horizon ? 'notPublished' : record?.state;
  const same = (name: string, value: unknown): boolean => JSON.stringify(value) === JSON.stringify(now?.settings[name]);
  return {
    period: period.name,
    from: period.firstDay,
    to: period.lastDay,
    through: through ?? null,
    state: state ?? 'notPublished',
    asOf: horizon ? iso(horizon.asOf) : null,
    settings: Object.fromEntries(Object.entries(record?.settings ?? {}).filter(([name, value]) => !same(name, value))),
  };
}

function held({ leaves, module, wider, state, withheld }: Cell): Omit<Holds, 'label'> {
  const sets = setsOf(leaves);
  const all = (dimension: Dimension) => [...sets[dimension]].filter((value) => value !== undefined).sort();
  const [directions = [], parcours = [], services = [], sites = []] = DIMENSIONS.map(all);
  return {
    ...{ directions, parcours, services, sites },
    ...(module !== undefined && { module }),
    ...(wider && { wider }),
    ...(state === 'nobody' && { nobody: true }),
    ...(withheld.length > 0 && { withheld }),
  };
}
