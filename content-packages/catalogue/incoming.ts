/** Files on their way in: a zip archive is read from its end, so that it must be whole on disk first. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LivretError } from '../../lrs/index.ts';

export interface ReceivedFile {
  path: string;
  /** SHA-256, lower-case hex. */
  sha256: string;
  bytes: number;
}

const LEFT_BEHIND = 24 * 60 * 60 * 1000;

export class Incoming {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Makes the folder, and removes from it what a crash left behind more than a day ago. */
  static async open(folder: string): Promise<Incoming> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (const name of await readdir(folder)) {
      const path = join(folder, name);
      // Gone meanwhile: another process has finished with it.
      const file = await stat(path).catch(() => undefined);
      if (file && file.mtimeMs < Date.now() - LEFT_BEHIND) await rm(path, { force: true });
    }
    return new Incoming(folder);
  }

  /**
   * Writes what streams in to a file, hands it to `use`, and removes it whatever happens. `received` is told of the bytes
   * so far. Rejects with `package.tooLarge` beyond `limit` bytes.
   */
  async receive<T>(
    input: AsyncIterable<Uint8Array>,
    limit: number,
    received: (bytes: number) => Promise<void>,
    use: (file: ReceivedFile) => Promise<T>,
  ): Promise<T> {
    const path = join(this.#folder, `${randomUUID()}.part`);
    try {
      return await use(await write(path, input, limit, received));
    } finally {
      await rm(path, { force: true });
    }
  }
}

async function write(
  path: string,
  input: AsyncIterable<Uint8Array>,
  limit: number,
  received: (bytes: number) => Promise<void>,
): Promise<ReceivedFile> {
  const hash = createHash('sha256');
  const file = await open(path, 'wx', 0o600);
  let bytes = 0;
  try {
    for await (const chunk of input) {
      bytes += chunk.length;
      if (bytes > limit) throw new LivretError('package.tooLarge', { detail: `The limit is ${limit} bytes.` });
      hash.update(chunk);
      await file.writeFile(chunk);
      await received(bytes);
    }
  } finally {
    await file.close();
  }
  return { path, sha256: hash.digest('hex'), bytes };
}
