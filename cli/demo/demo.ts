/** `livret demo`: the server as it is used, its people and what they did, and an identity provider to log in with. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { readConfig } from '../../config.ts';
import { LivretError } from '../../lrs/index.ts';
import { importStatements } from '../commands/import.ts';
import { importPeople } from '../commands/people.ts';
import { print } from '../console.ts';
import { serve } from '../serve.ts';
import { freePort } from './free-port.ts';
import { LOGINS, peopleFile } from './people.ts';
import { publishReports } from './publish.ts';
import { PROVIDER, settingsFile } from './settings-file.ts';
import { startProvider } from './start-provider.ts';
import { statementsFile } from './statements.ts';

export interface DemoOptions {
  /** Folder of the demo alone; kept between runs. */
  data: string;
  port: string;
}

/** What the identity provider is made of; `npm ci --omit=dev` leaves it out. */
const DEVELOPMENT_PACKAGE = 'samlify';

const refused = (detail: string): LivretError => new LivretError('config.invalid', { detail });

/** Throws `config.invalid` where a provider that asks for no password has no business. */
function requireDevelopment(): void {
  if (process.env.NODE_ENV === 'production') {
    throw refused('The demo lets in without passwords: it does not run where NODE_ENV is production.');
  }
  try {
    import.meta.resolve(DEVELOPMENT_PACKAGE);
  } catch {
    throw refused('The demo needs the development packages: npm ci, without --omit=dev.');
  }
}

/** Throws `config.invalid` where it is no port. */
function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_534) throw refused('--port should be a whole number, 0 to 65534.');
  return port;
}

/** The settings of the demo, and none of another site that happen to be in the environment. */
function takeOver(settings: Record<string, string>): void {
  for (const name of Object.keys(process.env)) if (name.startsWith('LIVRET_')) delete process.env[name];
  Object.assign(process.env, settings);
}

/** Runs until it is told to stop. Rejects with one sentence to show when it cannot start. */
export async function runDemo({ data, port }: DemoOptions): Promise<void> {
  requireDevelopment();
  const folder = resolve(data);
  await mkdir(folder, { recursive: true });
  const own = await freePort(portOf(port));
  // Another site than the provider's 127.0.0.1, as it would be elsewhere: browsers keep their cookies apart.
  const site = `http://localhost:${own}`;
  takeOver({
    ...{ PORT: String(own), LIVRET_HOST: '127.0.0.1', LIVRET_URL: site, LIVRET_DATA: join(folder, 'data') },
    LIVRET_LOG_LEVEL: process.env.LIVRET_LOG_LEVEL ?? 'warn',
  });
  const starting = startProvider(own + 1, `${site}/sso/${PROVIDER}/metadata`);
  // Awaited below, once there is something for it to serve.
  starting.catch(() => {});
  try {
    await bringIn(folder, 'people.csv', peopleFile(), (file) => importPeople(file, {}));
    await bringIn(folder, 'statements.jsonl', statementsFile(Date.now()), (file) =>
      importStatements(file, { refused: join(folder, 'statements.refused.jsonl') }),
    );
    await publishReports();
    const provider = await starting;
    const sso = join(folder, 'sso.json');
    await writeFile(sso, settingsFile(provider.url));
    const stopped = new AbortController();
    void greetWhenReady(site, provider.url, stopped.signal);
    await serve(readConfig({ ...process.env, LIVRET_SSO: sso })).finally(() => stopped.abort());
  } finally {
    await (await starting.catch(() => undefined))?.stop();
  }
}

/** Through the same door as in real use. */
async function bringIn(
  folder: string,
  name: string,
  text: string,
  door: (file: string) => Promise<number>,
): Promise<void> {
  const file = join(folder, name);
  await writeFile(file, text);
  if ((await door(file)) !== 0) throw new Error(`The demo's own ${name} was refused: a mistake of ours.`);
}

async function greetWhenReady(site: string, idp: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const ready = await fetch(`${site}/ready`, { signal }).catch(() => undefined);
    await ready?.body?.cancel();
    if (ready?.ok) {
      greet(site, idp);
      return;
    }
    await wait(100);
  }
}

function greet(site: string, idp: string): void {
  const people = LOGINS.map(
    ({ givenName, sn, shows }) => `  ${`${givenName} ${sn}`.padEnd(18)}${shows.fr} / ${shows.en}`,
  );
  const lines = [
    '',
    `Démonstration : ouvrez ${site} et choisissez qui vous êtes. Aucun mot de passe ; Ctrl-C arrête tout.`,
    `Demonstration: open ${site} and choose who you are. No passwords; Ctrl-C ends it.`,
    '',
    ...people,
    '',
    `Fournisseur d’identité / Identity provider: ${idp}`,
  ];
  lines.forEach(print);
}
