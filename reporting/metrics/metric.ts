/** What a metric is: one question, one file. */
import type { Bilingual } from '../../web/index.ts';
import type { Period } from '../periods/period.ts';
import type { Leaf } from '../privacy/tree.ts';
import type { Query } from '../projection/database.ts';

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
  /** Whether a correspondent sees its data by name inside their perimeter (rule 3). */
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
}

/** Figures of a group by name; null where one is not given (see `withheld`) or nobody contributed. */
export type Figures = Readonly<Record<string, number | null>>;

/** How a figure is made of the contributions of a group. */
export type FigureOf = (contributions: readonly Contribution[]) => number | null;

export interface FigureSpec {
  name: string;
  texts: Bilingual<{ heading: string; unit?: string }>;
  of: FigureOf;
  /** Quartiles show single people in small groups: given only from 4k people on (rule 6). */
  quartile?: boolean;
}

export interface MetricTexts {
  title: string;
  definition: string;
  /** What a unit is, and when it has enough data to count. */
  unit: string;
  notEnoughData: string;
}

export interface Metric {
  name: string;
  family: Family;
  formula: string;
  /** Where the definition comes from. */
  source: string;
  texts: Bilingual<MetricTexts>;
  figures: readonly FigureSpec[];
  /** Names of the figures that a chart shows side by side: of one unit. */
  charted: readonly string[];
  contributions(query: Query, period: Period, site: { timeZone: string }): Promise<Contribution[]>;
}
