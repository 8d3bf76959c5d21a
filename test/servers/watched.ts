import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { mkdtemp, readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** A server of somebody else's that the tests start; it ends with this process, however this process ends. */
export interface Watched {
  /** What it has written so far, to standard output and error. */
  log(): Promise<string>;
  /** Ends it and all that it started, at once; resolves when it is gone. Its files stay. */
  end(): Promise<void>;
  /** Ends it and removes its folder. */
  remove(): Promise<void>;
}

/** Kills the group $1 and removes the folder $2 when its input ends without a line, which happens also where the tests are killed. */
const WATCHDOG = 'read -r line || kill -KILL "-$1"; rm -rf "$2"';

const PATIENCE = 20_000;

/** A new folder for the files of a server, in the system's folder for such. */
export const serverFolder = (name: string): Promise<string> => mkdtemp(join(tmpdir(), `livret-${name}-`));

export interface Start {
  /** Its files, the log among them. */
  folder: string;
  environment?: Record<string, string>;
  /** Asked again and again, until it says so. */
  isReady(): Promise<boolean>;
}

/** Starts a program; resolves when it is ready. Rejects with its log when it ends before, or takes more than 20 s. */
export async function startWatched(
  [program = '', ...args]: readonly string[],
  { folder, environment = {}, isReady }: Start,
): Promise<Watched> {
  const path = join(folder, 'log');
  const output = openSync(path, 'a');
  const child = spawn(program, args, {
    cwd: folder,
    stdio: ['ignore', output, output],
    // A group of its own: Ctrl-C at the terminal is for the tests, which then end it.
    detached: true,
    env: { ...process.env, ...environment },
  });
  const gone = once(child, 'exit');
  // Never 0, which would be our own group.
  const group = child.pid ?? Number.NaN;
  if (Number.isNaN(group)) throw new Error(`${program} cannot be started: ${await gone.catch(String)}`);
  const watchdog = spawn('sh', ['-c', WATCHDOG, 'watchdog', String(group), folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  for (const each of [child, watchdog]) each.unref();
  (watchdog.stdin as Socket).unref();

  const log = () => readFile(path, 'utf8');
  async function end(): Promise<void> {
    if (child.exitCode === null && child.signalCode === null) process.kill(-group, 'SIGKILL');
    child.ref();
    await gone;
  }
  async function remove(): Promise<void> {
    await end();
    watchdog.ref();
    const removed = once(watchdog, 'exit');
    watchdog.stdin.end('done\n');
    await removed;
  }

  for (const deadline = Date.now() + PATIENCE; !(await isReady()); await wait(20)) {
    const ended = child.exitCode !== null || child.signalCode !== null;
    if (!ended && Date.now() < deadline) continue;
    const said = await log();
    await remove();
    throw new Error(`${program} did not start:\n${said.slice(-3_000)}`);
  }
  return { log, end, remove };
}
