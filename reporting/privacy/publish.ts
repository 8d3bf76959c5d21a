/** The first publication of a metric for a period: atoms, members and figures are frozen in one commit. */
import { randomUUID } from 'node:crypto';
import { type CollectionChange, put, type Versioned } from '../../lrs/index.ts';
import type { Metric } from '../metrics/metric.ts';
import { type Period, requireClosed } from '../periods/period.ts';
import type { ReportingSettings } from '../settings.ts';
import { type KeptAtom, putAtoms } from './atom-parts.ts';
import { atomsOf } from './atoms.ts';
import { quartileMinimum } from './cells.ts';
import { type Draw, exact, rounding } from './draw.ts';
import { footingOf } from './footing.ts';
import { frozenTree } from './frozen-tree.ts';
import type { Field } from './ground.ts';
import { publicationId, putPublication } from './heads.ts';
import { type Atom, contributionsAt, putMembers, type Version } from './members.ts';
import { blocksOf, nodesOf, rowsOf } from './nodes.ts';
import type { Publisher } from './publisher.ts';
import {
  ACTS,
  type ActRecord,
  type HorizonRecord,
  LOOKS,
  type Name,
  PUBLICATIONS,
  type PublicationRecord,
} from './records.ts';
import { unlessConflict } from './retry.ts';
import { type Counting, type Sums, sumsOf } from './sums.ts';
import { type Survey, survey } from './survey.ts';
import { putTotals, totalsOf } from './totals.ts';
import type { Leaf } from './tree.ts';

export const nameOf = (metric: Metric, period: Period): Name => ({ metric: metric.name, period: period.name });

/** Who publishes by the clock. */
export const JOB = 'job';

/** What is published of a metric for a period, or was found when it was last looked at. */
export const findPublication = (
  { store }: Pick<Publisher, 'store'>,
  metric: Metric,
  period: Period,
): Promise<Versioned<PublicationRecord> | undefined> =>
  store.collection(PUBLICATIONS).get(publicationId(nameOf(metric, period)));

/**
 * Publishes a period that is over, unless it is published already; gives what stands then. Too few contributors are
 * noted but not frozen; of a look of the job that finds the same again only when it was. Where another process does so meanwhile, what it froze counts. Rejects `report.notClosed`,
 * `report.noDirections`, `report.overlap`.
 */
export async function publish(
  publisher: Publisher,
  metric: Metric,
  period: Period,
  by: string,
): Promise<PublicationRecord> {
  requireClosed(period, publisher.now());
  const { store, now } = publisher;
  return unlessConflict(async () => {
    const footing = await footingOf(store, metric, now());
    const known = await findPublication(publisher, metric, period);
    if (known?.value.state === 'published') return known.value;
    const found = await survey(publisher, metric, period);
    const { record, changes } = await compose(publisher, metric, period, found, (known?.value.revision ?? 0) + 1);
    if (by === JOB && known && foundAgain(known.value, record)) {
      await store.commit({ changes: [put(LOOKS, known.id, { at: now() })] });
      return known.value;
    }
    const publication = putPublication(record, known?.version ?? 'absent');
    const act = actOf('publish', record, by, { replaced: record.atoms, kept: 0 });
    await store.commit({ changes: [footing, ...changes, ...publication, act] });
    return record;
  });
}

/** Once more too few, or nobody: nothing that anybody is told, and no act. */
const foundAgain = (before: PublicationRecord, { state, minimum }: PublicationRecord): boolean =>
  state !== 'published' && before.state === state && before.minimum === minimum;

/** Writes down who did it. */
export function actOf(
  act: ActRecord['act'],
  { metric, period, state, publishedAt }: PublicationRecord,
  by: string,
  more: Pick<ActRecord, 'replaced' | 'kept' | 'through'>,
): CollectionChange {
  return put(ACTS, randomUUID(), { act, metric, period, by, time: publishedAt, state, ...more });
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
  revision: number,
): Promise<Composition> {
  const { store, settings } = publisher;
  const minimum = settings[metric.family.minimum];
  const perimeters = metric.family.nominative ? await publisher.perimeters() : [];
  const record: PublicationRecord = {
    ...nameOf(metric, period),
    family: metric.family.name,
    start: period.start,
    end: period.end,
    state: 'tooFew',
    revision,
    asOf,
    publishedAt: publisher.now(),
    minimum,
    timeZone: settings.timeZone,
    settings: settingsOf(metric, settings),
    atoms: 0,
    blocks: [],
    horizons: [],
  };
  if (field.members.length === 0) {
    const sayable = field.everybody >= minimum;
    return { record: { ...record, state: sayable ? 'nobody' : 'tooFew' }, changes: [] };
  }
  const { tree, secret, changes } = await frozenTree(store, metric.family, period.year, field);
  const division = atomsOf(tree, { ...field, minimum, perimeters });
  if (division.length === 0) return { record, changes: [] };
  const versions = division.map((leaves, number): Version => ({ number, version: 1, ...atomOf(leaves, field) }));
  const rows = rowsOf(tree, division);
  const enough = quartileMinimum(minimum);
  const counting = { draw: drawOf(metric, secret), minimum };
  const horizons = [{ through: period.name }];
  const atoms = versions.map((version) => keptAtom(version, horizons, metric, counting));
  return {
    record: {
      ...record,
      state: 'published',
      atoms: versions.length,
      blocks: blocksOf(rows, versions, enough),
      horizons: [
        {
          through: period.name,
          asOf,
          publishedAt: record.publishedAt,
          nodes: nodesOf(rows, versions, metric, enough, 0),
        },
      ],
    },
    changes: [
      ...changes,
      ...putAtoms(record, atoms, { leaves: 0, sums: {} }),
      putTotals(record, totalsOf(atoms, horizons)),
      ...putMembers(record, versions, 0),
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

/** Those who stand in some leaves. */
export const atomOf = (leaves: readonly Leaf[], field: Field): Atom => ({
  leaves,
  members: leaves.flatMap((leaf) => field.at(leaf)),
});

/** The sums of an atom at a horizon. */
export const sumsAt = ({ members }: Atom, metric: Metric, counting: Counting, horizon: number): Sums =>
  sumsOf(contributionsAt(members, horizon), metric, counting);

/** A version of an atom as it is kept, with its sums up to each horizon. */
export const keptAtom = (
  version: Version,
  horizons: readonly Pick<HorizonRecord, 'through'>[],
  metric: Metric,
  counting: Counting,
): KeptAtom => ({
  number: version.number,
  version: version.version,
  leaves: version.leaves,
  sums: Object.fromEntries(horizons.map(({ through }, place) => [through, sumsAt(version, metric, counting, place)])),
});
