/** Where the control socket of a data folder stands. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const SOCKET = 'control.sock';
/** Names the socket when it could not stand in the folder itself. */
const POINTER = 'control.sock.path';
/** The address of a unix socket is cut at 108 bytes on Linux and 104 on macOS. */
const LONGEST_PATH = 100;

/** The path a client should connect to; nobody need be listening there. */
export async function findSocket(folder: string): Promise<string> {
  return (await readPointer(folder)) ?? join(folder, SOCKET);
}

/**
 * A path to listen on, free of what a crashed server left there. The caller must hold the store of the folder: that is
 * what makes it certain that nobody is listening.
 */
export async function placeSocket(folder: string): Promise<string> {
  await removeSocket(folder);
  const path = join(folder, SOCKET);
  if (Buffer.byteLength(path) <= LONGEST_PATH) return path;
  // A folder of our own with a random name: nobody else can have put a socket there to listen in.
  const refuge = join(await mkdtemp(join(tmpdir(), 'livret-')), SOCKET);
  await writeFile(join(folder, POINTER), refuge, { mode: 0o600 });
  return refuge;
}

/** Takes the socket away, wherever it stands. */
export async function removeSocket(folder: string): Promise<void> {
  const refuge = await readPointer(folder);
  if (refuge !== undefined && dirname(refuge).startsWith(join(tmpdir(), 'livret-'))) {
    await rm(dirname(refuge), { recursive: true, force: true });
  }
  await rm(join(folder, POINTER), { force: true });
  await rm(join(folder, SOCKET), { force: true });
}

async function readPointer(folder: string): Promise<string | undefined> {
  try {
    return await readFile(join(folder, POINTER), 'utf8');
  } catch {
    return undefined;
  }
}
