/** What is known of the demonstration's ministry because it was made so: its reports should find it again. */
import { dayOf } from '../../lrs/directory/index.ts';
import { agentsOf, directionOn } from './agents.ts';
import { type Story, storyAt } from './story.ts';
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
export const truths = (seed: number, agents: number, now: number): Map<string, Known> =>
  truthsOf(storyAt(seed, agents, now), now);

/** By direction as it is at that instant (ms). */
export function truthsOf(story: Story, now: number): Map<string, Known> {
  const byDirection = new Map<string, Traits[]>();
  const today = dayOf(now, 'Europe/Paris');
  for (const agent of agentsOf(story)) {
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

/** Whether a direction has people enough for its figures to stand alone, and for chance not to decide its place. */
export function isLarge(known: ReadonlyMap<string, Known>, direction: string): boolean {
  const all = [...known.values()].reduce((sum, { people }) => sum + people, 0);
  return (known.get(direction)?.people ?? 0) >= all / 20;
}

/** The direction that has most (1), or least (-1), of something, among those that are large. */
export function extreme(known: ReadonlyMap<string, Known>, truth: Truth, sign: 1 | -1 = 1): string {
  const large = [...known].filter(([direction]) => isLarge(known, direction));
  const [first] = large.toSorted(([, a], [, b]) => sign * (b.shares[truth] - a.shares[truth]));
  return first?.[0] ?? '';
}
