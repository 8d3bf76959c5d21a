/** Who is calling, and what they may do. */
import type { Actor } from '../xapi/types.ts';

/** Scopes of xAPI 1.0.3 (Communication 4.2) and Livret's own for what the standard does not name: the feed and reports. */
export const SCOPES = [
  'statements/write',
  'statements/read/mine',
  'statements/read',
  'state',
  'profile',
  'define',
  'all/read',
  'all',
  'feed/read',
  'reports/read',
  'packages/read',
] as const;

export type Scope = (typeof SCOPES)[number];

export interface Principal {
  /** Id of the key, or subject of the token; never the secret. */
  id: string;
  kind: 'key' | 'token' | 'console';
  scopes: ReadonlySet<Scope>;
  /** What the LRS sets as `authority` of the statements this principal writes. */
  authority: Actor;
  /** agentKey(authority): what statements/read/mine is limited to. */
  authorityKey: string;
}

/** True when the principal holds one of the scopes, or `all`. `all/read` stands for the reading scopes of the standard, not for the feed or reports. */
export function may(principal: Principal, anyOf: readonly Scope[]): boolean {
  return principal.scopes.has('all') || anyOf.some((scope) => principal.scopes.has(scope));
}
