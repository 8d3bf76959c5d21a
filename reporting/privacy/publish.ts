/** The first publication of a metric for a period: atoms, members and figures are frozen in one commit. */
import { randomUUID } from 'node:crypto';
import { type CollectionChange, hasCode, put, type Versioned } from '../../lrs/index.ts';
import type { Metric } from '../metrics/metric.ts';
import { type Period, requireClosed } from '../periods/period.ts';
import type { ReportingSettings } from '../settings.ts';
import { atomsOf } from './atoms.ts';
import { quartileMinimum } from './cells.ts';
import { type Draw, exact, rounding } from './draw.ts';
import { frozenTree } from './frozen-tree.ts';
import type { Field } from './ground.ts';
import { type Atom, type AtomId, atomId, putMembers } from './members.ts';
import { blocksOf, nodesOf, rowsOf } from './nodes.ts';
import type { Publisher } from './publisher.ts';
import { ACTS, type ActRecord, ATOMS, type AtomRecord, PUBLICATIONS, type PublicationRecord } from './records.ts';
import { sumsOf } from './sums.ts';
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
    settings: settingsOf(metric, settings),
    atoms: 0,
    blocks: [],
    horizons: [],
  };
  if (field.contributions.length === 0) {
    const sayable = field.headcount(field.directions) >= minimum;
    return { record: { ...record, state: sayable ? 'nobody' : 'tooFew' }, changes: [] };
  }
  const { tree, secret, changes } = await frozenTree(store, metric.family, period.year, field);
  const perimeters = metric.family.nominative ? await publisher.perimeters() : [];
  const division = atomsOf(tree, { ...field, minimum, perimeters });
  const atoms = division.map((leaves) => atomOf(leaves, field));
  if (atoms.length === 0) return { record, changes: [] };
  const draw = drawOf(metric, secret);
  const horizon = { through: period.name, asOf, publishedAt: record.publishedAt };
  const rows = rowsOf(tree, division);
  return {
    record: {
      ...record,
      state: 'published',
      atoms: atoms.length,
      blocks: blocksOf(rows, atoms, quartileMinimum(minimum)),
      horizons: [{ ...horizon, nodes: nodesOf(rows, atoms, metric, quartileMinimum(minimum)) }],
    },
    changes: [
      ...changes,
      ...atoms.flatMap((atom, number) => putAtom(atom, idOf(metric, period, number, 1), metric, draw)),
    ],
  };
}

/** How counts of a metric leave. */
export const drawOf = ({ family }: Metric, secret: string): Draw => (family.cohort ? exact : rounding(secret));

/** Of the site's settings those that the figures depend on. */
function settingsOf(metric: Metric, settings: ReportingSettings): Record<string, unknown> {
  const all = new Map(Object.entries(settings));
  return Object.fromEntries(metric.settings.filter((name) => all.has(name)).map((name) => [name, all.get(name)]));
}

/** The contributions that stand in some leaves. */
export function atomOf(leaves: readonly Leaf[], { contributions }: Field): Atom {
  const keys = new Set(leaves.map(leafKey));
  return { leaves, members: contributions.filter(({ leaf }) => keys.has(leafKey(leaf))) };
}

export const idOf = (metric: Metric, period: Period, number: number, version: number): AtomId => ({
  metric: metric.name,
  period: period.name,
  number,
  version,
});

/** Keeps a version of an atom with its members. */
export function putAtom(atom: Atom, id: AtomId, metric: Metric, draw: Draw): CollectionChange[] {
  const sums = { [id.period]: sumsOf(atom.members, metric, draw) };
  const record: AtomRecord = { ...id, leaves: [...atom.leaves], sums };
  return [put(ATOMS, atomId(id), record, { expect: 'absent' }), ...putMembers(id, atom)];
}
