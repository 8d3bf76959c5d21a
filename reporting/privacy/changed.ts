/** What tells one version of an atom from another: whoever subtracts them learns exactly about that (rule 8). */
import { unnamedIn } from './atoms.ts';
import { type Member, peopleOf } from './members.ts';
import { leafKey } from './tree.ts';

/** Units that have other values in the one than in the other, or are in one only. */
export function changedUnits(before: readonly Member[], now: readonly Member[]): Member[] {
  const [old, current] = [before, now].map((members) => new Map(members.map((member) => [textOf(member), member])));
  const gone = before.filter((member) => !current?.has(textOf(member)));
  return [...gone, ...now.filter((member) => !old?.has(textOf(member)))];
}

/** Whatever of a unit is in a figure. */
const textOf = ({ person, leaf, stages }: Member): string => JSON.stringify([person, leafKey(leaf), stages]);

/** Whether a correspondent who knows all names in a perimeter finds out about many of the changed outside of it, or nobody. */
export function hidesChange(changed: readonly Member[], perimeter: ReadonlySet<string>, minimum: number): boolean {
  const [inside, outside] = [true, false].map((within) =>
    peopleOf(changed.filter(({ leaf: [direction] }) => perimeter.has(direction) === within)),
  );
  return !inside || !outside || outside.size === 0 || unnamedIn(outside, inside) >= minimum;
}
