import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { engineAt } from './engine.ts';

export const sqlite = engineAt({
  name: 'SQLite',
  shared: false,
  async place() {
    const folder = await mkdtemp(join(tmpdir(), 'livret-sqlite-'));
    return { engine: 'sqlite', folder, remove: () => rm(folder, { recursive: true }) };
  },
  async isLoading({ folder }) {
    const file = join(folder, 'store.sqlite');
    if (!existsSync(file)) return false;
    const database = new DatabaseSync(file, { readOnly: true, timeout: 10_000 });
    try {
      const isMade = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'site'").get() !== undefined;
      return isMade && database.prepare('SELECT 1 FROM site WHERE loading = 1').get() !== undefined;
    } finally {
      database.close();
    }
  },
});
