import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { StoreOptions } from '../../lrs/store/open.ts';
import type { Position } from '../../lrs/store/store.ts';
import { type Account, type Ledger, note } from './ledger.ts';

const SCRIPT = fileURLToPath(new URL('./writing-process.ts', import.meta.url));

/** ms. An election, and a transaction left behind by the dead, take some seconds each. */
const PATIENCE = 120_000;

/** A process that writes and reads, and what it has told. */
export interface Writing {
  account: Account;
  /** Waits until it has heard of so many more commits. */
  goesOn(commits: number): Promise<void>;
  /** Has it write no more, and waits for what is under way; it goes on reading. */
  endWriting(): Promise<void>;
  /** Waits until it has read these batches. */
  hasRead(batches: readonly string[]): Promise<void>;
  /** kill -9; nothing where it is gone. */
  kill(): Promise<void>;
}

/** Starts one on a store that may have others. */
export function startWriting(
  ledger: Ledger,
  { engine, folder }: StoreOptions,
  after: Position = 0,
  writers = 4,
): Writing {
  const account = ledger.open(after);
  const child = spawn(process.execPath, ['--import', 'tsx', SCRIPT, engine, folder, String(writers), String(after)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => note(account, JSON.parse(line)));
  const closed = once(child, 'close');
  async function until(isSo: () => boolean, what: string): Promise<void> {
    for (const deadline = Date.now() + PATIENCE; !isSo(); await wait(20)) {
      if (hasEnded(child)) throw new Error('The writing process ended by itself.');
      if (Date.now() > deadline) throw new Error(`A writing process does not ${what}.`);
    }
  }
  return {
    account,
    goesOn(commits) {
      const enough = account.stored.length + commits;
      return until(() => account.stored.length >= enough, 'go on');
    },
    async endWriting() {
      child.kill('SIGTERM');
      await until(() => account.ended, 'end writing');
    },
    hasRead: (batches) =>
      until(() => {
        const read = new Set(account.read.map(({ batch }) => batch));
        return batches.every((batch) => read.has(batch));
      }, 'read everything'),
    async kill() {
      child.kill('SIGKILL');
      await closed;
    },
  };
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;
