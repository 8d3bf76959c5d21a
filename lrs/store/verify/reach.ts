/** What a statement should inherit, by following what it refers to: the standard's words, without any index. */
import { Usage } from '../../xapi/types.ts';
import { MOST_INHERITED, MOST_STEPS } from '../store.ts';

/** A statement as a step on the way. K: how an engine names members. */
export interface Step<K> {
  /** Member → bits of Usage. */
  own: ReadonlyMap<K, number>;
  /** Id of what it refers to. */
  refersTo: string | undefined;
}

export interface Reach<K> {
  /** At least this is inherited. */
  required: ReadonlyMap<K, number>;
  /** And nothing more than this: in a circle a statement may inherit from itself. */
  allowed: ReadonlyMap<K, number>;
}

/** Undefined where it goes on for more steps, or to more members, than an engine has to follow. */
export function reachOf<K>(id: string, step: (id: string) => Step<K> | undefined): Reach<K> | undefined {
  const start = step(id);
  const required = new Map<K, number>();
  const seen = new Set([id]);
  let next = start?.refersTo;
  while (next !== undefined && !seen.has(next)) {
    if (seen.size > MOST_STEPS || required.size > MOST_INHERITED) return undefined;
    seen.add(next);
    const target = step(next);
    if (target) pass(target.own, required);
    next = target?.refersTo;
  }
  if (required.size > MOST_INHERITED) return undefined;
  if (next !== id || !start) return { required, allowed: required };
  const allowed = new Map(required);
  pass(start.own, allowed);
  return { required, allowed };
}

/** Whether what is inherited lies between the two. */
export function liesWithin<K>(inherited: ReadonlyMap<K, number>, { required, allowed }: Reach<K>): boolean {
  for (const [member, usage] of required) if (((inherited.get(member) ?? 0) & usage) !== usage) return false;
  for (const [member, usage] of inherited) if ((usage & ~(allowed.get(member) ?? 0)) !== 0) return false;
  return true;
}

/** To have been written by somebody is not passed on, only to be related to them. */
function pass<K>(from: ReadonlyMap<K, number>, to: Map<K, number>): void {
  for (const [member, usage] of from) {
    const passed = usage & Usage.OWNER ? (usage & ~Usage.OWNER) | Usage.RELATED : usage;
    to.set(member, (to.get(member) ?? 0) | passed);
  }
}
