/** What is known of the demonstration's ministry because it was made so: its reports should find it again. */
import { dayOf } from '../../lrs/directory/index.ts';
import { agentsOf, directionOn } from './agents.ts';
import { storyAt } from './story.ts';
import type { Traits } from './traits.ts';

const HOLDS = {
  regular: ({ rhythm }: Traits) => rhythm === 'regular',
  improving: ({ rhythm }: Traits) => rhythm === 'improving',
  calls: ({ calls }: Traits) => calls,
  offHours: ({ offHours }: Traits) => offHours,
  resumes: ({ resumes }: Traits) => resumes,
  finishes: ({ finishes }: Traits) => finishes,
};

export type Truth = keyof typeof HOLDS;

const TRUTHS = Object.keys(HOLDS) as Truth[];

export interface Known {
  people: number;
  /** How many of them are so, from 0 to 1. */
  shares: Readonly<Record<Truth, number>>;
}

/** By direction as it is at that instant (ms), of the ministry that this seed makes of so many people. */
export function truths(seed: number, agents: number, now: number): Map<string, Known> {
  const byDirection = new Map<string, Traits[]>();
  const today = dayOf(now, 'Europe/Paris');
  for (const agent of agentsOf(storyAt(seed, agents, now))) {
    const direction = directionOn(agent)(today);
    const own = byDirection.get(direction);
    if (own) own.push(agent.traits);
    else byDirection.set(direction, [agent.traits]);
  }
  return new Map(
    [...byDirection].map(([direction, all]) => [direction, { people: all.length, shares: sharesOf(all) }]),
  );
}

const sharesOf = (all: readonly Traits[]): Known['shares'] =>
  Object.fromEntries(
    TRUTHS.map((truth) => [truth, all.filter(HOLDS[truth]).length / all.length]),
  ) as unknown as Known['shares'];
