/**
 * Lines on disk, in slices of people: what is too much to be held at once is written once, and read slice after slice. They
 * lie in a folder of their own, which nobody else may read, and are removed at the end, or by the next check.
 */
import { hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { appendFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const PREFIX = 'reports-check-';

/** Characters that are held before they are written. */
const BUFFER = 2 ** 16;

export class Slices {
  readonly #folder: string;
  readonly #waiting = new Map<string, { lines: string[]; length: number }>();
  readonly count: number;

  /** Makes a folder inside `parent`; what a check that was killed left there goes. */
  static async open(parent: string, count: number): Promise<Slices> {
    for (const name of await readdir(parent)) {
      if (name.startsWith(PREFIX)) await rm(join(parent, name), { recursive: true, force: true });
    }
    return new Slices(await mkdtemp(join(parent, PREFIX)), count);
  }

  private constructor(folder: string, count: number) {
    this.#folder = folder;
    this.count = count;
  }

  /** The slice of a person, 0 to count − 1. `sliceSql` says the same in SQL. */
  of(person: string): number {
    return Number.parseInt(hash('md5', person, 'hex').slice(0, 4), 16) % this.count;
  }

  /** Adds a line to a kind of lines of a slice. */
  async add(kind: string, slice: number, line: unknown): Promise<void> {
    const name = `${kind}-${slice}`;
    const waiting = this.#waiting.get(name) ?? { lines: [], length: 0 };
    this.#waiting.set(name, waiting);
    const text = JSON.stringify(line);
    waiting.lines.push(text);
    waiting.length += text.length;
    if (waiting.length >= BUFFER) await this.#write(name);
  }

  /** The lines of a kind, in the order in which they were added. */
  async *read(kind: string, slice: number): AsyncGenerator<unknown> {
    const name = `${kind}-${slice}`;
    if (!(await this.#write(name))) return;
    const lines = createInterface({ input: createReadStream(join(this.#folder, name)), crlfDelay: Infinity });
    for await (const line of lines) yield JSON.parse(line);
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Tells whether there is a file then. */
  async #write(name: string): Promise<boolean> {
    const waiting = this.#waiting.get(name);
    if (!waiting) return false;
    if (waiting.lines.length > 0) await appendFile(join(this.#folder, name), `${waiting.lines.join('\n')}\n`);
    this.#waiting.set(name, { lines: [], length: 0 });
    return true;
  }
}

/** Condition that keeps the rows of people of the slice $slice of $slices. */
export const IN_SLICE = `('0x' || substr(md5(person), 1, 4))::INTEGER % $slices = $slice`;
