/** What tells programs what a digest is: one of a list, made by a machine, that can be stopped with one press. */
import { hash } from 'node:crypto';
import type { Mail } from '../../adapters/index.ts';
import type { Versioned } from '../../lrs/index.ts';
import { type Place, stopLink } from './compose.ts';
import type { Subscription } from './subscription.ts';

const hostOf = (url: string): string => new URL(url).hostname.replace(/^\[|\]$/g, '');

/**
 * List-Id (RFC 2919), Auto-Submitted (RFC 3834), List-Unsubscribe with its one-click form (RFC 2369, RFC 8058), and the
 * Message-ID: the same where a mail may go out twice.
 */
export function envelopeOf(
  place: Place,
  { id, value }: Versioned<Subscription>,
  due: string,
): Pick<Mail, 'id' | 'headers'> {
  const host = hostOf(place.url);
  return {
    id: `<digest.${hash('sha256', `${id} ${value.created} ${due}`).slice(0, 32)}@${host}>`,
    headers: {
      'List-Id': `<digests.${host}>`,
      'Auto-Submitted': 'auto-generated',
      'List-Unsubscribe': `<${stopLink(place, value)}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    },
  };
}
