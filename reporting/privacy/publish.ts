/** The first publication of a metric for a period: atoms, members and figures are frozen in one commit. */
import { randomUUID } from 'node:crypto';
import { type CollectionChange, hasCode, put, type Versioned } from '../../lrs/index.ts';
import type { Metric } from '../metrics/metric.ts';
import { type Period, requireClosed } from '../periods/period.ts';
import { atomsOf } from './atoms.ts';
import { type Atom, cellOf, cellsByDirection } from './cells.ts';
import { frozenTree } from './frozen-tree.ts';
import type { Field } from './ground.ts';
import type { Publisher } from './publisher.ts';
import { ACTS, type ActRecord, ATOMS, type AtomRecord, PUBLICATIONS, type PublicationRecord } from './records.ts';
import { type Survey, survey } from './survey.ts';
import { type Leaf, leafKey } from './tree.ts';

export const publicationId = (metric: Metric, period: Period): string => `${metric.name}:${period.name}`;

/** What is published of a metric for a period, or was found when it was last looked at. */
export const findPublication = (
  { store }: Publisher,
  metric: Metric,
  period: Period,
): Promise<Versioned<PublicationRecord> | undefined> =>
  store.collection(PUBLICATIONS).get(publicationId(metric, period));

/**
 * Publishes a period that is over, unless it is published already; gives what stands then. Too few contributors are
 * noted but not frozen. Rejects `report.notClosed`, `report.noDirections`, `report.overlap`.
 */
export async function publish(
  publisher: Publisher,
  metric: Metric,
  period: Period,
  by: string,
): Promise<PublicationRecord> {
  requireClosed(period, publisher.now());
  const known = await findPublication(publisher, metric, period);
  if (known?.value.state === 'published') return known.value;
  const found = await survey(publisher, metric, period);
  const { record, changes } = await compose(publisher, metric, period, found);
  const id = publicationId(metric, period);
  const act = actOf('publish', record, by, { replaced: record.atoms, kept: 0 });
  try {
    const publication = put(PUBLICATIONS, id, record, { expect: known?.version ?? 'absent' });
    await publisher.store.commit({ changes: [...changes, publication, put(ACTS, randomUUID(), act)] });
    return record;
  } catch (error) {
    // Another process published at the same time: what it froze counts, or its tree.
    if (hasCode(error, 'collection.conflict')) return publish(publisher, metric, period, by);
    throw error;
  }
}

export function actOf(
  act: ActRecord['act'],
  { metric, period, state, publishedAt }: PublicationRecord,
  by: string,
  counts: Pick<ActRecord, 'replaced' | 'kept'>,
): ActRecord {
  return { act, metric, period, by, time: publishedAt, state, ...counts };
}

interface Composition {
  record: PublicationRecord;
  changes: CollectionChange[];
}

async function compose(
  publisher: Publisher,
  metric: Metric,
  period: Period,
  { field, asOf }: Survey,
): Promise<Composition> {
  const { store, settings } = publisher;
  const minimum = settings[metric.family.minimum];
  const record: PublicationRecord = {
    metric: metric.name,
    family: metric.family.name,
    period: period.name,
    start: period.start,
    end: period.end,
    state: 'tooFew',
    asOf,
    publishedAt: publisher.now(),
    minimum,
    timeZone: settings.timeZone,
    cells: [],
    ministry: null,
    atoms: 0,
  };
  if (field.contributions.length === 0) {
    const sayable = field.headcount(field.directions) >= minimum;
    return { record: { ...record, state: sayable ? 'nobody' : 'tooFew' }, changes: [] };
  }
  const { tree, changes } = await frozenTree(store, metric.family, period.year, field);
  const perimeters = metric.family.nominative ? await publisher.perimeters() : [];
  const atoms = atomsOf(tree, { ...field, minimum, perimeters }).map((leaves) => atomOf(leaves, field));
  if (atoms.length === 0) return { record, changes: [] };
  return {
    record: { ...record, state: 'published', ...figuresOf(atoms, metric, minimum) },
    changes: [...changes, ...atoms.map((atom, number) => putAtom(recordOf(atom, metric, period, number, 1)))],
  };
}

/** Everything that is given out about these atoms. */
export const figuresOf = (
  atoms: readonly Atom[],
  metric: Metric,
  minimum: number,
): Pick<PublicationRecord, 'cells' | 'ministry' | 'atoms'> => ({
  cells: cellsByDirection(atoms, metric, minimum),
  ministry: cellOf(atoms, metric, minimum),
  atoms: atoms.length,
});

/** The contributions that stand in some leaves. */
export function atomOf(leaves: readonly Leaf[], { contributions }: Field): Atom {
  const keys = new Set(leaves.map(leafKey));
  return { leaves, members: contributions.filter(({ leaf }) => keys.has(leafKey(leaf))) };
}

/** An atom as it is kept. */
export function recordOf(atom: Atom, metric: Metric, period: Period, number: number, version: number): AtomRecord {
  const places = new Map(atom.leaves.map((leaf, place) => [leafKey(leaf), place]));
  return {
    metric: metric.name,
    period: period.name,
    number,
    version,
    leaves: [...atom.leaves],
    members: atom.members.map(({ person, leaf, values }) => [person, places.get(leafKey(leaf)) ?? 0, ...values]),
  };
}

export const putAtom = (atom: AtomRecord): CollectionChange =>
  put(ATOMS, `${atom.metric}:${atom.period}:${atom.number}:${atom.version}`, atom, { expect: 'absent' });
