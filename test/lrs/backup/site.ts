/** Stores and archives in a folder of their own. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SEAL_BYTES, seal, sha256 } from '../../../lrs/backup/format.ts';
import { Archive } from '../../../lrs/backup/read.ts';
import { ArchiveWriter, type Saved, type Written } from '../../../lrs/backup/write.ts';
import type { Store } from '../../../lrs/store/store.ts';
import type { Engine, EngineStore } from '../../engines/index.ts';

export async function openBackupSite() {
  const folder = await mkdtemp(join(tmpdir(), 'livret-backup-'));
  const stores: EngineStore[] = [];
  const path = (name: string): string => join(folder, name);
  return {
    folder,
    path,
    async store(engine: Engine): Promise<Store> {
      const opened = await engine.create();
      stores.push(opened);
      return opened.store;
    },
    async close(): Promise<void> {
      await Promise.all(stores.map((opened) => opened.destroy()));
      await rm(folder, { recursive: true });
    },
  };
}

export async function archiveOf(store: Saved): Promise<{ bytes: Buffer; written: Written }> {
  const writer = new ArchiveWriter(store, '1.2.3');
  const chunks: Uint8Array[] = [];
  for await (const chunk of writer.bytes()) chunks.push(chunk);
  return { bytes: Buffer.concat(chunks), written: writer.written };
}

/** The bytes with an end that fits them. */
export function resealed(bytes: Buffer): Buffer {
  const whole = bytes.subarray(0, bytes.length - SEAL_BYTES);
  return Buffer.concat([whole, seal(sha256(whole))]);
}

/** Does something with an archive of these bytes. */
export async function withArchive<T>(file: string, bytes: Buffer, work: (archive: Archive) => Promise<T>): Promise<T> {
  await writeFile(file, bytes);
  const archive = await Archive.open(file);
  try {
    return await work(archive);
  } finally {
    await archive.close();
  }
}
