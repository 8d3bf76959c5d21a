import { once } from 'node:events';
import { connect } from 'node:net';
import { expect } from 'chai';
import { onEachEngine } from '../../engines/index.ts';
import { query, statement, TestServer, VERSIONS } from './server.ts';

const RESOURCES = [
  '/statements',
  '/activities/state',
  '/activities/profile',
  '/agents/profile',
  '/activities',
  '/agents',
];

onEachEngine('xAPI over HTTP', (engine) => {
  let server: TestServer;
  before(async () => {
    server = await TestServer.start(engine);
  });
  after(() => server.stop());

  describe('versions', () => {
    it('are demanded by every resource but About, and the fallback is said on the refusal', async () => {
      for (const path of RESOURCES) {
        for (const version of ['', '0.95', '1.1.0', '2.1.0', '3.0.0']) {
          const response = await server.call(path, { version });
          expect(response.status, `${path} ${version}`).to.equal(400);
          expect(response.headers.get('x-experience-api-version')).to.equal('1.0.3');
          expect((await response.json()).error.code).to.equal('request.version');
        }
      }
      for (const version of ['', '0.95', '2.1.0'])
        expect((await server.call('/about', { version })).status).to.equal(200);
    });

    it('answer with the latest patch of what was asked for, on errors too', async () => {
      for (const [asked, said] of [
        ['1.0', '1.0.3'],
        ['1.0.1', '1.0.3'],
        ['1.0.2', '1.0.3'],
        ['2.0', '2.0.0'],
        ['2.0.0', '2.0.0'],
      ]) {
        for (const path of ['/statements', '/statements?foo=bar', '/nowhere', '/about']) {
          const response = await server.call(path, { version: asked ?? '' });
          expect(response.headers.get('x-experience-api-version'), `${asked} ${path}`).to.equal(said);
        }
      }
    });

    it('fall back to 2.0.0 where the site says so', async () => {
      const modern = await TestServer.start(engine, { fallbackVersion: '2.0.0' });
      const response = await modern.call('/statements', { version: '' });
      expect([response.status, response.headers.get('x-experience-api-version')]).to.deep.equal([400, '2.0.0']);
      await modern.stop();
    });
  });

  describe('credentials', () => {
    it('are needed everywhere but at About', async () => {
      for (const path of [...RESOURCES, '//feed']) {
        const response = await server.call(path, { authorization: '' });
        expect(response.status, path).to.equal(401);
        expect(response.headers.get('www-authenticate')).to.match(/^Basic /);
      }
      expect((await server.call('/about', { authorization: '' })).status).to.equal(200);
    });

    it('are refused with 401 when wrong or malformed, and nothing is stored (XAPI-00334)', async () => {
      const body = statement();
      const wrong = `Basic ${Buffer.from('RobCIsNot:AUserOnThisLRS').toString('base64')}`;
      for (const authorization of [wrong, 'Basic:Um9iOg==', 'Basic', 'Nonsense x']) {
        const response = await server.call('/statements', { method: 'POST', body, authorization });
        expect(response.status, authorization).to.equal(401);
      }
      expect((await server.call(`/statements?statementId=${body.id}`)).status).to.equal(404);
    });

    it('need the scope for what they are used for', async () => {
      const agent = { mbox: 'mailto:marie@example.org' };
      const state = `/activities/state${query({ activityId: 'http://example.org/a', agent, stateId: 's' })}`;
      const profile = `/agents/profile${query({ agent, profileId: 'p' })}`;
      const put = { method: 'PUT', body: '{}', headers: { 'If-None-Match': '*' } };
      const post = { method: 'POST', body: statement() };
      const allowed = async (path: string, authorization: string, call = {}) =>
        (await server.call(path, { ...call, authorization })).status !== 403;
      const table: [Parameters<TestServer['key']>[0], Record<string, boolean>][] = [
        [
          'statements/write',
          { write: true, read: false, state: false, putState: false, profile: false, putProfile: false, feed: false },
        ],
        [
          'statements/read',
          { write: false, read: true, state: false, putState: false, profile: false, putProfile: false, feed: false },
        ],
        [
          'statements/read/mine',
          { write: false, read: true, state: false, putState: false, profile: false, putProfile: false, feed: false },
        ],
        [
          'state',
          { write: false, read: false, state: true, putState: true, profile: false, putProfile: false, feed: false },
        ],
        [
          'profile',
          { write: false, read: false, state: false, putState: false, profile: true, putProfile: true, feed: false },
        ],
        [
          'all/read',
          { write: false, read: true, state: true, putState: false, profile: true, putProfile: false, feed: false },
        ],
        [
          'feed/read',
          { write: false, read: false, state: false, putState: false, profile: false, putProfile: false, feed: true },
        ],
        ['all', { write: true, read: true, state: true, putState: true, profile: true, putProfile: true, feed: true }],
      ];
      for (const [scope, expected] of table) {
        const key = await server.key(scope);
        const found = {
          write: await allowed('/statements', key, post),
          read: await allowed('/statements', key),
          state: await allowed(state, key),
          putState: await allowed(state, key, put),
          profile: await allowed(profile, key),
          putProfile: await allowed(profile, key, put),
          feed: await allowed('//feed', key),
        };
        expect(found, scope).to.deep.equal(expected);
      }
    });
  });

  describe('cross-origin', () => {
    it('preflights are answered without credentials or version', async () => {
      for (const path of [...RESOURCES, '/about', '/statements/']) {
        const response = await server.call(path, {
          method: 'OPTIONS',
          version: '',
          authorization: '',
          headers: { Origin: 'https://content.example', 'Access-Control-Request-Method': 'PUT' },
        });
        expect(response.status, path).to.equal(204);
        expect(response.headers.get('access-control-allow-origin')).to.equal('*');
        expect(response.headers.get('access-control-allow-methods')).to.include('PUT').and.include('DELETE');
        const headers = response.headers.get('access-control-allow-headers')?.toLowerCase();
        for (const needed of 'authorization,content-type,x-experience-api-version,if-match,if-none-match,accept-language'.split(
          ',',
        ))
          expect(headers).to.include(needed);
      }
    });

    it('answers, refusals too, show the headers that content reads', async () => {
      for (const call of [{}, { authorization: '' }, { version: '' }]) {
        const response = await server.call('/statements', call);
        expect(response.headers.get('access-control-allow-origin')).to.equal('*');
        const exposed = response.headers.get('access-control-expose-headers')?.toLowerCase();
        for (const needed of 'etag,last-modified,x-experience-api-version,x-experience-api-consistent-through'.split(
          ',',
        ))
          expect(exposed).to.include(needed);
      }
    });
  });

  describe('addresses and methods', () => {
    it('tolerate a slash at the end', async () => {
      expect((await server.call('/statements/')).status).to.equal(200);
      expect((await server.call('/statements/?limit=1')).status).to.equal(200);
      expect((await server.call('/about/')).status).to.equal(200);
    });

    it('are 404 where there is nothing, and 405 with Allow where another method would do', async () => {
      for (const path of ['/nowhere', '/Statements', '/', '/statements/1']) {
        const response = await server.call(path);
        expect([response.status, (await response.json()).error.code], path).to.deep.equal([404, 'request.path']);
      }
      const response = await server.call('/statements', { method: 'DELETE' });
      expect(response.status).to.equal(405);
      expect(response.headers.get('allow')?.split(', ')).to.have.members(['POST', 'PUT', 'GET', 'HEAD', 'OPTIONS']);
      expect((await server.call('/agents', { method: 'POST', body: {} })).headers.get('allow')).to.equal(
        'GET, HEAD, OPTIONS',
      );
    });

    it('answer HEAD as GET, without the body', async () => {
      const body = statement();
      await server.call('/statements', { method: 'POST', body });
      for (const path of [
        `/statements?statementId=${body.id}`,
        '/statements',
        '/about',
        '/nowhere',
        '/statements?foo=1',
      ]) {
        const head = await server.call(path, { method: 'HEAD' });
        const get = await server.call(path);
        expect(head.status, path).to.equal(get.status);
        expect(await head.text()).to.equal('');
        for (const name of ['content-type', 'last-modified', 'etag'])
          expect(head.headers.get(name), `${path} ${name}`).to.equal(get.headers.get(name));
      }
    });
  });

  describe('errors', () => {
    it('name the code, the JSON pointer, the rule and the request', async () => {
      const response = await server.call('/statements', {
        method: 'POST',
        body: [statement(), statement({ actor: { mbox: 'marie@example.org' } })],
        headers: { 'X-Request-Id': 'abc-1' },
      });
      expect(response.status).to.equal(400);
      expect(response.headers.get('content-type')).to.match(/^application\/json/);
      const { error } = await response.json();
      expect(error).to.include({ code: 'statement.invalid', pointer: '/1/actor/mbox', requestId: 'abc-1' });
      expect(error.rule).to.match(/mailto/);
      expect(JSON.stringify(error)).not.to.include('marie');
    });

    it('that are ours say nothing of what is inside, and are reported', async () => {
      const broken = await TestServer.start(engine);
      await broken.closeStore();
      const response = await broken.call('/statements');
      expect(response.status).to.be.within(500, 503);
      expect((await response.json()).error).to.have.all.keys('code', 'message', 'requestId');
      expect(broken.reported.length).to.equal(1);
      await broken.stop();
    });
  });

  describe('bodies', () => {
    const big = statement({ object: { id: `http://example.org/${'x'.repeat(1_100_000)}` } });

    it('that are too large are refused with 413, and the connection goes on', async () => {
      const response = await server.call('/statements', { method: 'POST', body: big });
      expect(response.status).to.equal(413);
      expect((await response.json()).error.code).to.equal('request.tooLarge');
      expect((await server.call(`/statements?statementId=${big.id}`)).status).to.equal(404);
    });

    it('that are too large are refused also when no length was declared', async () => {
      const bytes = Buffer.from(JSON.stringify(big));
      const body = new ReadableStream({
        start(controller) {
          for (let at = 0; at < bytes.length; at += 65_536) controller.enqueue(bytes.subarray(at, at + 65_536));
          controller.close();
        },
      });
      const headers = { 'Content-Type': 'application/json' };
      expect((await server.call('/statements', { method: 'POST', body, headers })).status).to.equal(413);
    });

    it('that are refused in the middle leave a connection that can be used again', async () => {
      const socket = connect(Number(new URL(server.origin).port), '127.0.0.1');
      const head = async (...more: string[]) =>
        [
          'POST /xapi/statements HTTP/1.1',
          'Host: x',
          'X-Experience-API-Version: 1.0.3',
          `Authorization: ${await server.key('all')}`,
          'Content-Type: application/json',
          ...more,
          '\r\n',
        ].join('\r\n');
      const chunk = `${(1_000_000).toString(16)}\r\n${' '.repeat(1_000_000)}\r\n`;
      socket.write(`${await head('Transfer-Encoding: chunked')}${chunk.repeat(5)}0\r\n\r\n`);
      socket.write(`${await head('Content-Length: 2')}[]`);
      let answers = '';
      for await (const answer of socket) {
        answers += answer;
        if (answers.endsWith('\r\n\r\n[]')) break;
      }
      expect(answers.match(/HTTP\/1\.1 \d+/g)).to.deep.equal(['HTTP/1.1 413', 'HTTP/1.1 200']);
    });

    it('with more statements than the limit are refused with 413', async () => {
      const body = Array.from({ length: 101 }, () => statement());
      expect((await server.call('/statements', { method: 'POST', body })).status).to.equal(413);
      expect((await server.call('/statements', { method: 'POST', body: body.slice(0, 100) })).status).to.equal(200);
    });

    it('that are compressed are refused', async () => {
      const headers = { 'Content-Encoding': 'gzip' };
      expect((await server.call('/statements', { method: 'POST', body: statement(), headers })).status).to.equal(400);
    });

    it('whose sender goes away store nothing', async () => {
      const sent = statement();
      const body = JSON.stringify(sent);
      const socket = connect(Number(new URL(server.origin).port), '127.0.0.1');
      const head = [
        'POST /xapi/statements HTTP/1.1',
        'Host: x',
        'X-Experience-API-Version: 1.0.3',
        `Authorization: ${await server.key('all')}`,
        'Content-Type: application/json',
        `Content-Length: ${body.length + 10}`,
      ];
      socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
      socket.destroy();
      await once(socket, 'close');
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect((await server.call(`/statements?statementId=${sent.id}`)).status).to.equal(404);
      expect(server.reported).to.deep.equal([]);
    });
  });

  describe('the alternate request syntax', () => {
    const form = (fields: Record<string, string>) => ({
      method: 'POST',
      body: new URLSearchParams(fields).toString(),
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    });

    it('carries method, headers, parameters and content in 1.0.3', async () => {
      const sent = statement({ object: { id: 'http://example.org/é?a=1&b=2+3' } });
      const fields = {
        statementId: sent.id,
        content: JSON.stringify(sent),
        Authorization: await server.key('all'),
        'X-Experience-API-Version': '1.0.3',
        'Content-Type': 'application/json',
      };
      const anonymous = { version: '', authorization: '' };
      expect((await server.call('/statements?method=PUT', { ...form(fields), ...anonymous })).status).to.equal(204);
      const { statementId, Authorization, 'X-Experience-API-Version': version } = fields;
      const got = await server.json('/statements?method=GET', {
        ...form({ statementId, Authorization, 'X-Experience-API-Version': version }),
        ...anonymous,
      });
      expect(got.object.id).to.equal(sent.object?.['id' as never]);
    });

    it('works for documents and their conditions', async () => {
      const agent = JSON.stringify({ mbox: 'mailto:alt@example.org' });
      const fields = { agent, profileId: 'p', content: '{"a":1}', 'If-None-Match': '*' };
      expect((await server.call('/agents/profile?method=PUT', form(fields))).status).to.equal(204);
      expect((await server.call('/agents/profile?method=PUT', form(fields))).status).to.equal(412);
      expect((await server.call('/agents/profile?method=DELETE', form({ agent, profileId: 'p' }))).status).to.equal(
        204,
      );
      expect((await server.call('/agents/profile?method=GET', form({ agent, profileId: 'p' }))).status).to.equal(404);
    });

    it('takes no key that a browser adds by itself to the form of another page', async () => {
      const sent = statement();
      const content = { statementId: sent.id, content: JSON.stringify(sent) };
      const call = form({ ...content, 'X-Experience-API-Version': '1.0.3' });
      const forged = { ...call, version: '', headers: { ...call.headers, Origin: 'https://elsewhere.example' } };
      expect((await server.call('/statements?method=PUT', forged)).status).to.equal(401);
      expect((await server.call(`/statements?statementId=${sent.id}`)).status).to.equal(404);
    });

    it('is refused with other parameters in the address, without content, twice the same field, an unknown method', async () => {
      const sent = statement();
      const fields = { statementId: sent.id, content: JSON.stringify(sent) };
      const calls: [string, ReturnType<typeof form>][] = [
        [`/statements?method=PUT&statementId=${sent.id}`, form(fields)],
        ['/statements?method=PUT', form({ statementId: sent.id })],
        ['/statements?method=PATCH', form(fields)],
        ['/statements?method=put', form(fields)],
        ['/statements?method=PUT', { ...form(fields), body: `${form(fields).body}&statementId=${sent.id}` }],
        ['/statements?method=PUT', { ...form(fields), headers: { 'Content-Type': 'application/json' } }],
        ['/statements?method=PUT', form({ ...fields, unknown: '1' })],
        ['/statements?method=PUT', form({ ...fields, 'X-Experience-API-Version': '0.8' })],
      ];
      for (const [path, call] of calls) expect((await server.call(path, call)).status, path).to.equal(400);
      expect((await server.call('/statements?method=POST', { method: 'PUT', body: sent })).status).to.equal(400);
      expect((await server.call(`/statements?statementId=${sent.id}`)).status).to.equal(404);
    });

    it('is no part of 2.0, in the header or in the form', async () => {
      const sent = statement();
      const fields = { statementId: sent.id, content: JSON.stringify(sent) };
      for (const call of [
        { ...form(fields), version: '2.0.0' },
        { ...form({ ...fields, 'X-Experience-API-Version': '2.0.0' }), version: '' },
      ]) {
        expect((await server.call('/statements?method=PUT', call)).status).to.equal(400);
      }
    });
  });

  for (const version of VERSIONS) {
    it(`reads parameters strictly (${version})`, async () => {
      for (const path of [
        '/statements?foo=bar',
        '/statements?Verb=http://example.org/v',
        '/statements?verb=http://example.org/v&verb=http://example.org/v',
        '/statements?limit=-1',
        '/statements?limit=1.5',
        '/statements?limit=',
        '/statements?ascending=True',
        '/statements?ascending=',
        '/statements?format=IDS',
        '/statements?agent={}',
        '/statements?agent=x',
        '/statements?verb=x',
        '/statements?activity=x',
        '/statements?registration=x',
        '/statements?since=yesterday',
        '/statements?until=2020-01-01',
        '/statements?statementId=x',
        '/activities?activityId=x',
        '/activities',
        '/agents',
        `/agents${query({ agent: { objectType: 'Group', mbox: 'mailto:g@example.org' } })}`,
        '/about?foo=bar',
      ]) {
        expect((await server.call(path, { version })).status, path).to.equal(400);
      }
    });
  }
});
