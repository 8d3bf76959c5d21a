import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { agentsOf } from '../../cli/demo/agents.ts';
import { type DemoOptions, runDemo as runDemoHere } from '../../cli/demo/demo.ts';
import { PARCOURS } from '../../cli/demo/parcours.ts';
import { LOGINS } from '../../cli/demo/people.ts';
import type { Brought } from '../../cli/demo/progress-file.ts';
import { statementLines } from '../../cli/demo/statement-lines.ts';
import { startOfToday } from '../../cli/demo/story.ts';
import type { LivretError } from '../../lrs/index.ts';
import { startMailServer } from '../adapters/mail/mail-server.ts';
import { type Demo, endDemo, runDemo, startDemo } from '../e2e/demo.ts';
import { freePort } from '../e2e/free-port.ts';
import { livret } from './livret.ts';

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );

async function isGone(url: string): Promise<boolean> {
  for (let i = 0; i < 50; i++) {
    if (!(await answers(url))) return true;
    await wait(100);
  }
  return false;
}

/** A small ministry starts sooner. */
const FEW = ['--agents', '200'];

/** The lines of a demo that is refused. */
async function refusalOf(folder: string, environment: NodeJS.ProcessEnv = {}): Promise<string[]> {
  const child = runDemo(['--data', folder, '--port', String(await freePort())], environment);
  const lines: string[] = [];
  createInterface({ input: child.stderr as Readable }).on('line', (line) => lines.push(line));
  const [code] = await once(child, 'close');
  expect(code).to.equal(1);
  return lines;
}

/** Kills it while it brings statements in; gives what another one on its folder was told meanwhile. */
async function beginAndKill(folder: string): Promise<string[]> {
  const child = runDemo(['--data', folder, '--port', String(await freePort()), ...FEW]);
  const gone = once(child, 'exit');
  const underWay = async (): Promise<boolean> =>
    (await readFile(join(folder, 'demo.json'), 'utf8').catch(() => '')).includes('underWay');
  while (child.exitCode === null && !(await underWay())) await wait(5);
  child.kill('SIGSTOP');
  try {
    return await refusalOf(folder);
  } finally {
    child.kill('SIGKILL');
    await gone;
  }
}

/** What the generator tells up to today. */
async function toldOf({ story }: Brought): Promise<number> {
  let lines = 0;
  const whole = { from: 0, to: startOfToday(Date.now()) };
  for await (const chunk of statementLines(story, agentsOf(story), whole))
    lines += chunk.filter((byte) => byte === 10).length;
  return lines;
}

describe('livret demo', function () {
  this.timeout(180_000);
  let folder: string;
  let demo: Demo;
  let mails: Awaited<ReturnType<typeof startMailServer>>;
  let toldMeanwhile: string[];

  before(async () => {
    mails = await startMailServer();
    folder = await mkdtemp(join(tmpdir(), 'livret-demo-'));
    toldMeanwhile = await beginAndKill(folder);
    demo = await startDemo(folder, await freePort(), FEW);
  });
  after(async () => {
    if (demo) await endDemo(demo, 'SIGKILL');
    await mails?.close();
    await rm(folder, { recursive: true });
  });

  async function refuses(refusals: readonly [Partial<DemoOptions>, RegExp][]): Promise<void> {
    for (const [asked, says] of refusals) {
      const refused = await runDemoHere({ data: folder, port: '0', ...asked }).catch((error: LivretError) => error);
      expect(refused, JSON.stringify(asked)).to.include({ code: 'config.invalid' });
      expect((refused as LivretError).detail).to.match(says);
    }
  }

  it('prints its address and who can log in, in both languages', () => {
    const text = demo.printed.join('\n');
    expect(demo.site).to.match(/^http:\/\/localhost:\d+$/);
    for (const { givenName, sn, shows } of LOGINS) {
      for (const words of [`${givenName} ${sn}`, shows.fr, shows.en]) expect(text).to.include(words);
    }
  });

  it('was killed while its statements were brought in, went on, and has each of them once', async () => {
    const { stdout } = await livret(['export'], { folder: join(folder, 'data') });
    const brought: Brought = JSON.parse(await readFile(join(folder, 'demo.json'), 'utf8'));
    expect(stdout.trimEnd().split('\n')).to.have.length(await toldOf(brought));
    // The people were there, and are not brought in again.
    expect(demo.printed.some((line) => / new, /.test(line))).to.equal(false);
    expect(demo.printed.some((line) => /^[\d,]+ stored(, [\d,]+ already there)?$/.test(line))).to.equal(true);
    expect(JSON.parse(await readFile(join(folder, 'sso.json'), 'utf8')).providers).to.have.length(1);
  });

  it('says what to look for in the figures, in both languages', () => {
    const text = demo.printed.join('\n');
    expect(text).to.include('DEPAFI est la plus régulière').and.include('DEPAFI is the most regular');
    expect(text).to.include('DTNUM ne reprend guère').and.include('DTNUM hardly comes back');
  });

  it('brought in its courses as content packages, the one that most begin with first', async () => {
    const { stdout } = await livret(['package', 'list', '--json'], { folder: join(folder, 'data') });
    const packages = JSON.parse(stdout) as { title: { fr: string } }[];
    expect(packages.map(({ title }) => title.fr)).to.deep.equal(PARCOURS.map(({ name }) => name?.fr));
  });

  it('published what each report can say of the quarters that are over', async () => {
    const { stdout } = await livret(['report', '--list', '--json'], { folder: join(folder, 'data') });
    const { reports } = JSON.parse(stdout) as { reports: { name: string; periods: string[] }[] };
    const whole = reports.filter(({ periods }) => periods.length >= 7).map(({ name }) => name);
    // Some count what few people have, whose figures are not given.
    expect(whole).to.include.members(['completion', 'regularity', 'sessions', 'module-time', 'hours', 'resumption']);
    expect(whole.length).to.be.above(reports.length / 2);
  });

  it('has a provider that takes signed requests of Livret alone', async () => {
    const request = `<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_a" Version="2.0"/>`;
    for (const xml of [request, `<!DOCTYPE a [<!ENTITY b "c">]>${request}`, '<html/>', 'nothing']) {
      const body = new URLSearchParams({ SAMLRequest: Buffer.from(xml).toString('base64') });
      const answer = await fetch(`${demo.provider}/sso`, { method: 'POST', body });
      expect(answer.status, xml).to.equal(400);
      expect(await answer.text()).to.not.include('<button');
    }
    expect((await fetch(`${demo.provider}/sso?SAMLRequest=x`)).status).to.equal(400);
    const form = new URLSearchParams({ request: 'guessed', rio: LOGINS[0]?.rio ?? '' });
    expect((await fetch(`${demo.provider}/login`, { method: 'POST', body: form })).status).to.equal(400);
  });

  it('refuses to start in production', async () => {
    const lines = await refusalOf(folder, { NODE_ENV: 'production' });
    expect(lines).to.have.length(1);
    expect(lines[0]).to.match(/NODE_ENV is production/);
  });

  it('refuses a folder that another demo is filling or serving, and leaves that one as it is', async () => {
    const files = (): Promise<string[]> =>
      Promise.all(['sso.json', 'demo.json'].map((name) => readFile(join(folder, name), 'utf8')));
    const before = await files();
    for (const lines of [toldMeanwhile, await refusalOf(folder)]) {
      expect(lines).to.have.length(1);
      expect(lines[0]).to.match(/A demonstration runs on .+ already: end it, or name another folder with --data\.$/);
    }
    expect(await files()).to.deep.equal(before);
    expect(before[0]).to.include(demo.provider);
  });

  it('refuses numbers that are none', () =>
    refuses([
      [{ agents: '0' }, /--agents should be a whole number, 1 to 100000/],
      [{ agents: '100001' }, /--agents should be/],
      [{ agents: '1e3' }, /--agents should be/],
      [{ seed: '-1' }, /--seed should be a whole number/],
    ]));

  it('refuses a folder of another version, of which it cannot know what is there', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'livret-demo-'));
    try {
      await mkdir(join(folder, 'data'));
      for (const text of [undefined, '{"story":{"agents":600,"seed":1}', '{"story":{"agents":600,"seed":1}}']) {
        if (text !== undefined) await writeFile(join(folder, 'demo.json'), text);
        const error = await runDemoHere({ data: folder, port: '0' }).catch((reason: LivretError) => reason);
        expect(error).to.include({ code: 'config.invalid' });
        expect((error as LivretError).detail).to.match(
          /of another version of Livret: name another folder with --data\.$/,
        );
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('ends with its provider when told to, and finds everything again on another port where its own is taken', async () => {
    expect(await endDemo(demo, 'SIGINT')).to.equal(0);
    expect(await answers(demo.provider)).to.equal(false);
    const taken = await freePort();
    const server = createServer().listen(taken, '127.0.0.1');
    const mail = { LIVRET_SMTP_URL: mails.url, LIVRET_MAIL_FROM: 'Livret <livret@livret.test>' };
    demo = await startDemo(folder, taken, [], { ...mail, LIVRET_BODY_LIMIT: 'of another site' });
    server.close();
    expect(demo.site).to.not.include(String(taken));
    // Nothing is brought in again.
    expect(demo.printed.filter((line) => /new|stored|published|refused/.test(line))).to.deep.equal([]);
  });

  it('sends mail by the server that it is told of, and heeds no other setting of the environment', async () => {
    const { stdout, stderr } = await livret(['mail', 'test', 'ada@livret.test'], { folder: join(folder, 'data') });
    expect(stderr, stdout).to.equal('');
    expect(mails.received).to.have.length(1);
  });

  it('leaves no provider behind when killed', async () => {
    expect(await answers(demo.provider)).to.equal(true);
    await endDemo(demo, 'SIGKILL');
    expect(await isGone(demo.provider)).to.equal(true);
  });

  it('refuses another ministry in the folder of one', () =>
    refuses([
      [{ agents: '300' }, /has a ministry of 200 agents, seed 1: name another folder/],
      [{ seed: '2' }, /has a ministry of 200 agents, seed 1/],
    ]));
});
