import { Usage } from '../../xapi/types.ts';
import { MOST_INHERITED } from '../store.ts';

/** Member number → bits of Usage. */
export type Usages = Map<number, number>;

export function merge(into: Usages, from: Usages): Usages {
  for (const [member, usage] of from) into.set(member, (into.get(member) ?? 0) | usage);
  return into;
}

/** Adds to what is inherited until it is full; gives what was new. */
export function adopt(known: Usages, from: Usages): Usages {
  const news: Usages = new Map();
  for (const [member, usage] of from) {
    const before = known.get(member);
    const after = (before ?? 0) | usage;
    if (before === after || (before === undefined && known.size >= MOST_INHERITED)) continue;
    known.set(member, after);
    news.set(member, after);
  }
  return news;
}

/** What a referring statement takes over: to have been written by somebody is not passed on, only to be related to them. */
export function withoutOwner(usages: Usages): Usages {
  const passed: Usages = new Map();
  for (const [member, usage] of usages) {
    passed.set(member, usage & Usage.OWNER ? (usage & ~Usage.OWNER) | Usage.RELATED : usage);
  }
  return passed;
}

/** reference.inherited: [member, usage, …] as JSON. */
export const writeInherited = (usages: Usages): string => JSON.stringify([...usages].flat());

export function readInherited(json: string): Usages {
  const flat = JSON.parse(json) as number[];
  const usages: Usages = new Map();
  for (let i = 0; i < flat.length; i += 2) usages.set(flat[i] ?? 0, flat[i + 1] ?? 0);
  return usages;
}
