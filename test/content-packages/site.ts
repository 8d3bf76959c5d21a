/** A site with the part of content packages on a real store. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createContentPackages, type ImportLimits } from '../../content-packages/index.ts';
import { createDirectory } from '../../lrs/directory/index.ts';
import { createAccess } from '../../lrs/index.ts';
import type { Json } from '../../web/index.ts';
import type { Engine } from '../engines/index.ts';

export async function openSite(engine: Engine, limits: Partial<ImportLimits> = {}) {
  const {
    store,
    place: { folder },
    destroy,
  } = await engine.create();
  const access = await createAccess({
    store,
    directory: createDirectory(store),
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
    /** Names of what lies in the folder of files on their way in, and how many blobs were kept that no package refers to. */
    async left(): Promise<{ incoming: string[]; blobs: number }> {
      return { incoming: await readdir(join(folder, 'incoming')), blobs: await store.blobs.sweep(-1) };
    },
    async close() {
      await part.close();
      await destroy();
    },
  };
}

export type Site = Awaited<ReturnType<typeof openSite>>;

async function* pieces(file: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.length; at += 65_536) yield file.subarray(at, at + 65_536);
}
