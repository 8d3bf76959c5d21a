/** One text for each identifier of an Agent or Group: what members are looked up by, and what documents are kept under. */
import type { Actor, Agent, Group } from './types.ts';

/** "The domain portions of email addresses are case insensitive" (Data 2.4.2.3). */
export function comparableMbox(mbox: string): string {
  const at = mbox.lastIndexOf('@');
  return mbox.slice(0, at) + mbox.slice(at).toLowerCase();
}

/**
 * The key of an Agent or identified Group: `mbox:mailto:…`, `mbox_sha1sum:…`, `openid:…` or `account:<homePage>|<name>`
 * (an IRI holds no `|`). Undefined for an anonymous Group. Agents that the standard says are the same have the same key.
 */
export function agentKey(actor: Actor): string | undefined {
  if (actor.account !== undefined) return `account:${actor.account.homePage}|${actor.account.name}`;
  if (actor.mbox !== undefined) return `mbox:${comparableMbox(actor.mbox)}`;
  if (actor.mbox_sha1sum !== undefined) return `mbox_sha1sum:${actor.mbox_sha1sum.toLowerCase()}`;
  if (actor.openid !== undefined) return `openid:${actor.openid}`;
  return undefined;
}

/** An Agent with the identifier of that key. Throws TypeError where it is no agent key. */
export function agentFromKey(key: string): Agent {
  const colon = key.indexOf(':');
  const kind = key.slice(0, colon);
  const value = key.slice(colon + 1);
  const objectType = 'Agent';
  switch (kind) {
    case 'account': {
      const bar = value.indexOf('|');
      if (bar === -1) break;
      return { objectType, account: { homePage: value.slice(0, bar), name: value.slice(bar + 1) } };
    }
    case 'mbox':
      return { objectType, mbox: value };
    case 'mbox_sha1sum':
      return { objectType, mbox_sha1sum: value };
    case 'openid':
      return { objectType, openid: value };
  }
  throw new TypeError('not an agent key');
}

export const isGroup = (actor: Actor): actor is Group => actor.objectType === 'Group';

/**
 * The key of an authority: agentKey, or for the anonymous Group of an application and its user (Data 2.4.9) a key made
 * of both, in either order.
 */
export function authorityKey(authority: Actor): string {
  const key = agentKey(authority);
  if (key !== undefined) return key;
  const members = isGroup(authority) ? (authority.member ?? []) : [];
  return `group:${JSON.stringify(members.map((member) => agentKey(member) ?? '').sort())}`;
}
