/** Starts the demo's identity provider, and lets it end with this process. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

export interface DemoProvider {
  /** Without a slash at its end. */
  url: string;
  stop(): Promise<void>;
}

/** Built, the file is JavaScript. */
const FILE = fileURLToPath(
  new URL(`./identity-provider/main.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url),
);

/** `livret` is the address of Livret's SAML metadata. Rejects with what the provider said when it does not start. */
export async function startProvider(port: number, livret: string): Promise<DemoProvider> {
  const child = spawn(process.execPath, [...process.execArgv, FILE, String(port), livret], {
    // Its end of our pipe closes with us, however we end.
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  // One that cannot be started says so here, and nowhere else.
  await once(child, 'spawn');
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await Promise.race([firstLine(child.stdout), gone]);
  if (url === undefined) throw new Error('The demo identity provider did not start.');
  return {
    url,
    async stop() {
      child.stdin.end();
      await gone;
    },
  };
}

const firstLine = (output: Readable): Promise<string> =>
  new Promise((resolve) => createInterface({ input: output }).once('line', resolve));
