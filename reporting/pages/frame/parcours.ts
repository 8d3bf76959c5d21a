/** The parcours that a page is narrowed to. */
import type { Language } from '../../../web/index.ts';
import { notOneOf } from '../../parameters.ts';
import type { Reports, Shown } from '../../reports.ts';

export interface ChosenParcours {
  /** Its IRI. */
  id: string;
  name: string;
}

/** By its IRI, from the first of the periods whose rows hold it. Rejects `request.parameter` where none of them does. */
export async function parcoursIn(
  reports: Pick<Reports, 'namesIn'>,
  rowsOf: (period: string) => Promise<Shown>,
  periods: Iterable<string>,
  id: string,
  lang: Language,
): Promise<ChosenParcours> {
  const known = new Set<string>();
  for (const period of periods) {
    const answer = await rowsOf(period);
    for (const { parcours } of answer.cells) for (const each of parcours) known.add(each);
    if (known.has(id)) return { id, name: (await reports.namesIn(answer))(id, lang) };
  }
  throw notOneOf('parcours', [...known].sort());
}
