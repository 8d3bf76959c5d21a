/** The file that a backup is written to: under another name until it is whole and on disk. */
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { LivretError } from '../errors.ts';
import { syncFolder } from '../store/sync-folder.ts';

export class BackupFile {
  readonly path: string;
  readonly #partial: string;
  readonly #file: FileHandle;

  /** Rejects `backup.target` when the file is there already, unless it may be replaced, or something else has its name. */
  static async create(name: string, { replace = false }: { replace?: boolean } = {}): Promise<BackupFile> {
    const path = resolve(name);
    const there = await stat(path).catch(() => undefined);
    if (there && !there.isFile()) throw new LivretError('backup.target', { detail: `${path} is no file.` });
    if (there && !replace) {
      throw new LivretError('backup.target', { detail: `${path} is there already; --force replaces it.` });
    }
    const partial = `${path}.partial`;
    // What another one left that was broken off. If that one still runs, it notices (see finish).
    await rm(partial, { force: true });
    return new BackupFile(path, partial, await open(partial, 'wx', 0o600));
  }

  private constructor(path: string, partial: string, file: FileHandle) {
    this.path = path;
    this.#partial = partial;
    this.#file = file;
  }

  async write(bytes: Uint8Array): Promise<void> {
    await this.#file.appendFile(bytes);
  }

  /** Gives the file its name, once everything is on disk. */
  async finish(): Promise<void> {
    await this.#file.sync();
    const [ours, there] = await Promise.all([this.#file.stat(), stat(this.#partial).catch(() => undefined)]);
    await this.#file.close();
    if (there?.ino !== ours.ino) {
      throw new LivretError('backup.target', { detail: `Another backup is being written to ${this.#partial}.` });
    }
    await rename(this.#partial, this.path);
    await syncFolder(dirname(this.path));
  }

  /** Where it was broken off: nothing is left. */
  async abandon(): Promise<void> {
    await this.#file.close();
    await rm(this.#partial, { force: true });
  }
}
