/** A site with the part of content packages on a real store, in a folder of its own. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createContentPackages, type ImportLimits } from '../../content-packages/index.ts';
import { createAccess, openStore } from '../../lrs/index.ts';
import type { Json } from '../../web/index.ts';

export async function openSite(limits: Partial<ImportLimits> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'livret-packages-'));
  const store = await openStore({ engine: 'sqlite', folder });
  const access = await createAccess({
    store,
    settings: { siteUrl: 'https://livret.test', requestsPerMinute: 0, failedLoginsPerMinute: 0 },
  });
  const part = await createContentPackages({ store, access, dataFolder: folder, settings: { limits } });

  async function run(name: string, args: Record<string, Json> = {}, file: Uint8Array = new Uint8Array()) {
    const command = part.commands.find((each) => each.name === name);
    if (!command) throw new Error(`no command ${name}`);
    const lines: Json[] = [];
    const answer = await command.run({
      args,
      input: pieces(file),
      emit: async (line) => void lines.push(line),
    });
    return { answer: answer as never, lines };
  }

  return {
    part,
    access,
    store,
    run,
    /** Imports a file; gives the package. */
    import: async (
      file: Uint8Array,
    ): Promise<{ id: string; version: number; known: boolean; [key: string]: unknown }> =>
      (await run('package.import', {}, file)).answer,
    /** Names of what lies in the folder of files on their way in, and how many files the store keeps. */
    async left(): Promise<{ incoming: string[]; blobs: number }> {
      const all = await readdir(folder, { recursive: true, withFileTypes: true });
      const blobs = all.filter((entry) => entry.isFile() && /^[\da-f]{60,64}/.test(entry.name)).length;
      return { incoming: await readdir(join(folder, 'incoming')), blobs };
    },
    async close() {
      await part.close();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type Site = Awaited<ReturnType<typeof openSite>>;

async function* pieces(file: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.length; at += 65_536) yield file.subarray(at, at + 65_536);
}
