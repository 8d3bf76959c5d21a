/**
 * Writes from some writers and follows the feed until it is killed; SIGTERM ends the writing alone. Arguments: engine,
 * folder, number of writers, where in the feed to begin. Prints lines, see lines.ts.
 */
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { LivretError } from '../../lrs/errors.ts';
import { openStore } from '../../lrs/store/open.ts';
import { given } from '../contract/given.ts';
import { Follower } from './follower.ts';
import { type Line, STATEMENTS_A_BATCH } from './lines.ts';

const [engine = '', folder = '', writers = '', after = ''] = process.argv.slice(2);
const store = await openStore({ engine, folder });
let writing = true;
// Whoever started it is gone.
process.stdin.on('end', () => process.exit()).resume();
process.on('SIGTERM', () => {
  writing = false;
});

const clock = new Int32Array(new SharedArrayBuffer(4));

/** At once: what was acknowledged is told before this process can be killed. Who hears it slowly is waited for. */
function tell(line: Line): void {
  for (let rest = Buffer.from(`${JSON.stringify(line)}\n`); rest.length > 0; ) {
    try {
      rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(clock, 0, 0, 1);
    }
  }
}

async function write(writer: number): Promise<void> {
  while (writing) {
    const batch = randomUUID();
    const statements = Array.from({ length: STATEMENTS_A_BATCH }, () => given({ context: { registration: batch } }));
    const began = Date.now();
    try {
      const before = await store.statements.consistentThrough();
      const { stored } = await store.commit({ statements });
      tell({ kind: 'stored', writer, batch, before, stored });
    } catch (error) {
      if (!(error instanceof LivretError)) throw error;
      tell({ kind: 'refused', batch, code: error.code, took: Date.now() - began });
      await wait(50);
    }
  }
}

async function follow(): Promise<never> {
  const follower = new Follower(store.statements, Number(after), tell);
  for (;;) {
    await follower.catchUp().catch((error: unknown) => {
      if (!(error instanceof LivretError)) throw error;
    });
    await wait(20);
  }
}

const written = Promise.all(Array.from({ length: Number(writers) }, (_, n) => write(n)));
await Promise.all([follow(), written.then(() => tell({ kind: 'ended' }))]);
