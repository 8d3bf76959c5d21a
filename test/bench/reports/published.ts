/** The same question, asked of what is published. */
import type { Store } from '../../../lrs/index.ts';
import { completion } from '../../../reporting/metrics/completion.ts';
import { cellsOf, readStanding } from '../../../reporting/privacy/index.ts';
import type { Counted } from './question.ts';

export interface PublishedCell {
  directions: readonly string[];
  counted: Counted;
}

/** One cell a direction, or several directions that are too small to stand alone. */
export async function publishedCells(store: Store, name: string): Promise<PublishedCell[]> {
  const standing = await readStanding(store, { metric: completion.name, period: name }, name);
  if (!standing?.publication) throw new Error(`${name} is not published`);
  return cellsOf(standing.publication, completion, { by: 'direction' }).map(({ leaves, figures }) => {
    const directions = [...new Set(leaves.map(([direction]) => direction))];
    const { enrolments, enrolled, started, completed } = figures;
    return {
      directions,
      counted: {
        direction: directions.join(),
        entries: Number(enrolments),
        enrolled: Number(enrolled),
        started: Number(started),
        completed: Number(completed),
      },
    };
  });
}
