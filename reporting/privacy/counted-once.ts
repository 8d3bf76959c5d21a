/**
 * What a person counts for once in their life, over all cohorts, so that cohorts may be added up (rule 5). A late statement
 * may make another enrolment their first one, but where they were counted is published and stays (rule 8): so they are not
 * counted a second time, in that cohort or another.
 */
import type { Metric } from '../metrics/metric.ts';
import { idsNow, peopleOf, readMembers } from './members.ts';
import type { Publisher } from './publisher.ts';
import { PUBLICATIONS } from './records.ts';

/** The values of a person, without those that are published of them already. */
export type Once = (person: string, values: readonly number[]) => readonly number[];

/** By what is published of the metric; to be asked of what is going to be, and not of what is published again. */
export async function countedOnce(
  { store, leadsTo }: Pick<Publisher, 'store' | 'leadsTo'>,
  { name, once = [] }: Pick<Metric, 'name' | 'once'>,
  known: ReadonlySet<string>,
): Promise<Once> {
  if (once.length === 0) return (_person, values) => values;
  const counted = new Map(once.map((place) => [place, new Set<string>()]));
  for (const { value } of await store.collection(PUBLICATIONS).find({ index: 'metric', equals: [name] })) {
    if (value.state !== 'published') continue;
    const { versions } = await readMembers(store, value, value.horizons.length);
    const latest = versions.flatMap((own) => own.at(-1) ?? []);
    const idOf = await idsNow(peopleOf(latest.flatMap(({ members }) => members)), known, leadsTo);
    for (const { person, stages } of latest.flatMap(({ members }) => members)) {
      for (const [place, people] of counted) if (stages.at(-1)?.values[place] === 1) people.add(idOf(person));
    }
  }
  return (person, values) => values.map((value, place) => (counted.get(place)?.has(person) ? 0 : value));
}
