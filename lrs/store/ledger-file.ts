/** The ledger of erasures as a file of JSON lines. */
import { open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { LivretError } from '../errors.ts';
import { type ErasureLedger, type LedgerLine, parseLedgerLine } from './erasure.ts';
import { syncFolder } from './sync-folder.ts';

/** For one process at a time: whoever adds must hold the store. */
export class LedgerFile implements ErasureLedger {
  readonly #path: string;
  #last: Promise<unknown> = Promise.resolve();

  constructor(path: string) {
    this.#path = path;
  }

  add(lines: readonly LedgerLine[]): Promise<void> {
    const turn = this.#last.then(() => this.#add(lines));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async lines(): Promise<LedgerLine[]> {
    return parse(await this.#read(), this.#path);
  }

  async #add(lines: readonly LedgerLine[]): Promise<void> {
    const text = await this.#read();
    const known = new Set(parse(text, this.#path).map(({ id }) => id));
    const news = lines.filter(({ id }) => !known.has(id));
    if (news.length === 0) return;
    try {
      await this.#append(text, news);
    } catch (cause) {
      throw new LivretError('store.unavailable', { detail: `${this.#path} cannot be written.`, cause });
    }
  }

  async #append(text: string, lines: readonly LedgerLine[]): Promise<void> {
    const file = await open(this.#path, 'a', 0o600);
    try {
      // A line that was broken off was never acknowledged.
      await file.truncate(Buffer.byteLength(wholeLines(text)));
      await file.appendFile(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
      await file.sync();
    } finally {
      await file.close();
    }
    if (text === '') await syncFolder(dirname(this.#path));
  }

  async #read(): Promise<string> {
    try {
      return await readFile(this.#path, 'utf8');
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return '';
      throw new LivretError('erasure.ledger', { detail: this.#path, cause });
    }
  }
}

const wholeLines = (text: string): string => text.slice(0, text.lastIndexOf('\n') + 1);

function parse(text: string, path: string): LedgerLine[] {
  const texts = wholeLines(text).split('\n').slice(0, -1);
  return texts.map((line, n) => {
    try {
      return parseLedgerLine(line);
    } catch (cause) {
      throw new LivretError('erasure.ledger', { detail: `${path}, line ${n + 1}.`, cause });
    }
  });
}
