/** How far a reader of reports sees. */
import type { Reaching } from '../lrs/index.ts';
import type { Answer } from './answer.ts';

/** The figures of the directions within reach, beside those of the whole ministry, which are nobody's in particular. */
export function within<A extends Pick<Answer, 'cells'>>({ reach, directions }: Reaching, answer: A): A {
  if (reach === 'all') return answer;
  return { ...answer, cells: answer.cells.filter((cell) => cell.directions.some((each) => directions.has(each))) };
}
