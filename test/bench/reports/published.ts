/** The same question, asked of what is published. */
import type { Store } from '../../../lrs/index.ts';
import { completion } from '../../../reporting/metrics/completion.ts';
import { parsePeriod } from '../../../reporting/periods/period.ts';
import { cellsOf, findPublication, readPublication } from '../../../reporting/privacy/index.ts';
import { SETTINGS } from '../../reporting/site.ts';
import type { Counted } from './question.ts';

export interface PublishedCell {
  directions: readonly string[];
  counted: Counted;
}

/** One cell a direction, or several directions that are too small to stand alone. */
export async function publishedCells(store: Store, name: string): Promise<PublishedCell[]> {
  const period = parsePeriod(name, SETTINGS.period, SETTINGS.timeZone);
  const record = await findPublication({ store }, completion, period);
  const publication = record && (await readPublication({ store }, completion, record.value, name));
  if (!publication) throw new Error(`${name} is not published`);
  return cellsOf(publication, completion, { by: 'direction' }).map(({ leaves, figures }) => {
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
