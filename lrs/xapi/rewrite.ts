import { agentKey, isGroup } from './agents.ts';
import { transformJson } from './lossless.ts';
import type { Actor, Agent, Context, Statement, SubStatement } from './types.ts';

/**
 * Puts `replacement` in the place of every Agent and identified Group whose agentKey is among `keys`: as actor, object,
 * authority, instructor, team, context agent or group, member of any Group, and the same inside a SubStatement. Their
 * names go; a Group stays a Group, with its members. Nothing else changes, but white space. Takes and gives JSON text.
 */
export function rewriteAgents(text: string, keys: ReadonlySet<string>, replacement: Agent): string {
  const { name: _name, objectType: _objectType, ...identifier } = replacement;

  const actor = <T extends Actor>(old: T): T => {
    const key = agentKey(old);
    const found = key !== undefined && keys.has(key);
    const { name, mbox, mbox_sha1sum, openid, account, ...rest } = old;
    const renamed = (found ? { ...rest, ...identifier } : old) as T;
    return isGroup(renamed) && renamed.member !== undefined
      ? { ...renamed, member: renamed.member.map((member) => actor(member)) }
      : renamed;
  };

  const context = (old: Context): Context => ({
    ...old,
    ...(old.instructor && { instructor: actor(old.instructor) }),
    ...(old.team && { team: actor(old.team) }),
    ...(old.contextAgents && { contextAgents: old.contextAgents.map((it) => ({ ...it, agent: actor(it.agent) })) }),
    ...(old.contextGroups && { contextGroups: old.contextGroups.map((it) => ({ ...it, group: actor(it.group) })) }),
  });

  const object = (old: Statement['object']): Statement['object'] => {
    if (old.objectType === 'Agent' || old.objectType === 'Group') return actor(old);
    return old.objectType === 'SubStatement' ? statement(old) : old;
  };

  const statement = <T extends Statement | SubStatement>(old: T): T => ({
    ...old,
    actor: actor(old.actor),
    object: object(old.object),
    ...(old.context && { context: context(old.context) }),
    ...('authority' in old && old.authority && { authority: actor(old.authority) }),
  });

  return transformJson<Statement>(text, statement);
}
