/**
 * Cohorts that somebody may not see by name: their figures were given out when nobody saw names in these directions, and
 * with the names one could subtract down to a few people (rule 3). What was given out cannot be taken back; names can.
 */
import type { Store } from '../../lrs/index.ts';
import type { Metric } from '../metrics/metric.ts';
import { standsPerimeters } from './atoms.ts';
import { changedUnits, hidesChange } from './changed.ts';
import { readKept, type Version } from './members.ts';
import { PUBLICATIONS, type PublicationRecord } from './records.ts';
import { leafKey } from './tree.ts';

/** Enrolments that began in [start, end) (ms) are not to be shown by name. */
export interface HiddenCohort {
  metric: string;
  period: string;
  start: number;
  end: number;
}

/** Of the publications of some metrics those that a set of directions (with all below them) cuts through. */
export async function hiddenCohorts(
  store: Store,
  metrics: readonly Metric[],
  perimeter: ReadonlySet<string>,
): Promise<HiddenCohort[]> {
  const hidden: HiddenCohort[] = [];
  const key = [...perimeter].sort().join('\n');
  for (const { name } of metrics.filter(({ family }) => family.nominative)) {
    const found = await store.collection(PUBLICATIONS).find({ index: 'metric', equals: [name] });
    for (const { value } of found) {
      // Whoever publishes looks at the perimeters that there are.
      if (value.state !== 'published' || value.perimeters.some((known) => known.join('\n') === key)) continue;
      const { metric, period, start, end } = value;
      if (await cuts(store, value, perimeter)) hidden.push({ metric, period, start, end });
    }
  }
  return hidden;
}

async function cuts(store: Store, record: PublicationRecord, perimeter: ReadonlySet<string>): Promise<boolean> {
  const { metric, period, horizons, minimum } = record;
  const { versions } = await readKept(store, metric, period, horizons.length);
  const stands = (version: Version): boolean => {
    const people = new Map<string, Set<string>>();
    for (const { person, leaf } of version.members) {
      people.set(leafKey(leaf), (people.get(leafKey(leaf)) ?? new Set()).add(person));
    }
    const contributors = (leaf: Version['leaves'][number]) => people.get(leafKey(leaf)) ?? new Set<string>();
    // How many there were of whom nobody contributed is not known any more.
    return standsPerimeters(version.leaves, { contributors, headcount: () => 0, minimum, perimeters: [perimeter] });
  };
  return !versions.every((own) =>
    own.every(
      (version, place) =>
        stands(version) &&
        own
          .slice(0, place)
          .every((before) => hidesChange(changedUnits(before.members, version.members), perimeter, minimum)),
    ),
  );
}
