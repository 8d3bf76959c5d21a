/** What the tests of the running server send it. */
import { KEY, SECRET } from '../e2e/server.ts';

export const basic = (key: string, secret: string): string =>
  `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`;

export const AUTHORIZATION = basic(KEY, SECRET);

export const HEADERS = { Authorization: AUTHORIZATION, 'X-Experience-API-Version': '1.0.3' };

/** A statement without an id, as JSON. */
export const statementText = (name = 'ada'): string =>
  JSON.stringify({
    actor: { mbox: `mailto:${name}@example.org` },
    verb: { id: 'http://adlnet.gov/expapi/verbs/completed' },
    object: { id: 'https://example.org/course' },
  });

/** Posts statements; gives the answer. */
export const post = (url: string, body: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${url}/xapi/statements`, {
    method: 'POST',
    headers: { ...HEADERS, 'Content-Type': 'application/json', ...headers },
    body,
  });
