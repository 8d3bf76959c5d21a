import { execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { describeError } from '../../cli/observe/log.ts';
import { freePort } from '../e2e/free-port.ts';
import { KEY, type RunningServer, SECRET, startServer } from '../e2e/server.ts';
import { sqlite } from '../engines/sqlite.ts';
import { LIVRET } from '../servers/livret.ts';
import { AUTHORIZATION, basic, HEADERS, post, statementText } from './requests.ts';

/** What is about somebody, or lets somebody in, in everything that is sent below. */
const NAMES = ['Skłodowska', 'sklodowska', 'curie', 'radium', 'polonium', 'institut.example'];
const QUERIES = ['agent=', 'statementId=', 'activityId', 'stateId', 'mbox'];
const PASSWORD = 'ein-falsches-Passwort';

const AGENT = { name: 'Maria Skłodowska', mbox: 'mailto:m.sklodowska@institut.example' };

const STATEMENT = {
  actor: AGENT,
  verb: { id: 'http://adlnet.gov/expapi/verbs/completed', display: { en: 'polonium' } },
  object: { id: 'https://example.org/radium' },
};

interface Line {
  level: number;
  msg: string;
  [name: string]: unknown;
}

const linesOf = (server: RunningServer): Line[] =>
  server
    .printed()
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));

const settingsOf = ({ engine, folder }: { engine: string; folder: string }) => ({
  ...{ LIVRET_STORE: engine, LIVRET_DATA: folder },
  ...{ LIVRET_KEY: KEY, LIVRET_SECRET: SECRET },
});

describe('the log', function () {
  this.timeout(60_000);

  it('names nobody and gives nothing away at level info, whatever is asked and whatever fails', async () => {
    const server = await startServer({ LIVRET_FAILED_LOGINS: '3' });
    const state = `activityId=https://example.org/radium&stateId=polonium&agent=${encodeURIComponent(JSON.stringify(AGENT))}`;
    const requests: (() => Promise<Response>)[] = [
      () => post(server.url, JSON.stringify({ id: randomUUID(), ...STATEMENT })),
      () => post(server.url, JSON.stringify({ ...STATEMENT, verb: { id: 'Skłodowska' } })),
      () => post(server.url, JSON.stringify(STATEMENT).replace('"actor":', '"actor" "Skłodowska":')),
      () =>
        fetch(`${server.url}/xapi/statements?agent=${encodeURIComponent(JSON.stringify(AGENT))}`, { headers: HEADERS }),
      () =>
        fetch(`${server.url}/xapi/activities/state?${state}`, {
          method: 'PUT',
          headers: { ...HEADERS, 'If-None-Match': '*' },
          body: 'curie',
        }),
      () => fetch(`${server.url}/xapi/activities/state?${state}`, { headers: HEADERS }),
      () => fetch(`${server.url}/packages/m.sklodowska@institut.example?agent=curie`, { headers: HEADERS }),
      () => fetch(`${server.url}/m.sklodowska@institut.example?agent=curie`),
      () => post(server.url, JSON.stringify(STATEMENT), { Authorization: basic('curie', PASSWORD) }),
      () => post(server.url, JSON.stringify(STATEMENT), { Authorization: `Bearer ${PASSWORD}` }),
      () => post(server.url, JSON.stringify(STATEMENT), { 'X-Request-Id': 'm.sklodowska@institut.example' }),
    ];
    const ask = async (): Promise<number[]> => {
      const statuses: number[] = [];
      for (const request of requests) {
        const response = await request();
        await response.text();
        statuses.push(response.status);
      }
      return statuses;
    };
    expect(await ask()).to.deep.equal([200, 400, 400, 200, 204, 200, 404, 404, 401, 401, 200]);
    // As a full disk does: no file may grow. It fails for the reports too.
    execFileSync('prlimit', ['--pid', String(server.process.pid), '--fsize=1:']);
    const failing = await ask();
    expect([failing[0], failing[4], failing[10]]).to.deep.equal([503, 503, 503]);
    await wait(1_500);
    execFileSync('prlimit', ['--pid', String(server.process.pid), '--fsize=unlimited:']);
    await server.stop();

    const lines = linesOf(server);
    const failures = lines.filter(({ msg }) => msg === 'a request failed');
    expect(failures.map(({ path }) => path)).to.include.members(['/xapi/statements', '/xapi/activities/state']);
    for (const { level, err, id } of failures) {
      expect(level).to.equal(50);
      expect(err).to.have.property('code', 'store.unavailable');
      expect(id).to.match(/^[0-9a-f-]{36}$/);
    }
    expect(lines.map(({ msg }) => msg)).to.include.members(['listening', 'stopping', 'stopped']);
    const log = lines.map((line) => JSON.stringify(line)).join('\n');
    const credentials = [SECRET, KEY, AUTHORIZATION, AUTHORIZATION.slice(6), PASSWORD, 'Basic ', 'Bearer '];
    // The first key is called like a word of file names.
    const given = [...NAMES, ...QUERIES, ...credentials].filter((word) => word !== KEY && log.includes(word));
    expect(given).to.deep.equal([]);
    // A request that was served, or that its sender got wrong, leaves no line.
    expect(lines.filter(({ msg }) => msg === 'request')).to.deep.equal([]);
  });

  describe('and the ids of requests', () => {
    let server: RunningServer;
    before(async () => {
      server = await startServer({ LIVRET_LOG_LEVEL: 'debug' });
    });
    after(() => server.stop());

    const idOf = async (path: string, given?: string): Promise<string | null> => {
      const headers: Record<string, string> = given === undefined ? {} : { 'X-Request-Id': given };
      const response = await fetch(server.url + path, { headers });
      await response.text();
      return response.headers.get('x-request-id');
    };

    it('has a line for each request at level debug, with its id, its pattern and its path, and no query', async () => {
      await idOf('/xapi/statements?agent=curie', 'a:b-1.c_2');
      await wait(200);
      const line = linesOf(server).find(({ id }) => id === 'a:b-1.c_2');
      const path = '/xapi/statements';
      expect(line).to.include({ level: 20, method: 'GET', path, route: path, status: 400, complete: true });
      expect(JSON.stringify(line)).to.not.include('curie');
    });

    it('gives every answer an id, the one that the caller chose where it is harmless', async () => {
      for (const path of ['/health', '/ready', '/', '/nowhere', '/xapi/about', '/xapi/statements', '/feed']) {
        const ids = [await idOf(path), await idOf(path)];
        expect(ids[0], path).to.match(/^[0-9a-f-]{36}$/);
        expect(ids[1], path)
          .to.match(/^[0-9a-f-]{36}$/)
          .and.not.equal(ids[0]);
        expect(await idOf(path, 'trace-7.1:a_b'), path).to.equal('trace-7.1:a_b');
      }
      for (const hostile of ['a b', '<script>', 'x'.repeat(129), 'ada@example.org']) {
        expect(await idOf('/nowhere', hostile), hostile).to.match(/^[0-9a-f-]{36}$/);
      }
      const refused = await fetch(`${server.url}/xapi/statements`, { headers: { 'X-Request-Id': 'mine' } });
      expect((await refused.json()).error.requestId).to.equal('mine');
    });
  });

  it('keeps nobody from being served, nor the server from stopping, where it cannot be written', async () => {
    const place = await sqlite.place();
    const port = await freePort();
    // Every write to it says that the disk is full.
    const full = openSync('/dev/full', 'w');
    const child = spawn(process.execPath, [...LIVRET, 'serve'], {
      stdio: ['ignore', 'pipe', full],
      env: { ...process.env, ...settingsOf(place), PORT: String(port), LIVRET_LOG_LEVEL: 'debug' },
    });
    closeSync(full);
    const gone = once(child, 'exit');
    await Promise.race([once(child.stdout as Readable, 'data'), gone]);
    expect(child.exitCode).to.equal(null);
    for (let n = 0; n < 3; n++) {
      expect((await post(`http://127.0.0.1:${port}`, statementText())).status).to.equal(200);
    }
    child.kill('SIGTERM');
    expect((await gone)[0]).to.equal(0);
    await place.remove();
  });

  it('tells of an error what it is, why and where, and not what its maker hung on it', () => {
    const cause = Object.assign(new Error('mongodb://livret:hunter2@db:27017 refused Basic aHVudGVyMg=='), {
      code: 'ECONNREFUSED',
      document: { name: 'Curie' },
    });
    const error = new Error('E11000 duplicate key: { agent: "mbox:mailto:curie@institut.example" }', { cause });
    const described = describeError(error);
    expect(described).to.include({ type: 'Error', message: 'E11000 duplicate key: { agent: "[address]" }' });
    expect(described.stack).to.include('log.test.ts');
    expect(described.cause).to.include({ code: 'ECONNREFUSED', message: '[address] refused Basic [credentials]' });
    expect(JSON.stringify(described)).to.not.match(/curie|hunter|aHVu/i);
    const parsing = (): unknown => JSON.parse('{"name": Curie}');
    expect(parsing)
      .to.throw(SyntaxError)
      .and.to.satisfy((thrown: Error) => !JSON.stringify(describeError(thrown)).includes('Curie'));
    expect(describeError('thrown at us')).to.deep.equal({ type: 'string', message: 'thrown at us' });
  });
});
