import { execFile, spawn } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { appendFile, copyFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { openSqliteStore } from '../../lrs/store/sqlite/index.ts';
import { statementTexts } from '../bench/bodies.ts';
import { agent, given } from '../contract/given.ts';
import { KEY, type RunningServer, SECRET, startServer, startServerAt } from '../e2e/server.ts';
import { engines, onEachEngine } from '../engines/index.ts';
import { LIVRET } from '../servers/livret.ts';
import { livret } from './livret.ts';

const HEADERS = {
  Authorization: `Basic ${Buffer.from(`${KEY}:${SECRET}`).toString('base64')}`,
  'X-Experience-API-Version': '1.0.3',
};
const JSON_TYPE = { 'Content-Type': 'application/json' };

const statement = (name: string, more: object = {}) => ({
  id: randomUUID(),
  actor: { account: { homePage: 'https://agents.example', name } },
  verb: { id: 'https://verbs.example/did' },
  object: { id: 'https://activities.example/word', definition: { name: { fr: 'Écrit' } } },
  ...more,
});

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

let work: string;
const place = (name: string): string => join(work, name);

async function makeWork(): Promise<void> {
  work = await mkdtemp(join(tmpdir(), 'livret-backup-'));
}
const removeWork = (): Promise<void> => rm(work, { recursive: true });

describe('livret backup, restore and check', function () {
  this.timeout(120_000);
  beforeEach(makeWork);
  afterEach(removeWork);

  /** A store of that many statements, in a folder of its own. */
  async function fill(count: number): Promise<string> {
    const folder = place('data');
    const input = statementTexts(count).join('\n');
    expect((await livret(['import', '-'], { folder, input })).code).to.equal(0);
    return folder;
  }

  it('streams to standard output, and says when nobody reads to the end', async () => {
    const folder = await fill(2_000);
    const piped = `"${[process.execPath, ...LIVRET].join('" "')}" backup - `;
    const env = { ...process.env, LIVRET_DATA: folder };
    const sh = (rest: string) => promisify(execFile)('sh', ['-c', piped + rest], { env });
    const { stderr } = await sh(`> "${place('piped.livret')}"`);
    expect(stderr).to.match(/^2,000 statements, /);
    expect((await livret(['restore', '--check-only', place('piped.livret')], { folder: tmpdir() })).code).to.equal(0);
    const cut = await sh(`> /dev/full`).catch((error: unknown) => error);
    expect(cut).to.include({ code: 1, stderr: 'The disk is full.\n' });
    const child = spawn(process.execPath, [...LIVRET, 'backup', '-'], { env });
    child.stdout.destroy();
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    const [code] = await once(child, 'exit');
    expect({ code, said }).to.deep.equal({ code: 1, said: 'Whoever was reading this has gone.\n' });
  });

  it('replaces no file that is there, unless told to', async () => {
    const folder = await fill(10);
    await writeFile(place('kept.livret'), 'something else');
    const refused = await livret(['backup', place('kept.livret')], { folder });
    expect(refused.code).to.equal(1);
    expect(refused.stderr).to.match(
      /^The file cannot be written there\. .*kept\.livret is there already; --force replaces it\.\n$/,
    );
    expect(await readFile(place('kept.livret'), 'utf8')).to.equal('something else');
    expect((await livret(['backup', '--force', place('kept.livret')], { folder })).code).to.equal(0);
    const looked = await livret(['restore', '--check-only', place('kept.livret')], { folder: tmpdir() });
    expect(looked.stdout).to.match(/^Whole: of 20.*, written by Livret .* on sqlite\.\n$/);
    // A device, say, would be gone for everybody.
    const other = await livret(['backup', '--force', work], { folder });
    expect(other.stderr).to.match(/^The file cannot be written there\. .* is no file\.\n$/);
    const nowhere = await livret(['backup', place('no/folder/x.livret')], { folder });
    expect(nowhere.code).to.equal(1);
    expect(nowhere.stderr).to.match(/^There is no such file: .*\n$/);
  });

  it('restores into an empty store only, and leaves a damaged backup alone', async () => {
    const folder = await fill(10);
    await livret(['backup', place('good.livret')], { folder });
    const occupied = await livret(['restore', place('good.livret')], { folder });
    expect(occupied.stderr).to.match(/^A backup is restored into an empty store only\./);
    await copyFile(place('good.livret'), place('bad.livret'));
    await appendFile(place('bad.livret'), 'x');
    for (const args of [['restore'], ['restore', '--check-only']]) {
      const bad = await livret([...args, place('bad.livret')], { folder: place('new') });
      expect(bad).to.deep.equal({
        code: 1,
        stdout: '',
        stderr: 'The backup is damaged, or is none. It was cut off: its last line is not there.\n',
      });
    }
    expect(await isThere(place('new'))).to.equal(false);
  });

  it('killed while it saves, it leaves nothing that passes for a backup', async () => {
    const folder = await fill(6_000);
    let broken = 0;
    for (const bytes of [0, 0, 100_000, 400_000]) {
      const file = place(`k${bytes}-${broken}.livret`);
      const child = spawn(process.execPath, [...LIVRET, 'backup', file], {
        env: { ...process.env, LIVRET_DATA: folder },
      });
      const ended = once(child, 'exit');
      while (child.exitCode === null && ((await stat(`${file}.partial`).catch(() => undefined))?.size ?? -1) < bytes)
        await wait(1);
      child.kill('SIGKILL');
      await ended;
      if (await isThere(file)) {
        expect((await livret(['restore', '--check-only', file], { folder })).code).to.equal(0);
        continue;
      }
      broken++;
      const partial = await livret(['restore', '--check-only', `${file}.partial`], { folder });
      expect(partial.stderr).to.match(/^The backup is damaged, or is none\./);
      expect((await livret(['backup', file], { folder })).code).to.equal(0);
      expect(await isThere(`${file}.partial`)).to.equal(false);
      expect((await livret(['restore', '--check-only', file], { folder })).code).to.equal(0);
    }
    expect(broken).to.be.greaterThan(0);
    expect(await readdir(join(folder, 'copies'))).to.deep.equal([]);
  });

  it('does not bring back who was forgotten since, from the ledger kept elsewhere', async () => {
    const folder = place('data');
    const store = await openSqliteStore(folder);
    const key = 'account:https://agents.example|leaver';
    await store.commit({ statements: [given({ actor: agent('leaver') }), given()] });
    await store.erase({ id: 'e0', mode: 'erase', agents: ['account:https://agents.example|earlier'] });
    await store.close();
    await livret(['backup', place('old.livret')], { folder });
    const again = await openSqliteStore(folder);
    await again.erase({ id: 'e1', mode: 'erase', agents: [key] });
    await again.close();
    const ledger = ['--ledger', join(folder, 'erasures.jsonl')];
    const restored = await livret(['restore', place('old.livret'), ...ledger], { folder: place('new') });
    expect(restored.stdout).to.match(/^Restored: .*\nErasures carried out again, of after that: 1\n$/);
    const exported = await livret(['export'], { folder: place('new') });
    expect(exported.stdout.trim().split('\n')).to.have.length(1);
    expect(exported.stdout).not.to.contain('leaver');
    const forgetful = await livret(['restore', place('old.livret')], { folder: place('other') });
    expect(forgetful.stderr).to.match(/^People were forgotten before this backup, and the ledger of erasures is empty/);
    const mistyped = await livret(['restore', place('old.livret'), '--ledger', place('no.jsonl')], {
      folder: place('third'),
    });
    expect(mistyped).to.deep.include({ code: 1, stdout: '' });
  });

  it('ledger prints what restore takes with --ledger', async () => {
    const folder = place('data');
    const store = await openSqliteStore(folder);
    await store.erase({ id: 'e0', mode: 'erase', agents: ['mbox:mailto:ada@example.org'] });
    await store.close();
    const { code, stdout } = await livret(['ledger'], { folder });
    expect(code).to.equal(0);
    expect(stdout).to.equal(await readFile(join(folder, 'erasures.jsonl'), 'utf8'));
  });

  it('check lists what is wrong, for people and for programs', async () => {
    const folder = await fill(10);
    expect(await livret(['check'], { folder })).to.deep.equal({
      code: 0,
      stdout: '10 statements, 0 documents, 0 records, 0 files: all as it should be\n',
      stderr: '',
    });
    const store = await openSqliteStore(folder);
    const blob = { sha2: '0'.repeat(64), contentType: 'text/plain', blob: '0'.repeat(64) };
    await store.commit({ statements: [{ ...given(), attachments: [blob] }] });
    await store.close();
    const found = await livret(['check'], { folder });
    expect(found.code).to.equal(1);
    expect(found.stdout).to.match(
      /^attachment [0-9a-f-]{36}: It has contents that it does not declare\.\nblob 0{64}: It is not there\.\n11 statements, .*: 2 findings\n$/,
    );
    const json = JSON.parse((await livret(['check', '--json'], { folder })).stdout);
    expect(json.findings.map(({ kind }: { kind: string }) => kind)).to.deep.equal(['attachment', 'blob']);
    expect(json.checked.statements).to.equal(11);
    const saved = await livret(['backup', place('x.livret')], { folder });
    expect(saved.code).to.equal(1);
    expect(saved.stderr).to.equal(`blob ${'0'.repeat(64)}: lost or damaged in the store; livret check says more.\n`);
    const restored = await livret(['restore', place('x.livret')], { folder: place('new') });
    expect(restored).to.deep.include({
      code: 1,
      stderr: `blob ${'0'.repeat(64)}: was lost when the backup was made\n`,
    });
    const nothing = await livret(['check'], { folder: place('nothing') });
    expect(nothing.stderr).to.include('nothing is kept there yet');
  });
});

onEachEngine('livret backup, restore and check beside a running server', function (engine) {
  this.timeout(120_000);
  let server: RunningServer;
  let here: { folder: string; engine: string };
  beforeEach(async () => {
    await makeWork();
    server = await startServer({}, engine);
    here = server.place;
  });
  afterEach(async () => {
    await server.stop();
    await removeWork();
  });

  const post = async (body: unknown): Promise<void> => {
    const url = `${server.url}/xapi/statements`;
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...HEADERS, ...JSON_TYPE },
      body: JSON.stringify(body),
    });
    expect(response.status, await response.text()).to.equal(200);
  };

  async function postWithAttachment(contents: Buffer): Promise<string> {
    const sha2 = createHash('sha256').update(contents).digest('hex');
    const attachment = {
      usageType: 'https://u.example',
      display: { en: 'a' },
      contentType: 'text/plain',
      length: contents.length,
      sha2,
    };
    const body = Buffer.concat([
      Buffer.from(
        `--b\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(statement('ben', { attachments: [attachment] }))}\r\n`,
      ),
      Buffer.from(
        `--b\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: ${sha2}\r\n\r\n`,
      ),
      contents,
      Buffer.from('\r\n--b--\r\n'),
    ]);
    const headers = { ...HEADERS, 'Content-Type': 'multipart/mixed; boundary=b' };
    const response = await fetch(`${server.url}/xapi/statements`, { method: 'POST', headers, body });
    expect(response.status, await response.text()).to.equal(200);
    return sha2;
  }

  /** What readers of the site get. */
  async function answers(url: string, sha2: string): Promise<Record<string, unknown>> {
    const ask = async (path: string) => {
      const response = await fetch(`${url}${path}`, { headers: HEADERS });
      const { status, headers } = response;
      return {
        status,
        body: await response.text(),
        etag: headers.get('etag'),
        modified: headers.get('last-modified'),
      };
    };
    const pages: unknown[] = [];
    for (let path = '/xapi/statements?limit=7&ascending=true'; path !== ''; ) {
      const page = await ask(path);
      pages.push(page.body);
      path = JSON.parse(page.body).more;
    }
    const attached = await fetch(`${url}/xapi/statements?attachments=true&limit=100`, { headers: HEADERS });
    const boundary = /boundary="?([^";]+)/.exec(attached.headers.get('content-type') ?? '')?.[1] ?? '';
    const multipart = Buffer.from(await attached.arrayBuffer()).toString('latin1');
    expect(multipart).to.include(`${sha2}\r\n`);
    return {
      pages,
      feed: (await ask('/feed')).body.split('\n').filter((line) => !line.includes('"through"')),
      state: await ask(STATE),
      profile: await ask('/xapi/activities/profile?activityId=https%3A%2F%2Factivities.example%2Fword&profileId=p'),
      definition: await ask('/xapi/activities?activityId=https%3A%2F%2Factivities.example%2Fword'),
      multipart: multipart.replaceAll(boundary, 'boundary'),
    };
  }

  const STATE = `/xapi/activities/state?activityId=https%3A%2F%2Fa.example&stateId=s&agent=${encodeURIComponent(
    JSON.stringify({ mbox: 'mailto:ada@example.org' }),
  )}`;

  it('what is restored serves the same', async () => {
    const target = statement('ben');
    await post([target, statement('zoe')]);
    await post(
      statement('zoe', {
        verb: { id: 'http://adlnet.gov/expapi/verbs/voided' },
        object: { objectType: 'StatementRef', id: target.id },
      }),
    );
    for (let n = 0; n < 20; n++) await post(statement(`n${n}`));
    const sha2 = await postWithAttachment(randomBytes(100_000));
    for (const path of [
      STATE,
      '/xapi/activities/profile?activityId=https%3A%2F%2Factivities.example%2Fword&profileId=p',
    ]) {
      const headers = { ...HEADERS, 'Content-Type': 'application/octet-stream', 'If-None-Match': '*' };
      const put = await fetch(`${server.url}${path}`, { method: 'PUT', headers, body: Buffer.from([0, 0xff, 10]) });
      expect(put.status).to.equal(204);
    }
    const before = await answers(server.url, sha2);
    const made = await livret(['backup', place('site.livret')], here);
    expect(made.stderr).to.equal('');
    expect(made.stdout).to.match(/^24 statements, 2 documents, \d+ records, 1 files, as of 20/);
    expect((await stat(place('site.livret'))).mode & 0o777).to.equal(0o600);
    expect((await livret(['check'], here)).code).to.equal(0);

    for (const other of engines) {
      const there = await other.place();
      const restored = await livret(['restore', place('site.livret')], there);
      expect(restored.stdout, restored.stderr).to.match(/^Restored: 24 statements/);
      const second = await startServerAt(there);
      try {
        expect(await answers(second.url, sha2), `on ${other.name}`).to.deep.equal(before);
        const checked = await livret(['check'], there);
        expect(checked).to.deep.include({ code: 0, stderr: '' });
        expect(checked.stdout).to.match(/^24 statements, 2 documents, \d+ records, 1 files: all as it should be\n$/);
      } finally {
        await second.stop();
        await there.remove();
      }
    }
  });

  it('holds of each request all or nothing while many write, and all that was answered before', async () => {
    let writing = true;
    let answered: string[] = [];
    const write = async (name: string): Promise<void> => {
      while (writing) {
        const statements = [1, 2, 3].map(() => statement(name));
        await post(statements);
        answered = [...answered, ...statements.map(({ id }) => id)];
      }
    };
    const writers = ['w1', 'w2', 'w3', 'w4'].map(write);
    while (answered.length < 60) await wait(10);
    const before = answered;
    const { code } = await livret(['backup', place('busy.livret')], here);
    writing = false;
    await Promise.all(writers);
    expect(code).to.equal(0);
    await livret(['restore', place('busy.livret')], { folder: place('new') });
    const store = await openSqliteStore(place('new'));
    for (const id of before) expect(await store.statements.get(id), id).not.to.equal(undefined);
    expect((await store.statements.count()) % 3).to.equal(0);
    await store.close();
  });

  it('refuses to restore where a server runs', async () => {
    await livret(['backup', place('site.livret')], here);
    const refused = await livret(['restore', place('site.livret')], here);
    expect(refused.code).to.equal(1);
    expect(refused.stderr).to.match(
      /^Another Livret is using this store\. A server is running on .*: stop it first\.\n$/,
    );
  });

  it('says that the file cannot grow, and leaves none', async () => {
    await post(
      Array.from({ length: 3_000 }, (_, n) =>
        statement(`n${n}`, { result: { response: randomBytes(300).toString('hex') } }),
      ),
    );
    const limited = `trap "" XFSZ; ulimit -f 200; exec "${[process.execPath, ...LIVRET].join('" "')}" backup "${place('full.livret')}"`;
    const env = { ...process.env, LIVRET_STORE: here.engine, LIVRET_DATA: here.folder };
    const ended = await promisify(execFile)('sh', ['-c', limited], { env }).catch((error: unknown) => error);
    expect(ended).to.include({ code: 1, stderr: 'The file may not grow further.\n' });
    expect(await readdir(work)).to.deep.equal([]);
  });
});
