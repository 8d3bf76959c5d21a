/** Disks small enough to be filled. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, rm, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file system of its own, gone when this process is, however it ends. */
export interface SmallDisk {
  folder: string;
  /** Leaves no byte free. */
  fill(): Promise<void>;
  /** Gives back what was filled. */
  free(): Promise<void>;
  /** Whoever has a file open there keeps what is in it until that is closed. */
  remove(): Promise<void>;
}

/** Stands between: unmounts when its input ends, which happens also where the tests are interrupted or killed themselves. */
const WATCHDOG = `
  mount -t tmpfs -o "size=$1" livret-small-disk "$2" || exit
  echo mounted
  read -r _
  umount -l "$2"`;

/** Rejects, with the reason, where this process may not mount. */
export async function mountSmallDisk(bytes: number): Promise<SmallDisk> {
  const folder = await mkdtemp(join(tmpdir(), 'livret-small-disk-'));
  // A group of its own: Ctrl-C at the terminal must not end the watchdog before its work.
  const watchdog = spawn('sh', ['-c', WATCHDOG, 'watchdog', String(bytes), folder], { detached: true });
  let said = '';
  watchdog.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const gone = once(watchdog, 'close');
  const [mounted] = await Promise.race([once(watchdog.stdout, 'data'), gone.then(() => [])]);
  if (mounted === undefined) {
    await rmdir(folder);
    throw new Error(said.split('\n')[0]);
  }
  const filler = join(folder, 'filler');
  return {
    folder,
    async fill() {
      const file = await open(filler, 'a');
      for (let size = 2 ** 20; size >= 1; size = Math.floor(size / 16)) await writeUntilFull(file, Buffer.alloc(size));
      await file.close();
    },
    free: () => rm(filler, { force: true }),
    async remove() {
      watchdog.stdin.end();
      await gone;
      await rmdir(folder);
    },
  };
}

async function writeUntilFull(file: { appendFile(bytes: Buffer): Promise<void> }, bytes: Buffer): Promise<void> {
  try {
    for (;;) await file.appendFile(bytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}

const refusal = await mountSmallDisk(2 ** 20).then(
  (disk) => disk.remove(),
  (error: Error) => error.message,
);

/** A suite with small disks; one line says loudly where there can be none. */
export function onSmallDisks(title: string, suite: (this: Mocha.Suite) => void): void {
  if (refusal === undefined) describe(title, suite);
  else it.skip(`FULL DISKS ARE NOT TESTED (${title}): ${refusal}. Be root, or run the tests by unshare -rm.`);
}
