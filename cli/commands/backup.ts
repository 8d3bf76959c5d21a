/** `livret backup FILE` */
import { write } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { BackupFile, type Counts, type Progress, type Written } from '../../lrs/index.ts';
import type { Json } from '../../web/index.ts';
import { call } from '../call.ts';
import { complain, count, print } from '../console.ts';
import { ProgressLine } from '../progress-line.ts';

interface BackupOptions {
  force?: boolean;
}

type Line = { kind: 'bytes'; base64: string } | ({ kind: 'progress' } & Progress);

/** Gives 1 where contents were missing in the store; the backup holds the rest. */
export async function backUp(path: string, { force = false }: BackupOptions): Promise<number> {
  const written = path === '-' ? await toStandardOutput() : await toFile(path, force);
  const say = path === '-' ? complain : print;
  say(`${describeCounts(written.counts)}, as of ${written.about.created}`);
  for (const blob of written.missing) complain(`blob ${blob}: lost or damaged in the store; livret check says more.`);
  return written.missing.length > 0 ? 1 : 0;
}

async function toFile(path: string, replace: boolean): Promise<Written> {
  const file = await BackupFile.create(path, { replace });
  try {
    const written = await streamBackup((bytes) => file.write(bytes));
    await file.finish();
    return written;
  } catch (error) {
    await file.abandon();
    throw error;
  }
}

/** Past process.stdout, whose reader may leave without that being an error. Half a backup is one. */
const toStandardOutput = (): Promise<Written> =>
  streamBackup(async (bytes) => {
    for (let at = 0; at < bytes.length; ) at += await writeSome(bytes.subarray(at));
  });

const writeTo = promisify(write);

async function writeSome(bytes: Uint8Array): Promise<number> {
  try {
    return (await writeTo(process.stdout.fd, bytes)).bytesWritten;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    // A pipe that is full and does not wait by itself.
    await wait(10);
    return 0;
  }
}

async function streamBackup(take: (bytes: Uint8Array) => Promise<void>): Promise<Written> {
  const progress = new ProgressLine();
  const emit = async (line: Json): Promise<void> => {
    const told = line as unknown as Line;
    if (told.kind === 'progress') progress.show(told);
    else await take(Buffer.from(told.base64, 'base64'));
  };
  try {
    return (await call('store.backup', {}, { emit })) as unknown as Written;
  } finally {
    progress.clear();
  }
}

/** What somebody who keeps backups looks for. */
export const describeCounts = ({ statement = 0, document = 0, item = 0, blob = 0 }: Counts): string =>
  `${count(statement)} statements, ${count(document)} documents, ${count(item)} records, ${count(blob)} files`;
