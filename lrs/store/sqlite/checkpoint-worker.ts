/** The thread that copies pages from the log into the database's own file, so that no commit waits for it. */
import { fdatasyncSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { openBesideWriter } from './schema.ts';
import { WriteAheadLog } from './write-ahead-log.ts';

/** Each pass leaves what was committed during it: less and less. */
const MOST_PASSES = 3;

export interface CheckpointWork {
  file: string;
  /** The file, open. */
  descriptor: number;
  /** Pages that may be left to the writer. */
  few: number;
}

if (parentPort) {
  const port = parentPort;
  const { file, descriptor, few } = workerData as CheckpointWork;
  const database = openBesideWriter(file);
  const log = new WriteAheadLog(database);
  port.on('message', (message: 'copy' | 'close') => {
    if (message === 'close') {
      database.close();
      port.close();
      return;
    }
    copy(log, descriptor, few);
    port.postMessage('copied');
  });
}

function copy(log: WriteAheadLog, descriptor: number, few: number): void {
  try {
    for (let pass = 0; pass < MOST_PASSES && log.uncopied > few; pass++) {
      log.checkpoint();
      // SQLite does so with the pass that leaves nothing, and a commit would wait until all of them are on disk.
      fdatasyncSync(descriptor);
    }
  } catch {
    // A full disk: what is in the log stays there and is tried again. Commits notice it themselves.
  }
}
