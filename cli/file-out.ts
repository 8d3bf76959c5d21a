/** Where a command puts the file that it is sent. */
import { once } from 'node:events';
import { BackupFile } from '../lrs/index.ts';
import type { CommandCall, Json } from '../web/index.ts';

/**
 * Runs `send`, and writes the bytes that it emits (`{kind: 'bytes', base64}`) to a file that has its name once it is whole;
 * `-` is standard output. A file that is there is replaced only with `force`.
 */
export async function writeFileOut(
  path: string,
  force: boolean,
  send: (emit: CommandCall['emit']) => Promise<Json>,
): Promise<Json> {
  if (path === '-') return send(bytesTo(writeOut));
  const file = await BackupFile.create(path, { replace: force });
  try {
    const given = await send(bytesTo((bytes) => file.write(bytes)));
    await file.finish();
    return given;
  } catch (error) {
    await file.abandon();
    throw error;
  }
}

/** Takes the lines in which a command sends a file. */
export const bytesTo =
  (take: (bytes: Uint8Array) => Promise<void>) =>
  async (line: Json): Promise<void> => {
    const { base64 } = line as { base64: string };
    await take(Buffer.from(base64, 'base64'));
  };

export async function writeOut(bytes: Uint8Array): Promise<void> {
  if (!process.stdout.write(bytes)) await once(process.stdout, 'drain');
}
