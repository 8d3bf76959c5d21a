import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { type RunningServer, startServerAt } from '../e2e/server.ts';
import { onEachEngine, type Place } from '../engines/index.ts';
import { LIVRET } from '../servers/livret.ts';
import { livret } from './livret.ts';

const statement = (n: number, verb = 'http://adlnet.gov/expapi/verbs/completed'): string =>
  JSON.stringify({
    id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    actor: { mbox: 'mailto:ada@example.org' },
    verb: { id: verb },
    object: { id: 'https://example.org/course' },
  });

async function waitUntil(happened: () => Promise<boolean>): Promise<void> {
  while (!(await happened())) await wait(50);
}

/** The same commands, in the server that is running or in their own process: nobody should see a difference. */
for (const running of [true, false]) {
  onEachEngine(`the command line, ${running ? 'beside a running server' : 'by itself'}`, function (engine) {
    this.timeout(60_000);
    let server: RunningServer | undefined;
    let place: Place;
    let work: string;
    before(async () => {
      work = await mkdtemp(join(tmpdir(), 'livret-work-'));
      place = await engine.place();
      server = running ? await startServerAt(place) : undefined;
    });
    after(async () => {
      await server?.stop();
      await place.remove();
      await rm(work, { recursive: true });
    });

    it('makes, lists and revokes keys', async () => {
      const made = await livret(['key', 'add', 'a player', '--scope', 'statements/write', 'state', '--json'], place);
      expect(made.code).to.equal(0);
      const { key, secret } = JSON.parse(made.stdout);
      if (server) {
        const headers = {
          Authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`,
          'X-Experience-API-Version': '1.0.3',
          'Content-Type': 'application/json',
        };
        const response = await fetch(`${server.url}/xapi/statements`, { method: 'POST', headers, body: statement(1) });
        expect(response.status).to.equal(200);
      }
      expect((await livret(['key', 'revoke', key], place)).stdout).to.equal(`${key} is revoked.\n`);
      const { stdout } = await livret(['key', 'list'], place);
      expect(stdout).to.match(new RegExp(`${key} +a player +statements/write state +revoked \\d{4}-`));
      expect(stdout).to.not.include(secret);
      const unknown = await livret(['key', 'revoke', 'nobody'], place);
      expect(unknown).to.deep.equal({ code: 1, stdout: '', stderr: 'There is no such key.\n' });
    });

    it('imports, tells what it did, and leaves a file of what it refused', async () => {
      const lines = [statement(10), statement(11, 'no IRI'), '{', statement(12)].join('\n');
      await writeFile(join(work, 'some.jsonl.gz'), gzipSync(lines));
      const first = await livret(['import', 'some.jsonl.gz'], { ...place, cwd: work });
      expect(first.stdout).to.equal('2 stored, 2 refused\nWhat was refused, and why: some.jsonl.gz.refused.jsonl\n');
      expect(first.code).to.equal(1);
      const reasons = (await readFile(join(work, 'some.jsonl.gz.refused.jsonl'), 'utf8')).trim().split('\n');
      expect(
        reasons.map((line) => JSON.parse(line)).map(({ line, code, pointer }) => [line, code, pointer]),
      ).to.deep.equal([
        [2, 'statement.invalid', '/verb/id'],
        [3, 'request.json', ''],
      ]);
      const again = await livret(['import', '-'], { ...place, input: `[${statement(10)},${statement(12)}]` });
      expect(again).to.deep.equal({ code: 0, stdout: '0 new, 2 already there\n', stderr: '' });
      const missing = await livret(['import', 'nothing.json'], { ...place, cwd: work });
      expect(missing).to.deep.equal({ code: 1, stdout: '', stderr: 'There is no such file: nothing.json\n' });
    });

    it('exports what it is asked for', async () => {
      await livret(['import', '-'], { ...place, input: statement(20, 'http://adlnet.gov/expapi/verbs/passed') });
      const { stdout, code } = await livret(['export', '--verb', 'http://adlnet.gov/expapi/verbs/passed'], place);
      expect(code).to.equal(0);
      expect(
        stdout
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line).id),
      ).to.deep.equal([JSON.parse(statement(20)).id]);
      const refused = await livret(['export', '--agent', '{}'], place);
      expect(refused.code).to.equal(1);
      expect(refused.stderr)
        .to.match(/parameter/)
        .and.not.include('    at ');
    });

    it('brings people in', async () => {
      const csv = [
        'identifiant;fournisseur;nom;prenom;courriel;direction;service;site;roles;debut;fin',
        'a1;https://sso.example.org;;;;DRH;;;agent;;',
        'a2;https://sso.example.org;;;;;;;king;;',
      ];
      await writeFile(join(work, 'people.csv'), csv.join('\n'));
      const { code, stdout, stderr } = await livret(['people', 'import', join(work, 'people.csv')], place);
      expect(stdout).to.equal('1 new, 0 changed, 0 unchanged, 1 refused\n');
      expect(stderr).to.match(/^line 3: .*roles/);
      expect(code).to.equal(1);
    });
  });
}

describe('the command line', function () {
  this.timeout(60_000);

  it('ends quietly when its reader has had enough', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'livret-pipe-'));
    const lines = Array.from({ length: 3000 }, (_, n) => statement(n)).join('\n');
    await livret(['import', '-'], { folder, input: lines });
    const { stdout, stderr } = await promisify(execFile)(
      'sh',
      ['-c', `"${[process.execPath, ...LIVRET].join('" "')}" export | head -n 1`],
      { env: { ...process.env, LIVRET_DATA: folder } },
    );
    expect(stdout.trim().split('\n')).to.have.length(1);
    expect(stderr).to.equal('');
    await rm(folder, { recursive: true });
  });

  it('says so when what it prints cannot be written', async () => {
    const full = promisify(execFile)('sh', [
      '-c',
      `exec "${[process.execPath, ...LIVRET].join('" "')}" --help > /dev/full`,
    ]);
    const ended = await full.catch((error: unknown) => error);
    expect(ended).to.include({ code: 1, stderr: 'What is printed cannot be written: the disk is full.\n' });
  });

  it('prints nothing of what is stored or refused that a terminal would obey', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'livret-terminal-'));
    const red = '\x1b[31m';
    const file = join(folder, 'people.csv');
    const sso = 'https://sso.example';
    await writeFile(
      file,
      [
        'identifiant;fournisseur;nom;prenom;courriel;direction;service;site;roles;debut;fin',
        `e1;${sso};${red}RED\x07;\u202eDER;;\x9b2JDIR;;;;;`,
        `"e2\nline 1: forged";${sso};;;;DRH;;;${red}king;;`,
        '',
      ].join('\n'),
    );
    const people = await livret(['people', 'import', file, '--dry-run'], { folder });
    expect(people.stdout).to.include('\\u001b[31mRED').and.to.include('\\u202eDER').and.to.include('\\u009b2JDIR');
    expect(people.stderr).to.include('unknown role: \\u001b[31mking');
    await livret(['key', 'add', `${red}label\nforged`], { folder });
    const keys = await livret(['key', 'list'], { folder });
    expect(keys.stdout).to.include('\\u001b[31mlabel\\u000aforged');
    const json = await livret(['key', 'list', '--json'], { folder });
    expect(json.stdout).to.include(JSON.stringify(`${red}label\nforged`));
    const mistaken = await livret(['people', 'import', `${red}no such`], { folder });
    for (const { stdout, stderr } of [people, keys, json, mistaken])
      expect(stdout + stderr)
        .to.match(/\S/)
        .and.not.match(/[^\P{Cc}\n]|[\u202a-\u202e]/u);
    expect(keys.stdout.trim().split('\n')).to.have.length(2);
    await rm(folder, { recursive: true });
  });

  it('waits for another command to end, and says so when that takes long; a server waits too', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'livret-busy-'));
    const input = new PassThrough();
    input.write(`${statement(1)}\n`);
    // Holds the store for as long as its input goes on.
    const busy = livret(['import', '-'], { folder, input });
    await waitUntil(async () => (await readdir(folder)).includes('store.lock'));
    const refused = await livret(['key', 'list'], { folder });
    expect(refused.code).to.equal(1);
    expect(refused.stderr).to.match(/^The running server did not answer\. Another Livret holds the data folder.*\n$/);
    setTimeout(() => input.end(), 1_500);
    const server = await startServerAt({ engine: 'sqlite', folder });
    expect((await busy).stdout).to.equal('1 stored, 0 refused\n');
    await server.stop();
    await rm(folder, { recursive: true });
  });

  it('explains itself, and what was mistyped', async () => {
    const help = await livret(['--help'], { folder: tmpdir() });
    expect(help.code).to.equal(0);
    expect(help.stdout).to.include('import').and.include('serve');
    const slip = await livret(['exprot'], { folder: tmpdir() });
    expect(slip.code).to.equal(1);
    expect(slip.stderr).to.include('Did you mean export?');
  });
});
