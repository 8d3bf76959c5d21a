/**
 * Publishing a period again after a late import (rule 8): an administrator's act. The atoms stay. The figures of one are
 * replaced only when the people added, removed or corrected are many enough, seen from every version that was ever given
 * out, for whoever subtracts one version from another learns exactly about those people.
 */
import { randomUUID } from 'node:crypto';
import { type CollectionChange, put, type Store } from '../../lrs/index.ts';
import type { Contribution, Metric } from '../metrics/metric.ts';
import type { Period } from '../periods/period.ts';
import { type Atom, peopleOf } from './cells.ts';
import { frozenTree } from './frozen-tree.ts';
import { actOf, atomOf, figuresOf, findPublication, publicationId, publish, putAtom, recordOf } from './publish.ts';
import type { Publisher } from './publisher.ts';
import { ACTS, ATOMS, type AtomRecord, PUBLICATIONS, type PublicationRecord } from './records.ts';
import { survey } from './survey.ts';
import { type Leaf, leafKey, leavesOf, type TreeNode } from './tree.ts';

/** An atom after republication: its members now, and the record to add when they are others than before. */
interface Outcome {
  atom: Atom;
  added?: AtomRecord;
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
  const { tree, changes } = await frozenTree(store, metric.family, period.year, field);
  const history = await versionsOf(store, metric, period);
  const leaves = history.map((versions) => versions.at(-1)?.leaves ?? []);
  const outcomes = history.map((versions, number) => {
    const atom = atomOf(leavesAround(tree, leaves[number] ?? [], leaves.flat()), field);
    return outcomeOf(versions, atom, before.minimum, recordOf(atom, metric, period, number, versions.length + 1));
  });
  const added = outcomes.flatMap((outcome) => outcome.added ?? []);
  const atoms = outcomes.map(({ atom }) => atom);
  const counts = { replaced: added.length, kept: atoms.length - added.length };
  const figures = figuresOf(atoms, metric, before.minimum);
  const after = { ...before, ...(added.length > 0 && { ...figures, asOf }), publishedAt: publisher.now() };
  const audit = put(ACTS, randomUUID(), actOf('republish', after, by, counts));
  const publication = put(PUBLICATIONS, publicationId(metric, period), after, { expect: known.version });
  await store.commit({ changes: [...growth(changes, added), ...added.map(putAtom), publication, audit] });
  return after;
}

/** The tree grows only for what is published by it. */
const growth = (changes: CollectionChange[], added: readonly AtomRecord[]): CollectionChange[] =>
  added.length > 0 ? changes : [];

/** Every version of each atom, oldest first. */
async function versionsOf(store: Store, metric: Metric, period: Period): Promise<AtomRecord[][]> {
  const found = await store.collection(ATOMS).find({ index: 'publication', equals: [metric.name, period.name] });
  const byNumber: AtomRecord[][] = [];
  for (const { value } of found) byNumber[value.number] = [...(byNumber[value.number] ?? []), value];
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

function outcomeOf(versions: readonly AtomRecord[], now: Atom, minimum: number, next: AtomRecord): Outcome {
  const enough = peopleOf(now.members).size >= minimum;
  const replaces = enough && versions.every((version) => changedPeople(version, now.members) >= minimum);
  return replaces ? { atom: now, added: next } : { atom: atomFrom(versions.at(-1) ?? next) };
}

const atomFrom = ({ leaves, members }: AtomRecord): Atom => ({
  leaves,
  members: members.flatMap(([person, place, ...values]) => {
    const leaf = leaves[place];
    return leaf ? [{ person, leaf, values }] : [];
  }),
});

/** How many people have other values in the one than in the other, or are in one only. */
function changedPeople(version: AtomRecord, members: readonly Contribution[]): number {
  const [before, now] = [valuesByPerson(atomFrom(version).members), valuesByPerson(members)];
  return [...new Set([...before.keys(), ...now.keys()])].filter((person) => before.get(person) !== now.get(person))
    .length;
}

function valuesByPerson(members: readonly Contribution[]): Map<string, string> {
  const byPerson = new Map<string, string[]>();
  for (const { person, values } of members) {
    byPerson.set(person, [...(byPerson.get(person) ?? []), JSON.stringify(values)]);
  }
  return new Map([...byPerson].map(([person, all]) => [person, all.sort().join()]));
}
