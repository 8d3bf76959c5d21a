/** The entries of a directory, page by page (RFC 2696). */
import type { Client, Entry } from 'ldapts';
import { hasCode, LivretError } from '../../../lrs/index.ts';
import { reasonOf } from './connect.ts';
import type { Limits, PageMeter } from './limits.ts';
import type { LdapSettings } from './settings.ts';

const failed = (detail: string, cause?: unknown): LivretError => new LivretError('people.ldap', { detail, cause });

export interface SearchOptions {
  elsewhere(referral: string): void;
  limits: Limits;
  /** Of the client's connection. */
  meter: PageMeter;
}

/**
 * Gives every entry that the filter finds. Rejects `people.ldap` rather than to end early: where the server refuses or goes
 * away, finds nobody, or goes on beyond the limits. `elsewhere` is told about parts of the answer that are on other servers: referrals are not followed.
 */
export async function* search(
  client: Client,
  settings: LdapSettings,
  { elsewhere, limits, meter }: SearchOptions,
): AsyncGenerator<Entry> {
  const { base, scope, filter, pageSize } = settings;
  const attributes = [...new Set(Object.values(settings.attributes) as string[])];
  let found = 0;
  let pages = 0;
  let last = 0;
  let empty = 0;
  const begun = performance.now();
  meter.nextPage();
  try {
    const options = { scope, filter, attributes, derefAliases: 'never', paged: { pageSize } } as const;
    for await (const { searchEntries, searchReferences } of client.searchPaginated(base, options)) {
      searchReferences.forEach(elsewhere);
      last = searchEntries.length;
      found += last;
      pages += 1;
      empty = last === 0 ? empty + 1 : 0;
      if (found > limits.entries) throw failed(`It has more than ${limits.entries} entries: does it ever end?`);
      if (empty > limits.emptyPages) throw failed(`More than ${limits.emptyPages} pages have nobody on them.`);
      if (performance.now() - begun > limits.duration) throw failed('Reading it takes too long: does it ever end?');
      yield* searchEntries;
      meter.nextPage();
    }
  } catch (error) {
    if (meter.exceeded) throw failed(`A page has more than ${limits.pageBytes} bytes: try a smaller pageSize.`, error);
    throw hasCode(error, 'people.ldap') ? error : failed(reasonOf(error), error);
  }
  if (found === 0) throw failed('Nobody is found by this base and filter.');
  // ldapts ends at an empty page, which may not be the last one (RFC 2696 allows for it).
  if (pages > 1 && last === 0) throw failed('The server gave an empty page: is there more? Try another pageSize.');
}
