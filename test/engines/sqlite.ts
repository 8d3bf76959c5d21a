import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engineAt } from './engine.ts';

export const sqlite = engineAt('SQLite', false, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'livret-sqlite-'));
  return { engine: 'sqlite', folder, remove: () => rm(folder, { recursive: true }) };
});
