/**
 * Atoms that somebody cuts through who sees names in a set of directions that nobody thought of at publication: with the
 * names they could subtract down to a few people (rule 3). What was given out cannot be taken back; names can be kept back.
 */
import type { Store } from '../../lrs/index.ts';
import { localOf } from '../calendar/index.ts';
import { importedHeadcounts } from '../headcounts/index.ts';
import { COMPLETION } from '../metrics/metric.ts';
import type { Query } from '../projection/database.ts';
import { leavesIn } from './atom-parts.ts';
import { standsPerimeters } from './atoms.ts';
import { changedUnits, hidesChange } from './changed.ts';
import { headcountOf, headcountsAt, withImported } from './ground.ts';
import { type Member, readMembers, type Version } from './members.ts';
import { ATOMS, type PublicationRecord } from './records.ts';
import { type Leaf, leafKey } from './tree.ts';

/** The units inside the perimeter of every atom that it cuts: those whose names are to be kept back. */
export async function cutUnits(
  store: Store,
  query: Query,
  { metric, family, period, horizons, minimum, end, timeZone }: PublicationRecord,
  perimeter: ReadonlySet<string>,
): Promise<Member[]> {
  // Few cut anything, and members are many.
  if (!(await isCut(store, { metric, period }, perimeter))) return [];
  const { versions } = await readMembers(store, { metric, period }, horizons.length);
  // Counted as at publication (survey.ts).
  const imported = await importedHeadcounts(store, localOf(timeZone, end - 1).day);
  const headcounts = withImported(await headcountsAt(query, { end }), imported);
  const headcount = headcountOf(headcounts, family === COMPLETION.name);
  const stands = (version: Version): boolean =>
    standsPerimeters(version.leaves, { ...contributorsOf(version), headcount, minimum, perimeters: [perimeter] });
  const isHidden = (own: readonly Version[], version: Version, place: number): boolean =>
    own
      .slice(0, place)
      .flatMap(({ members }) => changedUnits(members, version.members))
      .every((changed) => hidesChange(changed, perimeter, minimum));
  const cut = versions.filter((own) => !own.every((version, at) => stands(version) && isHidden(own, version, at)));
  return cut.flat().flatMap(({ members }) => members.filter(({ leaf: [direction] }) => perimeter.has(direction)));
}

/** Whether any atom lies partly in the perimeter. */
async function isCut(
  store: Store,
  { metric, period }: Pick<PublicationRecord, 'metric' | 'period'>,
  perimeter: ReadonlySet<string>,
): Promise<boolean> {
  const parts = await store.collection(ATOMS).find({ index: 'publication', equals: [metric, period] });
  return leavesIn(parts).some(({ leaves }) => {
    const inside = leaves.map(([direction]) => perimeter.has(direction));
    return inside.includes(true) && inside.includes(false);
  });
}

function contributorsOf({ members }: Version): { contributors(leaf: Leaf): ReadonlySet<string> } {
  const people = new Map<string, Set<string>>();
  for (const { person, leaf } of members) {
    people.set(leafKey(leaf), (people.get(leafKey(leaf)) ?? new Set()).add(person));
  }
  return { contributors: (leaf) => people.get(leafKey(leaf)) ?? new Set() };
}
