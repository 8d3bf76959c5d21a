/** Reads an archive that stands in a file. */
import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { LivretError } from '../errors.ts';
import type { DumpEntry } from '../store/dump.ts';
import {
  ABOUT,
  type About,
  BLOBS,
  type Counts,
  FORMAT_VERSION,
  LAST_LINE_BYTES,
  MANIFEST,
  type Manifest,
  readLastLine,
  SEAL_BYTES,
  type Seal,
  sha256,
} from './format.ts';
import { parseEntry } from './lines.ts';
import { BLOCK, padding, readTarHeader, type TarHeader } from './tar.ts';

const CHUNK = 256 * 1024;
/** Most text that a file of entries may hold; we write some megabytes. */
const MOST_TEXT = 2 ** 29;

const unpacked = promisify(gunzip);

/** Takes the bytes of a blob, and says which they are (SHA-256, hex). */
export type TakeBlob = (bytes: AsyncIterable<Uint8Array>) => Promise<string>;

interface Member extends TarHeader {
  bytes(): AsyncGenerator<Uint8Array>;
}

export class Archive {
  readonly path: string;
  readonly size: number;
  readonly about: About;
  readonly #seal: Seal;
  readonly #file: FileHandle;
  /** What was read so far, when it was read last. */
  #at = 0;
  #places: Map<string, Member> | undefined;

  /** Rejects `backup.invalid` for what is none or was cut off, `backup.newer`, or a system error. */
  static async open(path: string): Promise<Archive> {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      return new Archive(path, file, size, await readAbout(file), await readSeal(file, size));
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  private constructor(path: string, file: FileHandle, size: number, about: About, seal: Seal) {
    this.path = path;
    this.#file = file;
    this.size = size;
    this.about = about;
    this.#seal = seal;
  }

  get at(): number {
    return this.#at;
  }

  /** Rejects `backup.invalid`, saying where, when a bit of the file is another than was written. */
  async check(told: () => void = () => {}): Promise<void> {
    const hash = createHash('sha256');
    for await (const chunk of this.#bytes(0, this.size - SEAL_BYTES)) {
      hash.update(chunk);
      told();
    }
    if (hash.digest('hex') === this.#seal.whole) return;
    // Looks for the place.
    await this.blobs(digest);
    for await (const _ of this.entries()) told();
    throw invalid('What stands between its parts has changed.');
  }

  /** Rejects `backup.invalid` where it is not as it was written. */
  async manifest(): Promise<Manifest> {
    const member = await this.#member(MANIFEST);
    const bytes = await collect(member.bytes());
    if (sha256(bytes) !== this.#seal.manifest) throw invalid(`${MANIFEST} is damaged.`);
    const manifest = parse<Manifest>(bytes, MANIFEST);
    if (JSON.stringify(this.about) !== JSON.stringify(manifest.about)) throw invalid(`${ABOUT} is damaged.`);
    return manifest;
  }

  /** Hands over every blob. Rejects `backup.invalid` for one that is not what it was when it was saved. */
  async blobs(take: TakeBlob): Promise<void> {
    const { missing } = await this.manifest();
    for await (const member of this.#members()) {
      if (!member.name.startsWith(BLOBS)) continue;
      const blob = member.name.slice(BLOBS.length);
      if ((await take(member.bytes())) !== blob && !missing.includes(blob)) throw invalid(`${member.name} is damaged.`);
    }
  }

  /** Every entry in order. Rejects `backup.invalid` at the latest at its end, when anything is not as the manifest says. */
  async *entries(): AsyncGenerator<DumpEntry, void, void> {
    const { counts, parts } = await this.manifest();
    const read: Counts = {};
    for (const { name, sha256: written } of parts) {
      const bytes = await collect((await this.#member(name)).bytes());
      if (sha256(bytes) !== written) throw invalid(`${name} is damaged.`);
      for await (const entry of entriesOf(bytes, name)) {
        read[entry.kind] = (read[entry.kind] ?? 0) + 1;
        yield entry;
      }
    }
    for (const kind of new Set([...Object.keys(counts), ...Object.keys(read)]) as Set<keyof Counts>) {
      if (counts[kind] === read[kind]) continue;
      throw invalid(`It has ${read[kind] ?? 0} entries of the kind ${kind}, not ${counts[kind] ?? 0}.`);
    }
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  async #member(name: string): Promise<Member> {
    this.#places ??= await this.#findPlaces();
    const member = this.#places.get(name);
    if (member === undefined) throw invalid(`${name} is not there.`);
    return member;
  }

  /** Of all but the blobs, which may be very many. */
  async #findPlaces(): Promise<Map<string, Member>> {
    const places = new Map<string, Member>();
    for await (const member of this.#members()) if (!member.name.startsWith(BLOBS)) places.set(member.name, member);
    return places;
  }

  async *#members(): AsyncGenerator<Member> {
    let last = 'its beginning';
    const end = this.size - LAST_LINE_BYTES;
    for (let at = 0; at < end; ) {
      const block = await collect(this.#bytes(at, BLOCK));
      if (block.every((byte) => byte === 0)) return;
      const header = readTarHeader(block);
      if (header === undefined || at + BLOCK + header.size > end)
        throw invalid(`What comes after ${last} cannot be read.`);
      const from = at + BLOCK;
      yield { ...header, bytes: () => this.#bytes(from, header.size) };
      last = header.name;
      at = from + header.size + padding(header.size).length;
    }
    throw invalid(`It ends after ${last}.`);
  }

  async *#bytes(from: number, length: number): AsyncGenerator<Buffer> {
    for (let at = from; at < from + length; ) {
      const { buffer, bytesRead } = await this.#file.read({
        buffer: Buffer.alloc(Math.min(CHUNK, from + length - at)),
        position: at,
      });
      if (bytesRead === 0) throw invalid('It was cut off while it was read.');
      at += bytesRead;
      this.#at = at;
      yield buffer.subarray(0, bytesRead);
    }
  }
}

/** Only says which bytes a blob has. */
async function digest(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of bytes) hash.update(chunk);
  return hash.digest('hex');
}

async function* entriesOf(bytes: Buffer, name: string): AsyncGenerator<DumpEntry> {
  const text = await unpacked(bytes, { maxOutputLength: MOST_TEXT }).catch((cause: unknown) => {
    throw invalid(`${name} is damaged.`, cause);
  });
  for (const line of text.toString('utf8').split('\n')) if (line !== '') yield parseLine(line, name);
}

function parseLine(line: string, name: string): DumpEntry {
  try {
    return parseEntry(line);
  } catch (cause) {
    throw invalid(`${name} holds what is no entry.`, cause);
  }
}

async function readAbout(file: FileHandle): Promise<About> {
  const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(4 * BLOCK), position: 0 });
  const header = readTarHeader(buffer.subarray(0, Math.min(BLOCK, bytesRead)));
  if (header?.name !== ABOUT || header.size > bytesRead - BLOCK) throw invalid('It does not begin as a backup does.');
  const about = parse<About>(buffer.subarray(BLOCK, BLOCK + header.size), ABOUT);
  if (about.format !== 'livret-backup' || !Number.isSafeInteger(about.version)) throw invalid(`${ABOUT} is damaged.`);
  if (about.version <= FORMAT_VERSION) return about;
  throw new LivretError('backup.newer', {
    detail: `Its format has version ${about.version}, from Livret ${about.livret}; this program reads versions up to ${FORMAT_VERSION}.`,
  });
}

async function readSeal(file: FileHandle, size: number): Promise<Seal> {
  const { buffer } = await file.read({
    buffer: Buffer.alloc(LAST_LINE_BYTES),
    position: Math.max(0, size - LAST_LINE_BYTES),
  });
  const seal = readLastLine(buffer);
  if (seal === undefined) throw invalid('It was cut off: its last line is not there.');
  return seal;
}

function parse<T>(bytes: Buffer, name: string): T {
  try {
    return JSON.parse(bytes.toString('utf8')) as T;
  } catch (cause) {
    throw invalid(`${name} is damaged.`, cause);
  }
}

async function collect(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const invalid = (detail: string, cause?: unknown): LivretError => new LivretError('backup.invalid', { detail, cause });
