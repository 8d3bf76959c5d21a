/** Writes a store into an archive, as a stream of bytes. */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { hasCode } from '../errors.ts';
import type { Store } from '../store/store.ts';
import {
  ABOUT,
  type About,
  BLOBS,
  type Counts,
  ENTRIES,
  FORMAT_VERSION,
  MANIFEST,
  type Manifest,
  seal,
  sealed,
  sha256,
} from './format.ts';
import { entryLine } from './lines.ts';
import { END, padding, tarHeader } from './tar.ts';

/** Text of a file of entries, before it is packed. */
const PART_BYTES = 4 * 2 ** 20;

const packed = promisify(gzip);

/** What of a store is saved. */
export type Saved = Pick<Store, 'dump' | 'blobs' | 'engine'>;

/** What has been written. */
export interface Written extends Pick<Manifest, 'missing'> {
  about: About;
  counts: Counts;
  bytes: number;
  /** Of the file, less its last 65 bytes, which say so. */
  sha256: string;
}

/** One archive. Its bytes are read once. */
export class ArchiveWriter {
  readonly #store: Saved;
  readonly #about: About;
  readonly #manifest: Manifest;
  readonly #hash = createHash('sha256');
  #lines = '';
  #bytes = 0;
  #sha256 = '';

  /** `livret`: version of this program. */
  constructor(store: Saved, livret: string) {
    this.#store = store;
    const created = new Date().toISOString();
    this.#about = { format: 'livret-backup', version: FORMAT_VERSION, livret, engine: store.engine, created };
    this.#manifest = { about: this.#about, counts: {}, parts: [], missing: [] };
  }

  /** How many entries there are already. */
  get counts(): Counts {
    return this.#manifest.counts;
  }

  /** Once all bytes are read. */
  get written(): Written {
    const { counts, missing } = this.#manifest;
    return { about: this.#about, counts, missing, bytes: this.#bytes, sha256: this.#sha256 };
  }

  /** The whole archive. Rejects as store.dump does. */
  async *bytes(): AsyncGenerator<Uint8Array, void, void> {
    for await (const chunk of this.#archive()) {
      this.#hash.update(chunk);
      this.#bytes += chunk.length;
      yield chunk;
    }
    this.#sha256 = this.#hash.digest('hex');
    const last = seal(this.#sha256);
    this.#bytes += last.length;
    yield last;
  }

  async *#archive(): AsyncGenerator<Uint8Array> {
    yield* file(ABOUT, json(this.#about));
    // While one part is packed the next one is filled.
    let packing: Promise<Buffer> | undefined;
    for await (const entry of this.#store.dump()) {
      if (entry.kind === 'blob') yield* this.#blob(entry.blob);
      this.#lines += entryLine(entry);
      const { counts } = this.#manifest;
      counts[entry.kind] = (counts[entry.kind] ?? 0) + 1;
      if (this.#lines.length < PART_BYTES) continue;
      if (packing) yield* this.#part(await packing);
      packing = this.#pack();
    }
    if (packing) yield* this.#part(await packing);
    yield* this.#part(await this.#pack());
    yield* file(MANIFEST, json(this.#manifest));
    yield END;
    yield sealed(sha256(json(this.#manifest)));
  }

  #pack(): Promise<Buffer> {
    const packing = packed(this.#lines);
    this.#lines = '';
    // Awaited a part later.
    packing.catch(() => undefined);
    return packing;
  }

  *#part(bytes: Buffer): Generator<Uint8Array> {
    const { parts } = this.#manifest;
    const name = `${ENTRIES}${String(parts.length + 1).padStart(6, '0')}.jsonl.gz`;
    parts.push({ name, bytes: bytes.length, sha256: sha256(bytes) });
    yield* file(name, bytes);
  }

  /** A blob that is lost or damaged does not keep the rest from being saved: it is told of, here and when it is restored. */
  async *#blob(blob: string): AsyncGenerator<Uint8Array> {
    const size = await this.#store.blobs.size(blob).catch((error: unknown) => {
      if (hasCode(error, 'blob.missing')) return undefined;
      throw error;
    });
    if (size === undefined) {
      this.#manifest.missing.push(blob);
      return;
    }
    yield tarHeader({ name: `${BLOBS}${blob}`, size });
    const hash = createHash('sha256');
    let left = size;
    for await (const chunk of untilItFails(this.#store.blobs.stream(blob))) {
      const fitting = chunk.subarray(0, left);
      hash.update(fitting);
      left -= fitting.length;
      yield fitting;
    }
    if (left > 0 || hash.digest('hex') !== blob) this.#manifest.missing.push(blob);
    for (; left > 0; left -= Math.min(left, PART_BYTES)) yield Buffer.alloc(Math.min(left, PART_BYTES));
    yield padding(size);
  }
}

async function* untilItFails(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const chunks = source[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await chunks.next().catch(() => undefined);
      if (next === undefined || next.done) return;
      yield next.value;
    }
  } finally {
    await chunks.return?.();
  }
}

function* file(name: string, bytes: Buffer): Generator<Uint8Array> {
  yield tarHeader({ name, size: bytes.length });
  yield bytes;
  yield padding(bytes.length);
}

const json = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value, undefined, 2)}\n`);
