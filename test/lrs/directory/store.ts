/** A real store in a folder of its own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../../../lrs/store/sqlite/index.ts';
import type { Store } from '../../../lrs/store/store.ts';

export async function openTestStore(): Promise<{ store: Store; destroy(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'livret-directory-'));
  const store = await openSqliteStore(folder, { readers: 1 });
  return {
    store,
    async destroy() {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
}
