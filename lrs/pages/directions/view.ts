/** The tree as far as somebody reaches, with how many people are where. Pure. */
import type { Reaching } from '../../access/index.ts';
import type { Census, Tree, Unit } from '../../directory/index.ts';

export interface Branch {
  unit: Unit;
  /** People of the direction itself, and with all directions below it that are in reach. */
  people: number;
  withBelow: number;
  below: Branch[];
}

export const isReached = ({ reach, directions }: Reaching, { direction }: Unit): boolean =>
  reach === 'all' || directions.has(direction);

/** The directions in reach as a forest: what is above of what is not in reach is not told. */
export function forestOf(tree: Tree, census: Census, reaching: Reaching): Branch[] {
  const branches = (units: readonly Unit[]): Branch[] =>
    units
      .filter(({ kind }) => kind === 'direction')
      .flatMap((unit) => {
        const below = branches(tree.children(unit.id));
        if (!isReached(reaching, unit)) return below;
        const people = census.people.get(unit.id) ?? 0;
        const withBelow = below.reduce((sum, each) => sum + each.withBelow, people);
        return [{ unit, people, withBelow, below }];
      });
  return branches(tree.children());
}
