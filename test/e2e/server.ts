import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const KEY = 'e2e';
export const SECRET = 'a-secret-that-guards-nothing-but-this-test-run';

/** The program as its user starts it, on a folder and a port of its own. */
export interface RunningServer {
  url: string;
  data: string;
  process: ChildProcess;
  /** Every line it has printed so far. */
  printed(): readonly string[];
  /** Stops it as an administrator would, and removes its folder. */
  stop(): Promise<void>;
}

/** Starts `livret serve` and waits until it is ready. Rejects with what it printed when it does not become so. */
export async function startServer(environment: Record<string, string> = {}): Promise<RunningServer> {
  const data = await mkdtemp(join(tmpdir(), 'livret-e2e-'));
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', fileURLToPath(new URL('../../main.ts', import.meta.url)), 'serve'],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PORT: '0', LIVRET_DATA: data, LIVRET_KEY: KEY, LIVRET_SECRET: SECRET, ...environment },
    },
  );
  const printed: string[] = [];
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => reject(new Error(`it stopped: ${printed.join('\n')}`)));
    createInterface({ input: child.stderr }).on('line', (line) => printed.push(line));
    createInterface({ input: child.stdout }).on('line', (line) => {
      printed.push(line);
      const address = /https?:\/\/[^\s/]+/.exec(line)?.[0];
      if (address) resolve(address);
    });
  });
  return {
    url,
    data,
    process: child,
    printed: () => printed,
    async stop() {
      const gone = once(child, 'exit');
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM');
        await gone;
      }
      await rm(data, { recursive: true });
    },
  };
}
