/** Who contributes to a metric in a period, as far as it has not been counted elsewhere. */
import { LivretError, type Store } from '../../lrs/index.ts';
import { importedHeadcounts } from '../headcounts/index.ts';
import type { Metric } from '../metrics/metric.ts';
import type { Period } from '../periods/period.ts';
import type { Query } from '../projection/database.ts';
import { countedOnce, type Once } from './counted-once.ts';
import { type Field, fieldOf, headcountsAt, withImported } from './ground.ts';
import { type Member, peopleKnown, readUnits } from './members.ts';
import type { Publisher } from './publisher.ts';
import { PUBLICATIONS, type PublicationRecord } from './records.ts';
import { foundIn, grown, unitOf } from './stages.ts';

export interface Survey {
  field: Field;
  /** Milliseconds: everything stored at or before it was looked at. */
  asOf: number;
}

/**
 * Looks at a period once everything stored is in the read model, up to each of the horizons that are published, if it is
 * published again: everybody is counted anew then. Rejects `report.noDirections`
 * when nobody belongs to a direction, `report.overlap` when periods of another length have been published over the same
 * days: a quarter and its months together single people out (rule 5).
 */
export async function survey(
  publisher: Publisher,
  metric: Metric,
  period: Period,
  horizons?: readonly Period[],
): Promise<Survey> {
  const { store, projection } = publisher;
  const others = await otherPublications(store, metric, period);
  refuseOverlap(others, period);
  const { headcounts, found, people, asOf } = await projection.drained(async ({ query, asOf }) => ({
    headcounts: await headcountsAt(query, period),
    found: await membersOf(publisher, query, metric, period, horizons ?? [period]),
    people: metric.once ? await peopleKnown(query) : new Set<string>(),
    asOf,
  }));
  const imported = await importedHeadcounts(store, period.lastDay);
  const parentOf = await publisher.parents();
  const counted = metric.family.cohort ? await countedUnits(store, others, found) : new Set();
  const once: Once = horizons ? (_person, values) => values : await countedOnce(publisher, metric, people);
  const members = found
    .filter(({ person, leaf }) => !counted.has(unitOf(person, leaf)))
    .map((member) => withValues(member, once));
  const field = fieldOf(members, withImported(headcounts, imported), metric, parentOf);
  if (field.directions.length === 0) throw new LivretError('report.noDirections');
  return { field, asOf };
}

/** Those who contribute, with a stage for each horizon. */
async function membersOf(
  { settings }: Publisher,
  query: Query,
  metric: Metric,
  period: Period,
  horizons: readonly Period[],
): Promise<Member[]> {
  const [first, ...later] = horizons;
  const found = await metric.contributions(query, period, settings, (first ?? period).end);
  let members = found.map(({ person, leaf, values, keys }): Member => {
    return { person, leaf, stages: [{ values, ...(keys && { keys }) }] };
  });
  for (const horizon of later) {
    const stages = foundIn(await metric.contributions(query, period, settings, horizon.end));
    members = members.map((member) => ({ ...member, stages: [...member.stages, grown(member, stages)] }));
  }
  return members;
}

const withValues = (member: Member, once: Once): Member => ({
  ...member,
  stages: member.stages.map((stage) => ({ ...stage, values: once(member.person, stage.values) })),
});

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

/**
 * Those who are counted for another period: a unit of a cohort is in one only. A late statement may give it an earlier entry,
 * but what was published stays (rule 8), and so it may not come a second time.
 */
async function countedUnits(
  store: Store,
  others: readonly PublicationRecord[],
  found: readonly Member[],
): Promise<Set<string>> {
  const units = new Set(found.map(({ person, leaf }) => unitOf(person, leaf)));
  const counted = new Set<string>();
  for (const { metric, period } of others) {
    for (const { person, leaf } of await readUnits(store, { metric, period })) {
      const unit = unitOf(person, leaf);
      if (units.has(unit)) counted.add(unit);
    }
  }
  return counted;
}
