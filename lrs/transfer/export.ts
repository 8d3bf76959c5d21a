/** statements.export: everything GET /statements would give, a statement a line. */

import { LivretError } from '../errors.ts';
import { readStatementRequest } from '../resources/statement-request.ts';
import type { StatementPage, Store } from '../store/store.ts';
import type { XapiVersion } from '../xapi/types.ts';

const PAGE = 500;

/**
 * Every statement that answers the query string of a GET /statements, one JSON text on one line each, in its exact form.
 * `limit` counts over all; without it there is no end to it. Throws LivretError, Refusal when the query is not right.
 */
export async function* exportStatements(
  store: Store,
  queryString: string,
  version: XapiVersion,
): AsyncGenerator<string, void, void> {
  const most = Number.MAX_SAFE_INTEGER;
  const request = readStatementRequest(`/statements?${queryString}`, version, { default: most, max: most });
  if (request.kind !== 'list') throw new LivretError('request.parameter', { detail: 'An export takes filters.' });
  let left = request.query.limit;
  let after = request.query.after;
  while (left > 0) {
    const query = { ...request.query, limit: Math.min(PAGE, left), ...(after === undefined ? {} : { after }) };
    const page: StatementPage = await store.statements.find(query);
    for (const { text } of page.statements) yield onOneLine(Buffer.from(text).toString('utf8'));
    left -= page.statements.length;
    if (page.next === undefined) return;
    after = page.next;
  }
}

/** JSON has line breaks only between its tokens, where a blank means the same. */
const onOneLine = (text: string): string => (/[\r\n]/.test(text) ? text.replace(/[\r\n]+/g, ' ') : text);
