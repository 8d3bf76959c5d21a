/** One demonstration at a time on a folder: two would take each other's provider away. */
import { join } from 'node:path';
import { hasCode, LivretError, lockStore } from '../../lrs/index.ts';

/** Holds it until this process ends, however it does. Gives what lets go of it. Throws `store.locked` where another one runs there. */
export function holdFolder(folder: string): () => void {
  try {
    return lockStore(join(folder, 'demo.lock'));
  } catch (cause) {
    if (!hasCode(cause, 'store.locked')) throw cause;
    const detail = `A demonstration runs on ${folder} already: end it, or name another folder with --data.`;
    throw new LivretError('store.locked', { detail, cause });
  }
}
