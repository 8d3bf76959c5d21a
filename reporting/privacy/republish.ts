/**
 * Publishing a period again after a late import (rule 8): an administrator's act. The atoms stay. The figures of one are
 * replaced only when the people added, removed or corrected are many enough, seen from every version that was ever given
 * out, for whoever subtracts one version from another learns exactly about those people.
 */
import type { Metric } from '../metrics/metric.ts';
import type { Period } from '../periods/period.ts';
import { type KeptAtom, putAtoms } from './atom-parts.ts';
import { type AtomRule, standsPerimeters } from './atoms.ts';
import { quartileMinimum } from './cells.ts';
import { changedByKey, changedUnits, hidesChange } from './changed.ts';
import { footingOf } from './footing.ts';
import { frozenTree } from './frozen-tree.ts';
import { putPublication } from './heads.ts';
import { periodsOf } from './horizons.ts';
import {
  type Atom,
  everybodyIn,
  idsNow,
  type Member,
  peopleOf,
  putMembers,
  readKept,
  underTheirIds,
  type Version,
} from './members.ts';
import { nodesOf } from './nodes.ts';
import { actOf, atomOf, drawOf, findPublication, keptAtom, publish } from './publish.ts';
import type { Publisher } from './publisher.ts';
import type { HorizonRecord, PublicationRecord, Row } from './records.ts';
import { unlessConflict } from './retry.ts';
import { unitOf } from './stages.ts';
import { survey } from './survey.ts';
import { putTotals, totalsOf } from './totals.ts';
import { type Leaf, leafKey, leavesOf, type TreeNode } from './tree.ts';

/** Publishes again and gives what stands then. Rejects as `publish`. */
export async function republish(
  publisher: Publisher,
  metric: Metric,
  period: Period,
  by: string,
): Promise<PublicationRecord> {
  const done = await unlessConflict(() => republishOnce(publisher, metric, period, by));
  return done ?? publish(publisher, metric, period, by);
}

/** undefined where nothing is published yet. */
async function republishOnce(
  publisher: Publisher,
  metric: Metric,
  period: Period,
  by: string,
): Promise<PublicationRecord | undefined> {
  const { store, now } = publisher;
  const footing = await footingOf(store, metric, now());
  const known = await findPublication(publisher, metric, period);
  if (known?.value.state !== 'published') return undefined;
  const before = known.value;
  const horizons = periodsOf(before, publisher);
  const { field, asOf } = await survey(publisher, metric, period, horizons);
  const { tree, secret, changes } = await frozenTree(store, metric.family, period.year, field);
  const {
    versions: kept,
    atoms: frozen,
    after: documents,
    parts,
  } = await readKept(store, before, before.horizons.length);
  const idOf = await idsNow(everybodyIn(kept), peopleOf(field.members), publisher.leadsTo);
  const versions = underTheirIds(kept, idOf);
  const perimeters = metric.family.nominative ? await publisher.perimeters() : [];
  const rule = { ...field, minimum: before.minimum, perimeters };
  const around = leavesAround(
    tree,
    versions.map((own) => own.at(-1)?.leaves ?? []),
  );
  const homes = homesOf(versions);
  const atoms = versions.map((own, number) => {
    const now = atomOf(around[number] ?? [], field);
    const members = now.members.filter(({ person, leaf }) =>
      [undefined, number].includes(homes.get(unitOf(person, leaf))),
    );
    return outcomeOf(own, { ...now, members }, rule, metric);
  });
  const added = atoms.filter((atom) => !versions[atom.number]?.includes(atom));
  const publishedAt = now();
  const counts = { replaced: added.length, kept: atoms.length - added.length };
  if (added.length === 0) {
    // What stands is of when it was.
    await store.commit({ changes: [actOf('republish', { ...before, publishedAt }, by, counts)] });
    return before;
  }
  const counting = { draw: drawOf(metric, secret), minimum: before.minimum };
  const after = {
    ...before,
    asOf,
    publishedAt,
    revision: before.revision + 1,
    blocks: largeBlocks(before, atoms),
    horizons: refreshed({ ...before, asOf, publishedAt }, atoms, metric),
  };
  const news = added.map((atom) => keptAtom(atom, before.horizons, metric, counting));
  await store.commit({
    changes: [
      footing,
      // The tree grows only for what is published by it.
      ...changes,
      ...putAtoms(before, news, documents),
      putTotals(before, totalsOf(latestOf([...frozen, ...news]), before.horizons)),
      ...putMembers(before, added, parts.length),
      ...putPublication(after, known.version),
      actOf('republish', after, by, counts),
    ],
  });
  return after;
}

/** The last version of each atom, in the order of the tree. */
function latestOf(atoms: readonly KeptAtom[]): KeptAtom[] {
  const latest: KeptAtom[] = [];
  for (const atom of atoms) latest[atom.number] = atom;
  return latest;
}

/**
 * The atom of each unit that was ever counted. It comes into no other one, wherever it belongs by now: the same figure in two
 * atoms could be subtracted away, and what else has changed there would be left.
 */
const homesOf = (versions: readonly (readonly Version[])[]): Map<string, number> =>
  new Map(
    versions.flat().flatMap(({ number, members }) => members.map(({ person, leaf }) => [unitOf(person, leaf), number])),
  );

/** The blocks that there were, without those that have become too small; the atoms stay. */
const largeBlocks = ({ blocks, minimum }: PublicationRecord, atoms: readonly Atom[]): Row[] =>
  blocks.filter(({ from, end }) => {
    const people = peopleOf(atoms.slice(from, end).flatMap(({ members }) => members)).size;
    return people === 0 || people >= quartileMinimum(minimum);
  });

/** The horizons as they are now, with quartiles of the nodes that there were. */
function refreshed(
  { horizons, minimum, asOf, publishedAt }: PublicationRecord,
  atoms: readonly Atom[],
  metric: Metric,
): HorizonRecord[] {
  return horizons.map((horizon, place) => ({
    ...horizon,
    ...{ asOf, publishedAt, firstAsOf: horizon.firstAsOf ?? horizon.asOf },
    nodes: horizon.nodes.flatMap((row) =>
      nodesOf({ ...row, children: [] }, atoms, metric, quartileMinimum(minimum), place),
    ),
  }));
}

/**
 * The leaves of each atom, with what has been grafted on since: the largest node around it that holds no other atom. What
 * was grafted between two atoms belongs to none, and stays out of this period.
 */
function leavesAround(tree: TreeNode, atoms: readonly (readonly Leaf[])[]): Leaf[][] {
  const owners = new Map(atoms.flatMap((leaves, number) => leaves.map((leaf) => [leafKey(leaf), number] as const)));
  const around: Leaf[][] = [];
  /** The only atom in a node; undefined where there is none, 'several' where there are more. */
  const visit = (node: TreeNode): number | 'several' | undefined => {
    if ('leaf' in node) return owners.get(leafKey(node.leaf));
    const held = node.children.map(visit);
    const [left, right] = held;
    if (left === undefined || right === undefined || left === right) return left ?? right;
    for (const [place, child] of node.children.entries()) {
      const owner = held[place];
      if (typeof owner === 'number') around[owner] = leavesOf(child);
    }
    return 'several';
  };
  const root = visit(tree);
  if (typeof root === 'number') around[root] = leavesOf(tree);
  return around;
}

/** The atom as it is now, as a new version; or the last one where the change would tell of few. */
function outcomeOf(versions: readonly Version[], now: Atom, rule: AtomRule, metric: Metric): Version {
  const last = versions.at(-1);
  if (!last) throw new TypeError('An atom has a version.');
  const enough = peopleOf(now.members).size >= rule.minimum && standsPerimeters(now.leaves, rule);
  const replaces = enough && versions.every((version) => isLargeChange(version, now, rule, metric));
  return replaces ? { ...now, number: last.number, version: last.version + 1 } : last;
}

/**
 * Whether those who changed from one version to the other are, at each horizon, enough, also outside of every perimeter and of
 * those of each key of a tally, or none.
 */
function isLargeChange(version: Atom, now: Atom, { minimum, perimeters }: AtomRule, metric: Metric): boolean {
  const changes = changedUnits(version.members, now.members);
  const isEnough = (changed: readonly Member[]): boolean => peopleOf(changed).size >= minimum;
  const isLarge = (changed: readonly Member[], horizon: number): boolean =>
    changed.length === 0 ||
    (isEnough(changed) &&
      changedByKey(changed, horizon, metric).every(isEnough) &&
      perimeters.every((perimeter) => hidesChange(changed, perimeter, minimum)));
  return changes.some((changed) => changed.length > 0) && changes.every(isLarge);
}
