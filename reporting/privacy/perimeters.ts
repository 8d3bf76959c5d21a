/**
 * Who sees names where (rule 3), by the directory: whoever holds the role of a correspondent now, by a membership or a grant.
 *
 * A provider may also send the role at each login; the directory does not know of that. Where a provider can (`byLogin`),
 * somebody counts as a correspondent from the start. Such a role reaches the person's own direction with all below it,
 * which is a perimeter of its own anyway.
 */
import { type Directory, rolesOf } from '../../lrs/directory/index.ts';

/**
 * Sets of directions. None while nobody is a correspondent; once anybody is, every direction with all below it as well, for
 * somebody else may be named for it tomorrow, and what is given out today stays.
 */
export async function perimetersOf(
  directory: Pick<Directory, 'all' | 'tree' | 'directions'>,
  now: number,
  byLogin: boolean,
): Promise<ReadonlySet<string>[]> {
  const seen = new Map<string, string[]>();
  let anybody = byLogin;
  for await (const person of directory.all()) {
    const held = rolesOf(person, now).filter(({ role }) => role === 'correspondent');
    if (held.length === 0) continue;
    anybody = true;
    // Who sees everything leaves nothing to be found out.
    if (held.some(({ direction }) => direction === undefined)) continue;
    const directions = [...new Set(held.flatMap(({ direction }) => direction ?? []))].sort();
    seen.set(JSON.stringify(directions), directions);
  }
  if (!anybody) return [];
  const tree = await directory.tree();
  const single = [...new Set([...(await directory.directions()), ...tree.directions()])].map((name) => [name]);
  return [...single, ...seen.values()].map((directions) => new Set(tree.below(directions)));
}
