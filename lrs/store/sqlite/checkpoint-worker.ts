/** The thread that copies pages from the log into the database's own file, so that no commit waits for it. */
import { fdatasyncSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { type CheckpointWork, CopyState } from './checkpoint-work.ts';
import { openBesideWriter } from './schema.ts';
import { WriteAheadLog } from './write-ahead-log.ts';

/** Each pass leaves what was committed during it: less and less. */
const MOST_PASSES = 3;

if (parentPort) {
  const port = parentPort;
  const { file, descriptor, few, state } = workerData as CheckpointWork;
  const database = openBesideWriter(file);
  const log = new WriteAheadLog(database);
  port.on('message', (message: 'copy' | 'close') => {
    if (message === 'close') {
      database.close();
      port.close();
      return;
    }
    Atomics.store(state, 0, copy(log, descriptor, few));
  });
}

function copy(log: WriteAheadLog, descriptor: number, few: number): number {
  for (let pass = 0; pass < MOST_PASSES && log.uncopied > few; pass++) {
    // A full disk: what is in the log stays there and is tried again.
    if (!log.checkpoint()) return CopyState.COPIED;
    try {
      // SQLite does so with the pass that leaves nothing, and a commit would wait until all of them are on disk.
      fdatasyncSync(descriptor);
    } catch {
      // The system says so once, and the pages are gone: a checkpoint after this one would let go of the log.
      return CopyState.FAILED;
    }
  }
  return CopyState.COPIED;
}
