/** Identifiers as people read and type them. */
import { isAddress, isEmail } from '../../directory/index.ts';
import { agentFromKey, agentKey } from '../../xapi/index.ts';

export const KINDS = ['account', 'mbox', 'mbox_sha1sum', 'openid'] as const;
export type Kind = (typeof KINDS)[number];

export interface Shown {
  kind: Kind;
  value: string;
  /** Of an account. */
  homePage?: string;
}

/** An agent key in parts. */
export function shownIdentifier(key: string): Shown {
  const { account, mbox, mbox_sha1sum: sum, openid } = agentFromKey(key);
  if (account) return { kind: 'account', value: account.name, homePage: account.homePage };
  if (mbox !== undefined) return { kind: 'mbox', value: mbox.replace(/^mailto:/, '') };
  if (sum !== undefined) return { kind: 'mbox_sha1sum', value: sum };
  return { kind: 'openid', value: openid ?? '' };
}

/** The agent key of what was typed; undefined where it is none. */
export function typedIdentifier({ kind, value, homePage }: { kind: string; value: string; homePage: string }) {
  const objectType = 'Agent' as const;
  if (value === '' || value.length > 500) return undefined;
  switch (kind) {
    case 'account':
      return isAddress(homePage) ? agentKey({ objectType, account: { homePage, name: value } }) : undefined;
    case 'mbox':
      return isEmail(value) ? agentKey({ objectType, mbox: `mailto:${value}` }) : undefined;
    case 'mbox_sha1sum':
      return /^[\da-f]{40}$/i.test(value) ? agentKey({ objectType, mbox_sha1sum: value }) : undefined;
    case 'openid':
      return isAddress(value) ? agentKey({ objectType, openid: value }) : undefined;
    default:
      return undefined;
  }
}
