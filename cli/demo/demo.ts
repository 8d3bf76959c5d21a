/** `livret demo`: the server as it is used, its people and what they did, and an identity provider to log in with. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { readConfig } from '../../config.ts';
import { LivretError } from '../../lrs/index.ts';
import { serve } from '../serve.ts';
import { bringIn } from './bring-in.ts';
import { freePort } from './free-port.ts';
import { greetWhenReady } from './greeting.ts';
import { holdFolder } from './hold-folder.ts';
import { placesFile } from './ministry.ts';
import { readBrought } from './progress-file.ts';
import { PROVIDER, settingsFile } from './settings-file.ts';
import { startProvider } from './start-provider.ts';
import { type Story, storyAt } from './story.ts';

export interface DemoOptions {
  /** Folder of the demo alone; kept between runs. */
  data: string;
  port: string;
  /** How many people the ministry has; DEFAULT_AGENTS where nothing is said. */
  agents?: string;
  /** Another ministry, as likely as this one. */
  seed?: string;
}

/** Most directions are large enough for figures of behaviour, and few are not. */
const DEFAULT_AGENTS = 600;
const MOST_AGENTS = 100_000;

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

/** A whole number from `least` to `most`; undefined where nothing is said. Throws `config.invalid`. */
function numberOf(option: string, text: string | undefined, least: number, most: number): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < least || number > most)
    throw refused(`${option} should be a whole number, ${least} to ${most}.`);
  return number;
}

/** What is not about a site: how much is logged, and the mail server that its digests can be tried with. */
const KEPT = ['LIVRET_LOG_LEVEL', 'LIVRET_SMTP_URL', 'LIVRET_SMTP_TLS', 'LIVRET_MAIL_FROM'];

/** The settings of the demo, and none of another site that happen to be in the environment. */
function takeOver(settings: Record<string, string>): void {
  for (const name of Object.keys(process.env))
    if (name.startsWith('LIVRET_') && !KEPT.includes(name)) delete process.env[name];
  Object.assign(process.env, settings);
}

/** Runs until it is told to stop. Rejects with one sentence to show when it cannot start. */
export async function runDemo({ data, port: portText, ...asked }: DemoOptions): Promise<void> {
  requireDevelopment();
  const port = portOf(portText);
  const agents = numberOf('--agents', asked.agents, 1, MOST_AGENTS);
  const seed = numberOf('--seed', asked.seed, 0, 4_294_967_295);
  const folder = resolve(data);
  await mkdir(folder, { recursive: true });
  const letGo = holdFolder(folder);
  try {
    await runIn(folder, port, { ...(agents !== undefined && { agents }), ...(seed !== undefined && { seed }) });
  } finally {
    letGo();
  }
}

async function runIn(folder: string, port: number, asked: Partial<Story>): Promise<void> {
  const now = Date.now();
  const dataFolder = join(folder, 'data');
  const story = storyAt(asked.seed ?? 1, asked.agents ?? DEFAULT_AGENTS, now);
  const brought = await readBrought(folder, dataFolder, story, asked);
  const [sso, places] = [join(folder, 'sso.json'), join(folder, 'places.json')];
  const beAt = (own: number): string => {
    // Another site than the provider's 127.0.0.1, as it would be elsewhere: browsers keep their cookies apart.
    const site = `http://localhost:${own}`;
    takeOver({
      ...{ PORT: String(own), LIVRET_HOST: '127.0.0.1', LIVRET_URL: site, LIVRET_DATA: dataFolder },
      ...{ LIVRET_SSO: sso, LIVRET_PLACES: places },
      LIVRET_LOG_LEVEL: process.env.LIVRET_LOG_LEVEL ?? 'warn',
    });
    return site;
  };
  beAt(port);
  await writeFile(sso, settingsFile(`http://127.0.0.1:${port + 1}`));
  await writeFile(places, placesFile());
  await bringIn({ folder, brought, now });
  // Filling takes a while, in which somebody else may have taken the port.
  const own = await freePort(port);
  const site = beAt(own);
  const provider = await startProvider(own + 1, `${site}/sso/${PROVIDER}/metadata`);
  try {
    await writeFile(sso, settingsFile(provider.url));
    const stopped = new AbortController();
    void greetWhenReady({ site, idp: provider.url, story: brought.story }, stopped.signal);
    await serve(readConfig(process.env)).finally(() => stopped.abort());
  } finally {
    await provider.stop();
  }
}
