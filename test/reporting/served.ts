/** The part of reports served over HTTP, with people who are logged in. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { type HeldRole, respondError, type Scope } from '../../lrs/index.ts';
import { keyOf, type Site } from './site.ts';

export async function serve(site: Site) {
  const { sessions, recognise } = site.access.people;
  const app = express()
    .use(recognise)
    // A site that is opened again has another part.
    .use((request, response, next) => site.part.routes(request, response, next))
    .use(respondError(() => {}));
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    base,
    /** Headers of somebody by name; `roles` are those that an identity provider grants for the session. */
    async logIn(name: string, roles: HeldRole[] = []): Promise<Record<string, string>> {
      const person = (await site.directory.personByAgentKey(keyOf(name)))?.id ?? '';
      const { token } = await sessions.begin({ person, identifier: keyOf(name), roles, origin: { provider: 'test' } });
      return { cookie: `__Host-livret=${token}`, accept: 'application/json' };
    },
    /** Headers of who came by the link of the command line. */
    async byLink(): Promise<Record<string, string>> {
      const { token } = await sessions.begin({ roles: [{ role: 'administrator' }], origin: { provider: 'link' } });
      return { cookie: `__Host-livret=${token}`, accept: 'application/json' };
    },
    async key(...scopes: Scope[]): Promise<Record<string, string>> {
      const { key, secret } = await site.access.keys.add({ label: 'reader', scopes });
      return { authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}` };
    },
    async get(path: string, headers: Record<string, string> = {}) {
      const response = await fetch(base + path, { headers, redirect: 'manual' });
      const text = await response.text();
      return { status: response.status, headers: response.headers, text };
    },
    async json<T>(path: string, headers: Record<string, string>): Promise<T> {
      const response = await fetch(base + path, { headers });
      if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      return (await response.json()) as T;
    },
    /** Leaves the site open. */
    async stop(): Promise<void> {
      server.closeAllConnections();
      server.close();
    },
    async close(): Promise<void> {
      await this.stop();
      await site.close();
    },
  };
}

export type Served = Awaited<ReturnType<typeof serve>>;
