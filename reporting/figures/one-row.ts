import type { Answer, AnswerCell } from '../answer.ts';

export interface OneRow {
  cell: AnswerCell | null;
  /** Some are in one row and others in another. */
  several: boolean;
}

/** The row that holds everybody who is asked for: the ministry's, or, of a part of it, the only one that has somebody. */
export function oneRowOf({ cells, ministry }: Pick<Answer, 'cells' | 'ministry'>, isPart: boolean): OneRow {
  if (!isPart) return { cell: ministry, several: false };
  const [cell = null, ...others] = cells.filter(({ nobody }) => !nobody);
  return others.length > 0 ? { cell: null, several: true } : { cell, several: false };
}
