import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** A mongod that ends with this process, however this process ends. */
export interface MongodProcess {
  /** Stops it where it stands, as a machine that hangs does; it keeps its connections. */
  pause(): void;
  resume(): void;
  /** kill -9. Resolves once it is gone; what it wrote stays. */
  kill(): Promise<void>;
}

/**
 * Stands between: passes signals on, and kills mongod and removes its files when its input ends, which happens also where
 * the tests are interrupted or killed themselves.
 */
const WATCHDOG = `
  folder=$1; shift
  "$@" >> "$folder/log" 2>&1 &
  while read -r signal; do
    kill -"$signal" $!
    if [ "$signal" = KILL ]; then wait; exit; fi
  done
  kill -KILL $!; wait; rm -rf "$folder"; rmdir "\${folder%/*}"`;

const OPTIONS = [
  ...['--bind_ip', '127.0.0.1', '--nounixsocket', '--quiet', '--replSet', 'livret'],
  ...['--oplogSize', '256'],
  ...['--setParameter', 'diagnosticDataCollectionEnabled=false'],
  // A process that is killed leaves its transaction behind, which keeps what it has written for so long: by default a minute.
  ...['--setParameter', 'transactionLifetimeLimitSeconds=10'],
];

const PATIENCE = 30_000;

/** Starts a mongod on a folder, on a port of the loopback, with so many GB of cache; resolves when it takes connections. */
export async function startMongod(
  binary: string,
  { folder, port, cache }: { folder: string; port: number; cache: number },
): Promise<MongodProcess> {
  await mkdir(folder, { recursive: true });
  const before = (await logOf(folder)).length;
  const command = [
    ...[binary, '--dbpath', folder, '--port', String(port), '--wiredTigerCacheSizeGB', String(cache)],
    ...OPTIONS,
  ];
  // A group of its own: Ctrl-C at the terminal must not end the watchdog before its work.
  const watchdog = spawn('sh', ['-c', WATCHDOG, 'watchdog', folder, ...command], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watchdog.unref();
  (watchdog.stdin as Socket).unref();
  const gone = once(watchdog, 'exit');
  const tell = (signal: string): void => void watchdog.stdin.write(`${signal}\n`);
  const mongod: MongodProcess = {
    pause: () => tell('STOP'),
    resume: () => tell('CONT'),
    async kill() {
      tell('KILL');
      // An unreferenced child does not keep the process waiting for it.
      watchdog.ref();
      await gone;
    },
  };
  try {
    await untilListening(folder, before);
  } catch (error) {
    await mongod.kill();
    throw error;
  }
  return mongod;
}

async function untilListening(folder: string, before: number): Promise<void> {
  for (const deadline = Date.now() + PATIENCE; ; await wait(20)) {
    const log = (await logOf(folder)).slice(before);
    if (log.includes('"Waiting for connections"')) return;
    if (log.includes('"exitCode"') || Date.now() > deadline) {
      throw new Error(`mongod did not start:\n${log.split('\n').slice(-20).join('\n')}`);
    }
  }
}

const logOf = (folder: string): Promise<string> => readFile(join(folder, 'log'), 'utf8').catch(() => '');
