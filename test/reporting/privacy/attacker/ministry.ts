/** Random ministries: many small units under regions, movers, people in several parcours, few who contribute. */
import type { Membership } from '../../../../lrs/directory/index.ts';
import { directionId } from '../../../../lrs/directory/index.ts';
import type { Statement } from '../../../../lrs/xapi/types.ts';
import { COMPLETED, did, type Site } from '../../site.ts';

export const QUARTERS = ['2021-Q3', '2021-Q4', '2022-Q1'] as const;

const STARTS: Record<string, number> = {
  '2021-Q3': Date.UTC(2021, 6, 2),
  '2021-Q4': Date.UTC(2021, 9, 2),
  '2022-Q1': Date.UTC(2022, 0, 2),
};
const DAY = 86_400_000;

export const PARCOURS = ['word', 'calc', 'mail'].map((name) => `https://courses.test/${name}`);

export interface Chance {
  /** 0 ≤ x < 1 */
  next(): number;
  below(limit: number): number;
  within(low: number, high: number): number;
  happens(share: number): boolean;
  pick<T>(things: readonly T[]): T;
}

/** mulberry32: the same seed, the same ministry. */
export function chanceOf(seed: number): Chance {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    next,
    below,
    within: (low, high) => low + below(high - low + 1),
    happens: (share) => next() < share,
    pick(things) {
      const thing = things[below(things.length)];
      if (thing === undefined) throw new Error('nothing to pick from');
      return thing;
    },
  };
}

/** Direction → [fewest, most] people, and what it lies in. */
const UNITS: [name: string, low: number, high: number, parent?: string][] = [
  ['CAB', 1, 5],
  ['DAC', 4, 16],
  ['DRH', 14, 34],
  ['DSIC', 8, 26],
  ['ARA', 0, 3],
  ['Ain', 2, 9, 'ARA'],
  ['Drôme', 1, 8, 'ARA'],
  ['Isère', 3, 14, 'ARA'],
];

const SERVICES: Record<string, string[]> = { DRH: ['formation', 'paie'], DSIC: ['réseaux', 'postes'] };
const SITES = ['Paris', 'Lille'];

export interface Ministry {
  directions: string[];
  /** Names of people by direction where they were first. */
  people: Map<string, string[]>;
  chance: Chance;
}

/** Sets up the people of a site, some of whom move in the fourth quarter. */
export async function settle(site: Site, chance: Chance): Promise<Ministry> {
  const people = new Map<string, string[]>();
  for (const [direction, low, high] of UNITS) {
    const names = Array.from({ length: chance.within(low, high) }, (_, index) => `${direction}-${index}`);
    people.set(direction, names);
    const places = new Map<string, { place: Partial<Membership>; names: string[] }>();
    for (const name of names) {
      const service = SERVICES[direction] && chance.happens(0.8) ? chance.pick(SERVICES[direction]) : undefined;
      const place = {
        ...(service && { service }),
        ...(service && chance.happens(0.6) && { site: chance.pick(SITES) }),
      };
      const key = JSON.stringify(place);
      places.set(key, { place, names: [...(places.get(key)?.names ?? []), name] });
    }
    for (const { place, names: own } of places.values()) await site.people(direction, own, place);
  }
  for (const [direction, , , parent] of UNITS) {
    if (parent === undefined || people.get(direction)?.length === 0) continue;
    const known = (await site.directory.tree()).direction(parent);
    if (!known) await site.directory.addUnit({ kind: 'direction', name: parent });
    await site.directory.setParent(directionId(direction), directionId(parent));
  }
  const directions = UNITS.map(([name]) => name).filter((name) => (people.get(name)?.length ?? 0) > 0);
  const ministry = { directions, people, chance };
  await move(site, ministry, chance.within(2, 6));
  return ministry;
}

/** Some go to another direction on some day of the fourth quarter. */
export async function move(site: Site, { directions, people, chance }: Ministry, count: number): Promise<void> {
  for (let mover = 0; mover < count; mover++) {
    const name = chance.pick(people.get(chance.pick(directions)) ?? []);
    const from = Date.UTC(2021, 9, 1 + chance.below(80));
    await site.people(chance.pick(directions), [name], { from });
  }
}

/** What somebody does in a quarter: an hour on some days in one or two parcours; some modules, then or later. */
export function deeds(name: string, quarter: string, chance: Chance): Statement[] {
  const start = STARTS[quarter] ?? 0;
  const at = (day: number) =>
    new Date(start + day * DAY + chance.within(6, 17) * 3_600_000 + chance.below(3_000_000)).toISOString();
  const parcours = chance.happens(0.25) ? [chance.pick(PARCOURS), chance.pick(PARCOURS)] : [chance.pick(PARCOURS)];
  return parcours.flatMap((course) => {
    const days = Array.from({ length: chance.within(1, 4) }, () => chance.below(70));
    const modules = Array.from({ length: chance.below(4) }, (_, index) => index);
    return [
      // Of a session: one statement alone has no length, and its hour counts nowhere.
      ...days.map(at).flatMap((time) => [did(name, time, { course }), did(name, later(time), { course })]),
      ...modules.map((module) => completes(name, at(70 + chance.below(300)), course, module)),
    ];
  });
}

const later = (time: string): string => new Date(Date.parse(time) + 10 * 60_000).toISOString();

export const completes = (name: string, time: string, course: string, module: number): Statement =>
  did(name, time, { course, verb: { id: COMPLETED }, object: { id: `${course}/module-${module}` } });

/** Everybody's deeds in some quarters; in some ministries few do anything. */
export function history({ people, chance }: Ministry, quarters: readonly string[]): Statement[] {
  const share = chance.pick([0.3, 0.6, 0.9]);
  return [...people.values()]
    .flat()
    .flatMap((name) => quarters.flatMap((quarter) => (chance.happens(share) ? deeds(name, quarter, chance) : [])));
}
