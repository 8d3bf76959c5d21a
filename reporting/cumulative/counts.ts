/** The counts of one cohort, as its published cells hold them. */
import type { Answer, AnswerState } from '../answer.ts';
import { askWhere } from '../collected.ts';
import type { Asked } from '../find-figures.ts';
import type { TargetFigure } from '../targets/index.ts';

export type Counts = Record<TargetFigure, number>;

export interface Found {
  state: AnswerState;
  /** What the cells hold that were added; null where there are none. */
  label: string | null;
  /** They hold more than the direction that was asked for. */
  wider: boolean;
  /** Up to the end of which period things counted. */
  through: string | null;
  /** In this cohort; null where it is not published. */
  counts: Counts | null;
}

const NOBODY: Found = {
  state: 'nobody',
  label: null,
  wider: false,
  through: null,
  counts: { newPeople: 0, newGraduates: 0 },
};

/** Of the direction with all below it, or of the whole ministry. */
export async function countsOf(
  ask: (asked: Asked) => Promise<Answer>,
  asked: Asked,
  direction: string | undefined,
): Promise<Found> {
  const answer = await askWhere({ ask }, { ...asked, ...(direction !== undefined && { direction }) });
  if (!answer) return NOBODY;
  const { state, through, cells, ministry } = answer;
  if (state === 'nobody') return { ...NOBODY, through };
  if (state !== 'published') return { ...NOBODY, state, counts: null };
  const held = direction === undefined ? (ministry ? [ministry] : []) : cells;
  const sum = (figure: TargetFigure): number => held.reduce((total, cell) => total + Number(cell[figure] ?? 0), 0);
  return {
    state,
    through,
    label: held.map(({ label }) => label).join(' ; '),
    wider: held.some(({ wider }) => wider),
    counts: { newPeople: sum('newPeople'), newGraduates: sum('newGraduates') },
  };
}
