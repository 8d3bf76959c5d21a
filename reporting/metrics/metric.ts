/** What a metric is: one question, one file. */
import type { Bilingual } from '../../web/index.ts';
import type { Period } from '../periods/period.ts';
import type { Leaf } from '../privacy/tree.ts';
import type { Query } from '../projection/database.ts';
import type { ReportingSettings } from '../settings.ts';

/**
 * Metrics computed from the same data (published-cells.md, Terms): they share one unit, one least number of people and
 * one set of atoms a period.
 */
export interface Family {
  name: 'behaviour' | 'completion';
  /** Whether its groups go below directions, to the parcours. */
  byParcours: boolean;
  /** Which setting holds the fewest people a figure stands for. */
  minimum: 'kBehaviour' | 'kCompletion';
  /** A cohort's units count once in their life, in the period they entered in; otherwise once a period. */
  cohort: boolean;
  /** Whether a correspondent sees its data by name inside their perimeter (rule 3). A metric of the family may differ. */
  nominative: boolean;
}

export const BEHAVIOUR: Family = {
  name: 'behaviour',
  byParcours: false,
  minimum: 'kBehaviour',
  cohort: false,
  nominative: false,
};
export const COMPLETION: Family = {
  name: 'completion',
  byParcours: true,
  minimum: 'kCompletion',
  cohort: true,
  nominative: true,
};

/** One unit with enough data: whose, where it stands, and its values in the metric's order. Never leaves the house. */
export interface Contribution {
  /** Internal id of the directory. */
  person: string;
  leaf: Leaf;
  values: readonly number[];
  /** By name of a tally figure: the keys (modules, say) that count for this unit. */
  keys?: Readonly<Record<string, readonly string[]>>;
}

interface Named {
  name: string;
  /** Its values are shares, from 0 to 1: people read them as percent. Shares are without saying so. */
  percent?: true;
  texts: Bilingual<{ heading: string; unit?: string }>;
}

/** The contributors. Exact for completion; rounded for behaviour (rule 6). */
export interface PeopleFigure extends Named {
  kind: 'people';
}

/** Σ of a value over the units: events of a cohort that happen once each. For families that are exact only. */
export interface SumFigure extends Named {
  kind: 'sum';
  of: number;
}

/** The mean of a value of people, with the half-width of its 95 % interval under the name + 'Margin'. */
export interface MeanFigure extends Named {
  kind: 'mean';
  of: number;
  /** A single value counts for this much at most, so that nobody dominates (rule 6); it is printed. */
  cap: number;
}

/** First quartile, median and third quartile: names + 'Q1', 'Median', 'Q3'. Given from 4k people on (rule 6). */
export interface QuartilesFigure extends Named {
  kind: 'quartiles';
  of: number;
  /** Rounded to multiples of this; it is printed. */
  grid: number;
}

/** How many contributors have a value of 1 there (others 0). Rounded for behaviour. */
export interface CountFigure extends Named {
  kind: 'count';
  of: number;
}

/** One count over another, both figures of this metric: computed from what is shown. */
export interface ShareFigure extends Named {
  kind: 'share';
  of: string;
  over: string;
}

/**
 * By key, how many units have it among their `keys` of this name. Exact for completion; rounded for behaviour, where an atom
 * tells only of keys that k of its people might have: the others of whom one knows, by the parcours they are in, say, that
 * they might have it would be too few.
 */
export interface TallyFigure extends Named {
  kind: 'tally';
  /** Of behaviour: the name among `keys` under which a unit has all those that it might have. */
  among?: string;
}

/** Counts of contributors by class: `size` values of 0 or 1 from `of` on (a heat map). Rounded; from 4k people on. */
export interface HistogramFigure extends Named {
  kind: 'histogram';
  of: number;
  size: number;
}

export type FigureSpec =
  | PeopleFigure
  | SumFigure
  | MeanFigure
  | QuartilesFigure
  | CountFigure
  | ShareFigure
  | TallyFigure
  | HistogramFigure;

export const isPercent = ({ kind, percent }: Pick<FigureSpec, 'kind' | 'percent'>): boolean =>
  kind === 'share' || percent === true;

export interface MetricTexts {
  title: string;
  definition: string;
  /** What a unit is, and when it has enough data to count. */
  unit: string;
  notEnoughData: string;
}

/** Settings that a metric depends on: they are kept with its figures and stand beside them. */
export type MetricSetting = 'timeZone' | 'sessionGap' | 'workingHours' | 'holidays' | 'moduleMinutes';

export interface Metric {
  name: string;
  family: Family;
  formula: Bilingual<string>;
  /** Where the definition comes from. */
  source: string;
  texts: Bilingual<MetricTexts>;
  settings: readonly MetricSetting[];
  figures: readonly FigureSpec[];
  /** Of cohorts: places of the values that are 1 once in the life of a person, so that they add up over cohorts to people. */
  once?: readonly number[];
  /** Names of the figures that a chart shows side by side: of one unit. */
  charted: readonly string[];
  /**
   * Everyone with enough data, from one view of the read model. `through` is the instant (ms) up to which what happened to
   * a cohort counts; other families look at the period alone.
   */
  contributions(query: Query, period: Period, site: ReportingSettings, through: number): Promise<Contribution[]>;
}
