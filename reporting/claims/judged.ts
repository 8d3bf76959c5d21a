/** What is said of each claim. */
import type { Bilingual } from '../../web/index.ts';
import type { AnswerState } from '../answer.ts';
import type { Test, Verdict } from './verdict.ts';

/**
 * Why there is no figure: nobody of it, too few, not published yet; withheld: too few for this figure; nobodyChanged: nobody
 * became better or worse, or so few that it was rounded away; notRecorded: what it counts is recorded nowhere.
 */
export type Empty = Exclude<AnswerState, 'published'> | 'withheld' | 'nobodyChanged' | 'notRecorded';

export interface Judged {
  name: string;
  /** Metric and figures that it was read from. */
  report: string;
  figures: string[];
  texts: Bilingual<{ measure: string; criterion: string }>;
  unit: string | null;
  /** null where the figure is only shown beside. */
  test: Test | null;
  /** What the figures hold; null where there are none. */
  label: string | null;
  /** They hold more than the direction asked for. */
  wider: boolean;
  n: number | null;
  value: number | null;
  /** Bounds of the 95 % interval; null for a count of everybody. */
  low: number | null;
  high: number | null;
  asOf: string | null;
  /** The fewest people it stands for. */
  minimum: number | null;
  /** Settings the figure was made with. */
  settings: Record<string, unknown>;
  /** null where the figure is only shown beside. */
  verdict: Verdict | null;
  empty: Empty | null;
}

export interface JudgedClaim {
  name: string;
  texts: Bilingual<{ claim: string; note?: string }>;
  verdict: Verdict;
  /** How many criteria are tested, and how many of these have figures. */
  tested: number;
  withFigures: number;
  criteria: Judged[];
}

export interface Claims {
  report: 'claims';
  period: string;
  direction: string | null;
  claims: JudgedClaim[];
}

export type Blank = Pick<Judged, 'label' | 'wider' | 'n' | 'value' | 'low' | 'high' | 'asOf' | 'minimum' | 'settings'>;

export const BLANK: Blank = {
  ...{ label: null, wider: false, n: null, value: null, low: null, high: null },
  ...{ asOf: null, minimum: null, settings: {} },
};
