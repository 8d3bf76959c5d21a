/** `livret import FILE|URL` */
import { createWriteStream, type WriteStream } from 'node:fs';
import { basename } from 'node:path';
import { finished } from 'node:stream/promises';
import { readConfig } from '../../config.ts';
import type { Progress } from '../../lrs/index.ts';
import type { Json } from '../../web/index.ts';
import { call, openFile } from '../call.ts';
import { count, print } from '../console.ts';
import { ProgressLine } from '../progress-line.ts';

interface ImportOptions {
  key?: string;
  secret?: string;
  since?: string;
  restart?: boolean;
  trusted?: boolean;
  withoutContents?: boolean;
  refused?: string;
}

interface Counts {
  read: number;
  stored: number;
  same: number;
  refused: number;
}

type Line = ({ kind: 'progress' } & Progress) | { kind: 'resumed'; since: string } | { kind: 'refused' };

/** Gives 1 where something was refused. */
export async function importStatements(source: string, options: ImportOptions): Promise<number> {
  const { importKey, importSecret } = readConfig(process.env);
  const { key = importKey, secret = importSecret, since, restart, trusted, withoutContents } = options;
  const isUrl = /^https?:\/\//i.test(source);
  const file = isUrl ? undefined : await openFile(source);
  const reasons = new ReasonsFile(
    options.refused ?? `${isUrl ? new URL(source).host.replace(':', '-') : name(source)}.refused.jsonl`,
  );
  const progress = new ProgressLine();
  const emit = async (line: Json): Promise<void> => {
    const told = line as unknown as Line;
    if (told.kind === 'progress') progress.show(told);
    else if (told.kind === 'resumed') print(`Going on after ${told.since}.`);
    else await reasons.write(line);
  };
  const where = isUrl ? { url: source, key, secret, since, restart } : { totalBytes: file?.totalBytes };
  const shared = { trusted, withoutContents };
  try {
    const counts = (await call('statements.import', { ...where, ...shared }, { ...file, emit })) as unknown as Counts;
    progress.clear();
    print(summary(counts));
    if (counts.refused > 0) print(`What was refused, and why: ${reasons.path}`);
    return counts.refused > 0 ? 1 : 0;
  } finally {
    progress.clear();
    await reasons.close();
  }
}

const name = (source: string): string => (source === '-' ? 'stdin' : basename(source));

export function summary({ stored, same, refused }: Counts): string {
  if (same === 0) return `${count(stored)} stored, ${count(refused)} refused`;
  const refusals = refused === 0 ? '' : `, ${count(refused)} refused`;
  return `${count(stored)} new, ${count(same)} already there${refusals}`;
}

/** Made when there is something to write; in the working folder, for the source's own may be read-only. */
class ReasonsFile {
  readonly path: string;
  #stream: WriteStream | undefined;

  constructor(path: string) {
    this.path = path;
  }

  async write(line: Json): Promise<void> {
    const { kind: _kind, ...reason } = line as Record<string, Json>;
    // For its owner alone: it repeats statements about people.
    this.#stream ??= createWriteStream(this.path, { mode: 0o600 });
    const stream = this.#stream;
    await new Promise<void>((resolve, reject) => {
      stream.write(`${JSON.stringify(reason)}\n`, (error) => (error ? reject(error) : resolve()));
    });
  }

  async close(): Promise<void> {
    if (this.#stream === undefined) return;
    this.#stream.end();
    await finished(this.#stream);
  }
}
