import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { StoreOptions } from '../../lrs/store/open.ts';
import type { Engine } from '../engines/engine.ts';
import { sqlite } from '../engines/sqlite.ts';
import { LIVRET } from '../servers/livret.ts';

export const KEY = 'e2e';
export const SECRET = 'a-secret-that-guards-nothing-but-this-test-run';

/** The program as its user starts it, on a port of its own. */
export interface RunningServer {
  url: string;
  place: StoreOptions;
  process: ChildProcess;
  /** Every line it has printed so far. */
  printed(): readonly string[];
  /** Stops it as an administrator would. */
  stop(): Promise<void>;
}

/** Starts `livret serve` on a new store, which stop() removes. */
export async function startServer(
  environment: Record<string, string> = {},
  engine: Engine = sqlite,
): Promise<RunningServer> {
  const place = await engine.place();
  const server = await startServerAt(place, environment);
  return {
    ...server,
    async stop() {
      await server.stop();
      await place.remove();
    },
  };
}

/**
 * Starts `livret serve` and waits until it is ready. Rejects with what it printed when it does not become so. `log` is an
 * open file that its standard error goes to, in place of `printed`.
 */
export async function startServerAt(
  place: StoreOptions,
  environment: Record<string, string> = {},
  log: number | 'pipe' = 'pipe',
): Promise<RunningServer> {
  const child = spawn(process.execPath, [...LIVRET, 'serve'], {
    stdio: ['ignore', 'pipe', log],
    env: {
      ...process.env,
      ...{ PORT: '0', LIVRET_STORE: place.engine, LIVRET_DATA: place.folder },
      ...{ LIVRET_KEY: KEY, LIVRET_SECRET: SECRET, ...environment },
    },
  });
  const { stdout, stderr } = child;
  const printed: string[] = [];
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => reject(new Error(`it stopped: ${printed.join('\n')}`)));
    if (stderr) createInterface({ input: stderr }).on('line', (line) => printed.push(line));
    createInterface({ input: stdout as Readable }).on('line', (line) => {
      printed.push(line);
      const address = /https?:\/\/[^\s/]+/.exec(line)?.[0];
      if (address) resolve(address);
    });
  });
  return {
    url,
    place,
    process: child,
    printed: () => printed,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}
