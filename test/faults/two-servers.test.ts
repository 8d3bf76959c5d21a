import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { KEY, type RunningServer, SECRET, startServerAt } from '../e2e/server.ts';
import { onSharedEngines, type Place } from '../engines/index.ts';
import { query, statement } from '../lrs/resources/server.ts';
import { STATEMENTS_A_BATCH } from './lines.ts';

const HEADERS = {
  Authorization: `Basic ${Buffer.from(`${KEY}:${SECRET}`).toString('base64')}`,
  'X-Experience-API-Version': '1.0.3',
  'Content-Type': 'application/json',
};

const batchOf = (registration: string): object[] =>
  Array.from({ length: STATEMENTS_A_BATCH }, () => statement({ context: { registration } }));

onSharedEngines('two servers on one store', function (engine) {
  this.timeout(120_000);
  let place: Place;
  let folder: string;
  let servers: [RunningServer, RunningServer];
  before(async () => {
    place = await engine.place();
    folder = await mkdtemp(join(tmpdir(), 'livret-second-'));
    const [one, other] = await Promise.all([startServerAt(place), startServerAt({ ...place, folder })]);
    servers = [one, other];
  });
  after(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    await rm(folder, { recursive: true });
    await place.remove();
  });

  const call = (server: RunningServer, path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${server.url}${path}`, { ...init, headers: { ...HEADERS, ...init.headers } });
  const post = (server: RunningServer, body: unknown): Promise<Response> =>
    call(server, '/xapi/statements', { method: 'POST', body: JSON.stringify(body) });

  /** [id, batch] of every statement of a batch in the feed of a server, from its start to its present end. */
  async function feedOf(server: RunningServer): Promise<[string, string][]> {
    const text = await (await call(server, '/feed')).text();
    const statements = text.split('\n').flatMap((line) => (line === '' ? [] : (JSON.parse(line).statement ?? [])));
    return statements.flatMap(({ id, context }) => (context ? [[id, context.registration]] : []));
  }

  /** Ids of all statements up to a moment. */
  async function idsUntil(server: RunningServer, until: string): Promise<string[]> {
    const ids: string[] = [];
    for (let next = `/xapi/statements${query({ until, limit: '0', ascending: 'true' })}`; next !== ''; ) {
      const page = await (await call(server, next)).json();
      ids.push(...page.statements.map(({ id }: { id: string }) => id));
      next = page.more;
    }
    return ids;
  }

  it('store one of two statements that come with the same id at once, and say so to the other', async () => {
    for (let n = 0; n < 25; n++) {
      const id = randomUUID();
      const objects = servers.map((_, place) => ({ id: `http://example.org/${place}` }));
      const answers = await Promise.all(
        servers.map((server, place) => post(server, statement({ id, object: objects[place] ?? {} }))),
      );
      const statuses = answers.map(({ status }) => status);
      expect([...statuses].sort()).to.deep.equal([200, 409]);
      for (const server of servers) {
        const kept = await (await call(server, `/xapi/statements?statementId=${id}`)).json();
        expect(kept.object.id).to.equal(objects[statuses.indexOf(200)]?.id);
      }
    }
  });

  it('let one of two win that change the same version of a document at once', async () => {
    const path = `/xapi/activities/profile${query({ activityId: 'http://example.org/a', profileId: 'p' })}`;
    const put = (server: RunningServer, body: string, headers: Record<string, string>) =>
      call(server, path, { method: 'PUT', body, headers });
    await put(servers[0], '"start"', { 'If-None-Match': '*' });
    for (let n = 0; n < 25; n++) {
      const etag = (await call(servers[n % 2] ?? servers[0], path)).headers.get('etag') ?? '';
      const answers = await Promise.all(
        servers.map((server, place) => put(server, `"${n} of ${place}"`, { 'If-Match': etag })),
      );
      const statuses = answers.map(({ status }) => status);
      expect([...statuses].sort()).to.deep.equal([204, 412]);
      const winner = `"${n} of ${statuses.indexOf(204)}"`;
      for (const server of servers) expect(await (await call(server, path)).text()).to.equal(winner);
    }
  });

  it('count the failed logins of both together', async () => {
    const guess = (server: RunningServer, secret: string) =>
      call(server, '/xapi/statements', {
        headers: { Authorization: `Basic ${Buffer.from(`nobody:${secret}`).toString('base64')}` },
      });
    for (let n = 0; n < 20; n++) expect((await guess(servers[n % 2] ?? servers[0], `guess ${n}`)).status).to.equal(401);
    for (const server of servers) expect((await guess(server, 'another')).status).to.equal(429);
  });

  it('each give all that the other acknowledged, once, also when that one is killed; consistent-through never lies', async () => {
    const [doomed, other] = servers;
    const acknowledged: string[] = [];
    let writing = true;
    const writers = [doomed, doomed, doomed, other, other, other].map(async (server) => {
      while (writing) {
        const batch = randomUUID();
        const answer = await post(server, batchOf(batch)).catch(() => undefined);
        if (answer?.status === 200) acknowledged.push(batch);
        else if (answer === undefined) return;
      }
    });
    const vouched: { through: string; ids: string[] }[] = [];
    for (let n = 0; n < 10; n++) {
      await wait(100);
      const head = await call(other, '/xapi/statements', { method: 'HEAD' });
      const through = head.headers.get('x-experience-api-consistent-through') ?? '';
      vouched.push({ through, ids: await idsUntil(other, through) });
      if (n === 6) doomed.process.kill('SIGKILL');
    }
    writing = false;
    await Promise.all(writers);
    expect(acknowledged.length).to.be.greaterThan(20);
    let feed = await feedOf(other);
    const lacks = () => acknowledged.filter((batch) => !feed.some(([, of]) => of === batch));
    for (const deadline = Date.now() + 60_000; lacks().length > 0 && Date.now() < deadline; await wait(500)) {
      feed = await feedOf(other);
    }
    expect(lacks()).to.deep.equal([]);
    expect(new Set(feed.map(([id]) => id)).size, 'each once').to.equal(feed.length);
    const sizes = new Map<string, number>();
    for (const [, batch] of feed) sizes.set(batch, (sizes.get(batch) ?? 0) + 1);
    expect(new Set(sizes.values()), 'no half batch').to.deep.equal(new Set([STATEMENTS_A_BATCH]));
    for (const { through, ids } of vouched) expect(await idsUntil(other, through), through).to.deep.equal(ids);
  });
});
