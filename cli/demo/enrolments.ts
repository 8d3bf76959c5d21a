/** Which parcours somebody enters, and when. */
import type { DemoAgent } from './agents.ts';
import { type Chance, chanceOf, pick } from './chance.ts';
import { PARCOURS, type Parcours } from './parcours.ts';
import { addDays, CLOSED_QUARTERS, quarterDay, type Story } from './story.ts';

export interface Entry {
  parcours: Parcours;
  /** Day on which the need is censused. */
  day: string;
}

/** Whom a census has found no need of, by now. */
const WITHOUT_NEED = 0.1;

/** The last quarter in which a parcours is begun: the one under way when the story begins to be told. */
const LAST = CLOSED_QUARTERS;

/** In which quarters, and on which of their days, the agent who logs in begins: one parcours is always under way. */
const OF_LOGINS: readonly (readonly [quarter: number, day: number])[] = [
  [1, 10],
  [4, 5],
  [7, 55],
  [8, 12],
];

/** Each in the order of their days. */
export function entriesOf(story: Story, agent: DemoAgent): Entry[] {
  const chance = chanceOf(story.seed, 'entries', agent.rio);
  if (agent.login) return OF_LOGINS.flatMap((at, n) => entry(story, PARCOURS[n], at));
  if (chance.happens(WITHOUT_NEED)) return [];
  const count = countOf(chance);
  const from = agent.stays[0].from;
  const to = agent.stays.at(-1)?.to ?? '9999-12-31';
  const order = orderOf(chance);
  // Many begin with the story, others join in later.
  const first = Math.floor(chance.next() * chance.next() * LAST);
  return Array.from({ length: count }, (_, n) => {
    const quarter = first + Math.floor(((n + chance.next()) * (LAST + 1 - first)) / count);
    return entry(story, order[n], [quarter, chance.between(0, 75)]);
  })
    .flat()
    .filter(({ day }) => day > from && day < to);
}

const countOf = ({ next }: Chance): number => {
  const drawn = next();
  return drawn < 0.15 ? 1 : drawn < 0.5 ? 2 : drawn < 0.85 ? 3 : 4;
};

/** Most begin with the first parcours. */
function orderOf(chance: Chance): Parcours[] {
  const left = [...PARCOURS];
  const order: Parcours[] = [];
  while (left.length > 0) {
    const [first] = left;
    const next = first !== undefined && chance.happens(0.5) ? first : pick(chance, left);
    order.push(next);
    left.splice(left.indexOf(next), 1);
  }
  return order;
}

const entry = (story: Story, parcours: Parcours | undefined, [quarter, day]: readonly [number, number]): Entry[] =>
  parcours === undefined ? [] : [{ parcours, day: addDays(quarterDay(story, quarter), day) }];
