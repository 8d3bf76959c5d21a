/** A server with something on every page, as an administrator would have set it up, and a provider to log in with. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { callServer } from '../../cli/control/client.ts';
import { PROVIDER, settingsFile } from '../../cli/demo/settings-file.ts';
import { startProvider } from '../../cli/demo/start-provider.ts';
import type { Json } from '../../web/index.ts';
import { au, block, courseXml } from '../content-packages/course-maker.ts';
import { makeZip } from '../content-packages/zip-maker.ts';
import { freePort } from './free-port.ts';
import { KEY, type RunningServer, SECRET, startServer } from './server.ts';

export interface E2eSite {
  server: RunningServer;
  /** Id of the package that is in the catalogue. */
  package: string;
  /** Has the running server carry out a command, as the console does. */
  run(name: string, args?: Record<string, Json>, input?: Uint8Array): Promise<Json>;
  /**
   * A browser's window in which an administrator is logged in, by the link of the command line. Its page stays open: to
   * close one that is still loading has hung Chromium for minutes, once in ten times.
   */
  administrator(browser: Browser): Promise<BrowserContext>;
  /** A browser's window in which one of the demo's people is logged in, by the provider. */
  logIn(browser: Browser, name: string): Promise<BrowserContext>;
  stop(): Promise<void>;
}

/** Home page of the accounts of those who are imported. */
export const HOME = 'https://sso.example.org';

/** Two directions that stand alone in reports, and one too small for that. */
const DIRECTIONS = { DRH: 20, DSIC: 15, CAB: 3 };

/** Everybody's account name and direction. */
const PEOPLE = Object.entries(DIRECTIONS).flatMap(([direction, size]) =>
  Array.from({ length: size }, (_, index) => ({ name: `${direction}-${index}`, direction })),
);

/** A file for the import of people; those who have no other name are called the same. */
export function peopleFile(
  people: readonly { name: string; direction: string; familyName?: string; givenName?: string }[],
): Buffer {
  const lines = people.map(
    ({ name, direction, familyName = 'Martin', givenName = 'Camille' }) =>
      `${name};${HOME};${familyName};${givenName};;${direction};;Paris;agent;;`,
  );
  const head = 'identifiant;fournisseur;nom;prenom;courriel;direction;service;site;roles;debut;fin';
  return Buffer.from([head, ...lines].join('\n'));
}

/** Id of a statement that is there. */
export const STATEMENT = '6f4d1f5e-2a5c-4a53-9c1b-5d4b1f0a7e11';

/** The parcours that everybody is in. */
export const PARCOURS = 'https://courses.example/word';

/** What makes them regular: the same hour of two days. */
async function storeStatements(url: string): Promise<void> {
  const statements = PEOPLE.flatMap(({ name }) =>
    ['2021-11-02T09:00:00Z', '2021-11-03T09:00:00Z'].map((timestamp) => ({
      actor: { account: { homePage: HOME, name } },
      verb: { id: 'http://adlnet.gov/expapi/verbs/experienced' },
      object: { id: 'https://units.example/one' },
      context: {
        contextActivities: {
          parent: [{ id: PARCOURS, definition: { type: 'http://adlnet.gov/expapi/activities/course' } }],
        },
      },
      timestamp,
    })),
  ).map((statement, index) => (index === 0 ? { id: STATEMENT, ...statement } : statement));
  const stored = await fetch(`${url}/xapi/statements`, {
    method: 'POST',
    headers: {
      Authorization: `Basic ${Buffer.from(`${KEY}:${SECRET}`).toString('base64')}`,
      'Content-Type': 'application/json',
      'X-Experience-API-Version': '1.0.3',
    },
    body: JSON.stringify(statements),
  });
  if (!stored.ok) throw new Error(`The statements were refused: ${await stored.text()}`);
}

const coursePackage = (): Buffer =>
  makeZip([
    {
      name: 'cmi5.xml',
      data: courseXml(
        block('https://livret.test/b', au('https://livret.test/au/1', { attributes: 'moveOn="Passed"' })),
      ),
    },
    { name: 'index.html', data: '<p>Bonjour</p>' },
  ]);

/** What the provider sends → the directions of this site. */
const MAPPED = { 'SG/DRH': 'DRH', 'SG/DTNUM': 'DSIC' };

/** The settings of the demo's provider, and one that does not answer: there is something to choose, and a failure to show. */
function ssoFile(idp: string): string {
  const { providers } = JSON.parse(settingsFile(idp)) as { providers: [object] };
  const working = { ...providers[0], directions: MAPPED };
  const label = { fr: 'Fournisseur en panne', en: 'Provider that is down' };
  return JSON.stringify({ providers: [working, { ...working, id: 'down', label, metadata: 'http://127.0.0.1:1/' }] });
}

/** Rejects, with nothing left running, when something of it cannot be had. */
export async function startSite(environment: Record<string, string> = {}): Promise<E2eSite> {
  const started: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const each of started.toReversed()) await each();
  };
  try {
    const folder = await mkdtemp(join(tmpdir(), 'livret-site-'));
    started.push(() => rm(folder, { recursive: true }));
    const port = await freePort();
    const provider = await startProvider(0, `http://127.0.0.1:${port}/sso/${PROVIDER}/metadata`);
    started.push(() => provider.stop());
    const sso = join(folder, 'sso.json');
    await writeFile(sso, ssoFile(provider.url));
    const server = await startServer({ PORT: String(port), LIVRET_SSO: sso, ...environment });
    started.push(() => server.stop());
    return { ...(await furnish(server)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function furnish(server: RunningServer): Promise<Omit<E2eSite, 'stop'>> {
  const run: E2eSite['run'] = async (name, args = {}, input) => {
    async function* stream(): AsyncGenerator<Uint8Array> {
      if (input !== undefined) yield input;
    }
    const done = await callServer(server.place.folder, name, { args, input: stream(), emit: async () => {} });
    if (done === undefined) throw new Error('The server does not take commands.');
    return done.result;
  };
  await run('people.import', {}, peopleFile(PEOPLE));
  await storeStatements(server.url);
  for (const name of ['completion', 'hours', 'regularity', 'time-on-task'])
    await run('report', { name, period: '2021-Q4' });
  const { id } = (await run('package.import', {}, coursePackage())) as { id: string };
  return {
    server,
    package: id,
    run,
    async administrator(browser) {
      const { url } = (await run('key.link')) as { url: string };
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(url);
      await page.click('main form button');
      return context;
    },
    async logIn(browser, name) {
      const context = await browser.newContext({ locale: 'fr-FR' });
      const page = await context.newPage();
      await page.goto(`${server.url}/sso/${PROVIDER}/login`);
      await page.getByRole('button', { name }).click();
      await page.waitForURL(`${server.url}/**`);
      return context;
    },
  };
}
