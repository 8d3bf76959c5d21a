import { createHash, randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { onEachEngine } from '../../engines/index.ts';
import { type Call, query, TestServer, VERSIONS } from './server.ts';

const AGENT = { mbox: 'mailto:marie@example.org' };
const ACTIVITY = 'http://example.org/course';

const RESOURCES = {
  state: {
    path: '/activities/state',
    id: 'stateId',
    scope: () => ({ activityId: ACTIVITY, agent: AGENT, registration: randomUUID() }),
  },
  'activity profile': {
    path: '/activities/profile',
    id: 'profileId',
    scope: () => ({ activityId: `${ACTIVITY}/${randomUUID()}` }),
  },
  'agent profile': {
    path: '/agents/profile',
    id: 'profileId',
    scope: () => ({ agent: { mbox: `mailto:${randomUUID()}@example.org` } }),
  },
} as const;

const NEW = { 'If-None-Match': '*' };
const etagOf = (contents: string) => `"${createHash('sha1').update(contents).digest('hex')}"`;

onEachEngine('the document resources', (engine) => {
  let server: TestServer;
  before(async () => {
    server = await TestServer.start(engine);
  });
  after(() => server.stop());

  for (const version of VERSIONS) {
    for (const [name, { path, id, scope }] of Object.entries(RESOURCES)) {
      describe(`${name} in ${version}`, () => {
        /** One document of its own. */
        const fresh = () => {
          const owner: Record<string, string | object> = scope();
          const address = `${path}${query({ ...owner, [id]: 'one' })}`;
          const call = (method: string, body?: Call['body'], headers: Record<string, string> = {}) =>
            server.call(address, { method, version, headers, ...(body === undefined ? {} : { body }) });
          return {
            call,
            owner,
            put: (body: Call['body'], headers: Record<string, string> = {}) => call('PUT', body, headers),
            contents: async () => (await call('GET')).text(),
          };
        };

        it('keeps bytes and type, with the SHA-1 as ETag and the date', async () => {
          const { call, put } = fresh();
          const bytes = Buffer.from([0, 255, 13, 10, 128]);
          expect((await put(bytes, { ...NEW, 'Content-Type': 'image/png; x=1' })).status).to.equal(204);
          const got = await call('GET');
          expect(got.headers.get('content-type')).to.equal('image/png; x=1');
          expect(got.headers.get('etag')).to.equal(`"${createHash('sha1').update(bytes).digest('hex')}"`);
          expect(Date.parse(got.headers.get('last-modified') ?? '')).to.be.within(Date.now() - 10_000, Date.now());
          expect(Buffer.from(await got.arrayBuffer()).equals(bytes)).to.equal(true);
          expect(got.headers.get('content-security-policy')).to.include('sandbox');
          const head = await call('HEAD');
          expect([head.status, head.headers.get('etag'), await head.text()]).to.deep.equal([
            200,
            got.headers.get('etag'),
            '',
          ]);
        });

        it('takes a form as a document, and refuses JSON that is none', async () => {
          const { put, contents, call } = fresh();
          const form = { ...NEW, 'Content-Type': 'application/x-www-form-urlencoded' };
          expect((await put('a=1&b=2', form)).status).to.equal(204);
          expect(await contents()).to.equal('a=1&b=2');
          expect((await call('POST', 'c=3', form)).status).to.equal(412);
          expect((await call('POST', 'c=3', { 'Content-Type': 'application/x-www-form-urlencoded' })).status).to.equal(
            400,
          );
          const other = fresh();
          expect((await other.put('{', { ...NEW, 'Content-Type': 'application/json' })).status).to.equal(400);
          expect((await other.call('GET')).status).to.equal(404);
        });

        it('guards PUT by If-Match and If-None-Match', async () => {
          const { put, contents, call } = fresh();
          expect((await put('1', { 'If-Match': '"x"' })).status).to.equal(412);
          expect((await put('1', { 'If-Match': '*' })).status).to.equal(412);
          expect((await call('GET')).status).to.equal(404);
          expect((await put('1', NEW)).status).to.equal(204);
          expect((await put('2', NEW)).status).to.equal(412);
          expect((await put('2', { 'If-Match': '"x"' })).status).to.equal(412);
          expect(await contents()).to.equal('1');
          expect((await put('2', { 'If-Match': etagOf('1') })).status).to.equal(204);
          expect((await put('3', { 'If-Match': `"x", ${etagOf('2')}` })).status).to.equal(204);
          expect((await put('4', { 'If-Match': '*' })).status).to.equal(204);
          expect(await contents()).to.equal('4');
          expect((await put('5', { 'If-Match': 'nonsense "' })).status).to.equal(400);
        });

        it('guards POST and DELETE by If-Match', async () => {
          const { put, call, contents } = fresh();
          await put({ a: 1 }, NEW);
          for (const method of ['POST', 'DELETE']) {
            const body = method === 'POST' ? { b: 1 } : undefined;
            expect((await call(method, body, { 'If-Match': '"x"' })).status).to.equal(412);
            expect(await contents()).to.equal('{"a":1}');
          }
          expect((await call('POST', { b: 2 }, { 'If-Match': etagOf('{"a":1}') })).status).to.equal(204);
          const { headers } = await call('GET');
          expect((await call('DELETE', undefined, { 'If-Match': headers.get('etag') ?? '' })).status).to.equal(204);
          expect((await call('GET')).status).to.equal(404);
          expect((await call('DELETE')).status).to.equal(204);
        });

        it('lets exactly one of many writers at once through', async () => {
          const { put } = fresh();
          const first = await Promise.all(Array.from({ length: 8 }, (_, n) => put(`${n}`, NEW)));
          expect(first.filter(({ status }) => status === 204).length).to.equal(1);
          expect(first.filter(({ status }) => status === 412).length).to.equal(7);
        });

        it('answers PUT without a condition as its version says', async () => {
          const { put, contents } = fresh();
          const lenient = name === 'state' && version === '1.0.3';
          const strict = name !== 'state' && version === '1.0.3';
          expect((await put('1')).status).to.equal(strict ? 400 : 204);
          if (strict) await put('1', NEW);
          const again = await put('2');
          expect(again.status).to.equal(lenient ? 204 : 409);
          if (!lenient) expect((await again.json()).error.message).to.match(/If-Match/);
          expect(await contents()).to.equal(lenient ? '2' : '1');
        });

        it('merges the top level on POST, and only JSON objects', async () => {
          const { call, contents } = fresh();
          expect((await call('POST', { car: { make: 'Ford', model: 'Escape' }, driver: 'Dale' })).status).to.equal(204);
          expect((await call('POST', { car: { make: 'Dodge' }, series: 1 })).status).to.equal(204);
          const merged = { car: { make: 'Dodge' }, driver: 'Dale', series: 1 };
          expect(JSON.parse(await contents())).to.deep.equal(merged);
          expect((await call('GET')).headers.get('content-type')).to.match(/^application\/json/);
          const type = { 'Content-Type': 'application/json' };
          for (const [body, headers] of [
            ['[1]', type],
            ['1', type],
            ['{', type],
            ['{"a":1}', { 'Content-Type': 'text/plain' }],
          ] as const) {
            const refused = await call('POST', body, headers);
            expect([refused.status, JSON.parse(await contents())], body).to.deep.equal([400, merged]);
          }
        });

        it('does not stumble over a bottomless document', async () => {
          const { put, call } = fresh();
          const deep = `{"a":${'['.repeat(300_000)}${']'.repeat(300_000)}}`;
          const type = { 'Content-Type': 'application/json' };
          expect((await put(deep, { ...NEW, ...type })).status).to.equal(204);
          expect((await call('POST', { b: 1 })).status).to.equal(204);
          expect((await call('DELETE')).status).to.equal(204);
        });

        it('does not merge into what is not a JSON object', async () => {
          for (const [body, type] of [
            ['[1]', 'application/json'],
            ['{"a":1}', 'text/plain'],
          ] as const) {
            const { put, call, contents } = fresh();
            await put(body, { ...NEW, 'Content-Type': type });
            const refused = await call('POST', { b: 1 });
            expect([refused.status, (await refused.json()).error.code]).to.deep.equal([400, 'document.merge']);
            expect(await contents()).to.equal(body);
          }
        });

        it('lists ids, since a time too', async () => {
          const owner: Record<string, string | object> = scope();
          const list = (more: Record<string, string> = {}) =>
            server.json(`${path}${query({ ...owner, ...more })}`, { version });
          expect(await list()).to.deep.equal([]);
          for (const each of ['b', 'a é&=', 'c'])
            await server.call(`${path}${query({ ...owner, [id]: each })}`, {
              method: 'PUT',
              body: '1',
              headers: NEW,
              version,
            });
          expect(await list()).to.have.members(['a é&=', 'b', 'c']);
          expect(await list({ since: '2020-01-01T00:00:00Z' })).to.have.members(['a é&=', 'b', 'c']);
          expect(await list({ since: new Date(Date.now() + 60_000).toISOString() })).to.deep.equal([]);
          expect((await server.call(`${path}${query({ ...owner, since: 'x' })}`, { version })).status).to.equal(400);
        });

        it('needs its parameters, and no others', async () => {
          const owner: Record<string, string | object> = scope();
          const good: Record<string, string | object> = { ...owner, [id]: 'one' };
          const status = async (parameters: Record<string, string | object>, method = 'GET') =>
            (
              await server.call(`${path}${query(parameters)}`, {
                method,
                version,
                ...(method === 'PUT' && { body: '1', headers: NEW }),
              })
            ).status;
          for (const key of Object.keys(good).filter((each) => each !== 'registration')) {
            const { [key]: _, ...rest } = good;
            expect(await status(rest, 'PUT'), key).to.equal(400);
            if (key !== id) expect(await status(rest), key).to.equal(400);
          }
          expect(await status({ ...good, foo: '1' })).to.equal(400);
          expect(await status({ ...good, [id]: '' }, 'PUT')).to.equal(400);
          expect(await status({ ...good, since: '2020-01-01T00:00:00Z' }, 'PUT')).to.equal(400);
          if ('agent' in good) expect(await status({ ...good, agent: { name: 'nobody' } })).to.equal(400);
          if ('activityId' in good) expect(await status({ ...good, activityId: 'x' })).to.equal(400);
          if ('registration' in good) expect(await status({ ...good, registration: 'x' })).to.equal(400);
          expect(await status(good)).to.equal(404);
        });

        it('takes no document above the limit (413)', async () => {
          const { put, call } = fresh();
          expect((await put('x'.repeat(1_000_001), NEW)).status).to.equal(413);
          expect((await call('GET')).status).to.equal(404);
        });
      });
    }

    it(`state: deletes all of a registration, and keeps those of others and of none (${version})`, async () => {
      const agent = { mbox: `mailto:${randomUUID()}@example.org` };
      const [one, two] = [randomUUID(), randomUUID()];
      const at = (more: Record<string, string> = {}) =>
        `/activities/state${query({ activityId: ACTIVITY, agent, ...more })}`;
      const put = (more: Record<string, string>) =>
        server.call(at(more), { method: 'PUT', body: '1', headers: NEW, version });
      await put({ stateId: 'a', registration: one });
      await put({ stateId: 'b', registration: one });
      await put({ stateId: 'a', registration: two });
      await put({ stateId: 'a' });
      expect(
        (await server.call(at({ registration: one.toUpperCase() }), { method: 'DELETE', version })).status,
      ).to.equal(204);
      expect(await server.json(at({ registration: one }), { version })).to.deep.equal([]);
      expect(await server.json(at({ registration: two }), { version })).to.deep.equal(['a']);
      expect(await server.json(at(), { version })).to.deep.equal(['a']);
    });
  }

  it('profiles are not deleted without an id', async () => {
    for (const path of [
      `/activities/profile${query({ activityId: ACTIVITY })}`,
      `/agents/profile${query({ agent: AGENT })}`,
    ])
      expect((await server.call(path, { method: 'DELETE' })).status).to.equal(400);
  });

  it('stateId and since do not go together in 2.0', async () => {
    const path = `/activities/state${query({ activityId: ACTIVITY, agent: AGENT, stateId: 'x', since: '2020-01-01T00:00:00Z' })}`;
    expect((await server.call(path, { version: '2.0.0' })).status).to.equal(400);
    expect((await server.call(path, { version: '1.0.3' })).status).to.equal(404);
  });

  it('agents, activities and About answer as the standard says', async () => {
    const account = { homePage: 'http://example.org', name: 'x' };
    expect(
      await server.json(`/agents${query({ agent: { objectType: 'Agent', name: 'Zoé', account } })}`),
    ).to.deep.equal({
      objectType: 'Person',
      name: ['Zoé'],
      account: [account],
    });
    const activityId = `http://example.org/${randomUUID()}`;
    const bare = { objectType: 'Activity', id: activityId };
    expect(await server.json(`/activities${query({ activityId })}`)).to.deep.equal(bare);
    expect((await server.json('/about')).version).to.deep.equal(['1.0.3', '2.0.0']);
    expect(Object.keys(await server.json('/about'))).to.have.members(['version', 'extensions']);
  });
});
