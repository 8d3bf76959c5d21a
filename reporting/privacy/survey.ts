/** Who contributes to a metric in a period, as far as it has not been counted elsewhere. */
import { LivretError, type Store } from '../../lrs/index.ts';
import { importedHeadcounts } from '../headcounts/index.ts';
import type { Contribution, Metric } from '../metrics/metric.ts';
import type { Period } from '../periods/period.ts';
import { type Field, fieldOf, headcountsAt } from './ground.ts';
import { allMembersOf } from './members.ts';
import type { Publisher } from './publisher.ts';
import { PUBLICATIONS, type PublicationRecord } from './records.ts';
import type { Leaf } from './tree.ts';

export interface Survey {
  field: Field;
  /** Milliseconds: everything stored at or before it was looked at. */
  asOf: number;
}

/**
 * Looks at a period once everything stored is in the read model. Rejects `report.noDirections` when nobody belongs to a
 * direction, `report.overlap` when periods of another length have been published over the same days: a quarter and its
 * months together single people out (rule 5).
 */
export async function survey(
  { store, projection, settings }: Publisher,
  metric: Metric,
  period: Period,
): Promise<Survey> {
  const others = await otherPublications(store, metric, period);
  refuseOverlap(others, period);
  await projection.drain();
  const imported = await importedHeadcounts(store, period.lastDay);
  return projection.snapshot(async ({ query, asOf }) => {
    const headcounts = new Map([...(await headcountsAt(query, period)), ...imported]);
    const found = await metric.contributions(query, period, settings, period.end);
    const contributions = metric.family.cohort ? await notCounted(store, others, found) : found;
    const field = fieldOf(contributions, headcounts, metric);
    if (field.directions.length === 0) throw new LivretError('report.noDirections');
    return { field, asOf };
  });
}

/** What is frozen for other periods of the metric. */
async function otherPublications(store: Store, metric: Metric, period: Period): Promise<PublicationRecord[]> {
  const found = await store.collection(PUBLICATIONS).find({ index: 'metric', equals: [metric.name] });
  return found
    .map(({ value }) => value)
    .filter(({ state, period: name }) => state === 'published' && name !== period.name);
}

function refuseOverlap(others: readonly PublicationRecord[], { start, end }: Period): void {
  const overlapping = others.find((other) => other.start < end && start < other.end);
  if (overlapping) throw new LivretError('report.overlap', { detail: `${overlapping.period} is published.` });
}

const unitOf = (person: string, parcours: Leaf[1]): string => JSON.stringify([person, parcours]);

/**
 * A unit of a cohort is counted in one period only: a late statement may give it an earlier entry, but what was published
 * stays (rule 8), and so it may not come a second time.
 */
async function notCounted(
  store: Store,
  others: readonly PublicationRecord[],
  found: readonly Contribution[],
): Promise<Contribution[]> {
  const counted = new Set<string>();
  for (const { metric, period } of others) {
    for (const { person, leaf } of await allMembersOf(store, metric, period)) counted.add(unitOf(person, leaf[1]));
  }
  return found.filter(({ person, leaf: [, parcours] }) => !counted.has(unitOf(person, parcours)));
}
