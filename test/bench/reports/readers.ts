/** People who are logged in. */
import { createDirectory } from '../../../lrs/directory/index.ts';
import { createAccess, type Store } from '../../../lrs/index.ts';
import { CORRESPONDENT, keyOf } from './ministry.ts';
import type { Asked, Reader } from './pages.ts';

/** What each shows: the token of a session, or a key. */
export type Readers = Record<Reader, { token: string } | { authorization: string }>;

/** `agent`: number of the person who asks about themselves. */
export async function logIn(store: Store, agent: number): Promise<Readers> {
  const directory = createDirectory(store);
  const settings = { siteUrl: 'http://127.0.0.1', requestsPerMinute: 0, failedLoginsPerMinute: 0 };
  const { people, keys } = await createAccess({ store, directory, settings });
  const begin = async (identifier: string) => {
    const person = (await directory.personByAgentKey(identifier))?.id ?? '';
    const origin = { provider: 'bench' };
    return { token: (await people.sessions.begin({ person, identifier, roles: [], origin })).token };
  };
  const link = await people.sessions.begin({ roles: [{ role: 'administrator' }], origin: { provider: 'link' } });
  const { key, secret } = await keys.add({ label: 'bench', scopes: ['reports/read'] });
  return {
    administrator: { token: link.token },
    correspondent: await begin(CORRESPONDENT),
    agent: await begin(keyOf(agent)),
    key: { authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}` },
  };
}

export interface Answered {
  /** Milliseconds to the last byte. */
  took: number;
  bytes: number;
}

/** As a browser shows it: over http the cookie of a session has the port of its site in its name. */
const shownTo = (base: string, reader: Readers[Reader]) =>
  'token' in reader ? { cookie: `livret-${new URL(base).port}=${reader.token}` } : reader;

/** Asks a server for a page. Rejects where it is not given. */
export async function ask(base: string, readers: Readers, { as, path, body }: Asked): Promise<Answered> {
  const started = performance.now();
  const response = await fetch(base + path, {
    redirect: 'manual',
    headers: { ...shownTo(base, readers[as]), ...(body && { 'content-type': 'application/json' }) },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${path}: ${response.status} ${text.slice(0, 500)}`);
  return { took: performance.now() - started, bytes: text.length };
}
