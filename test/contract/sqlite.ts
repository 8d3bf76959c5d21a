import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../../lrs/store/sqlite/index.ts';
import type { Engine } from './engine.ts';

export const sqlite: Engine = {
  name: 'SQLite',
  async create() {
    const folder = await mkdtemp(join(tmpdir(), 'livret-contract-'));
    let store = await openSqliteStore(folder);
    return {
      store,
      async reopen() {
        await store.close();
        store = await openSqliteStore(folder);
        return store;
      },
      async destroy() {
        await store.close();
        await rm(folder, { recursive: true });
      },
    };
  },
};
