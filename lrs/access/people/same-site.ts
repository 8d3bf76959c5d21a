/** Requests that change something must come from a page of ours: another site's form must not act for whoever is logged in here. */
import type { Request } from 'express';
import { LivretError } from '../../errors.ts';

const refused = (detail: string): LivretError => new LivretError('access.crossSite', { detail });

const hostOf = (origin: string): string => (URL.canParse(origin) ? new URL(origin).host : '');

/**
 * Throws `access.crossSite` unless the browser says that the request comes from this origin: by Sec-Fetch-Site (Fetch
 * Metadata), else by Origin (RFC 6454), which must name the host that was asked. Who sends neither is no browser of
 * today, and uses a key.
 */
export function requireSameOrigin(request: Request): void {
  const site = request.get('sec-fetch-site');
  const origin = request.get('origin');
  if (site !== undefined && site !== 'same-origin') throw refused(`It came from another site (${site.slice(0, 20)}).`);
  if (origin !== undefined && hostOf(origin) !== request.host) throw refused('Its Origin is another.');
  if (site === undefined && origin === undefined) throw refused('It says neither Sec-Fetch-Site nor Origin.');
}
