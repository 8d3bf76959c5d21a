/**
 * Publishing a period again after a late import (rule 8): an administrator's act. The atoms stay. The figures of one are
 * replaced only when the people added, removed or corrected are many enough, seen from every version that was ever given
 * out, for whoever subtracts one version from another learns exactly about those people.
 */
import { randomUUID } from 'node:crypto';
import { put, type Store } from '../../lrs/index.ts';
import type { Contribution, Metric } from '../metrics/metric.ts';
import type { Period } from '../periods/period.ts';
import { quartileMinimum } from './cells.ts';
import { frozenTree } from './frozen-tree.ts';
import { type Atom, membersOf, peopleOf } from './members.ts';
import { nodesOf } from './nodes.ts';
import { actOf, atomOf, drawOf, findPublication, idOf, publicationId, publish, putAtom } from './publish.ts';
import type { Publisher } from './publisher.ts';
import { ACTS, ATOMS, PUBLICATIONS, type PublicationRecord } from './records.ts';
import { survey } from './survey.ts';
import { type Leaf, leafKey, leavesOf, type TreeNode } from './tree.ts';

/** An atom after republication: its members now, and its new version where they are others than before. */
interface Outcome {
  atom: Atom;
  version?: number;
}

/** Publishes again and gives what stands then. Rejects as `publish`, and `collection.conflict` when somebody else did so meanwhile. */
export async function republish(
  publisher: Publisher,
  metric: Metric,
  period: Period,
  by: string,
): Promise<PublicationRecord> {
  const known = await findPublication(publisher, metric, period);
  if (known?.value.state !== 'published') return publish(publisher, metric, period, by);
  const { store } = publisher;
  const before = known.value;
  const { field, asOf } = await survey(publisher, metric, period);
  const { tree, secret, changes } = await frozenTree(store, metric.family, period.year, field);
  const history = await versionsOf(store, metric, period);
  const leaves = history.map((versions) => versions.at(-1)?.leaves ?? []);
  const outcomes = history.map((versions, number) => {
    const atom = atomOf(leavesAround(tree, leaves[number] ?? [], leaves.flat()), field);
    return outcomeOf(versions, atom, before.minimum);
  });
  const draw = drawOf(metric, secret);
  const added = outcomes.flatMap(({ atom, version }, number) =>
    version === undefined ? [] : putAtom(atom, idOf(metric, period, number, version), metric, draw),
  );
  const replaced = outcomes.filter(({ version }) => version !== undefined).length;
  const atoms = outcomes.map(({ atom }) => atom);
  const after = {
    ...before,
    ...(replaced > 0 && refreshed(before, atoms, metric, asOf)),
    publishedAt: publisher.now(),
  };
  const audit = put(ACTS, randomUUID(), actOf('republish', after, by, { replaced, kept: atoms.length - replaced }));
  const publication = put(PUBLICATIONS, publicationId(metric, period), after, { expect: known.version });
  const growth = replaced > 0 ? changes : [];
  await store.commit({ changes: [...growth, ...added, publication, audit] });
  return after;
}

/** Quartiles of the nodes that there were; blocks and atoms stay. */
function refreshed(before: PublicationRecord, atoms: readonly Atom[], metric: Metric, asOf: number) {
  const minimum = quartileMinimum(before.minimum);
  const horizons = before.horizons.map((horizon) => ({
    ...horizon,
    nodes: horizon.nodes.flatMap((row) => nodesOf({ ...row, children: [] }, atoms, metric, minimum)),
  }));
  return { asOf, horizons };
}

/** A version of an atom with its members. */
interface Version extends Atom {
  version: number;
}

/** Every version of each atom, oldest first. */
async function versionsOf(store: Store, metric: Metric, period: Period): Promise<Version[][]> {
  const found = await store.collection(ATOMS).find({ index: 'publication', equals: [metric.name, period.name] });
  const byNumber: Version[][] = [];
  for (const { value } of found) {
    const { number, version, leaves } = value;
    byNumber[number] = [...(byNumber[number] ?? []), { version, leaves, members: await membersOf(store, value) }];
  }
  return byNumber;
}

/**
 * The leaves of each atom, with what has been grafted on since: the largest node around it that holds no other atom. What
 * was grafted between two atoms belongs to none, and stays out of this period.
 */
function leavesAround(tree: TreeNode, atom: readonly Leaf[], all: readonly Leaf[]): Leaf[] {
  const own = new Set(atom.map(leafKey));
  const others = new Set(all.map(leafKey).filter((key) => !own.has(key)));
  const within = (node: TreeNode): TreeNode => {
    if ('leaf' in node || !holdsAny(node, others)) return node;
    return within(node.children.find((child) => holdsAny(child, own)) ?? node);
  };
  return leavesOf(within(tree));
}

const holdsAny = (node: TreeNode, keys: ReadonlySet<string>): boolean =>
  leavesOf(node).some((leaf) => keys.has(leafKey(leaf)));

function outcomeOf(versions: readonly Version[], now: Atom, minimum: number): Outcome {
  const enough = peopleOf(now.members).size >= minimum;
  const replaces = enough && versions.every((version) => changedPeople(version, now.members) >= minimum);
  return replaces ? { atom: now, version: versions.length + 1 } : { atom: versions.at(-1) ?? now };
}

/** How many people have other values in the one than in the other, or are in one only. */
function changedPeople(version: Atom, members: readonly Contribution[]): number {
  const [before, now] = [valuesByPerson(version.members), valuesByPerson(members)];
  return [...new Set([...before.keys(), ...now.keys()])].filter((person) => before.get(person) !== now.get(person))
    .length;
}

function valuesByPerson(members: readonly Contribution[]): Map<string, string> {
  const byPerson = new Map<string, string[]>();
  for (const { person, values, keys } of members) {
    byPerson.set(person, [...(byPerson.get(person) ?? []), JSON.stringify([values, keys])]);
  }
  return new Map([...byPerson].map(([person, all]) => [person, all.sort().join()]));
}
