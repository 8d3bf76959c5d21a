/** Zip and Zip64 archives of people we do not know. yauzl reads them; it sets no limits, so they are here. */
import { crc32 } from 'node:zlib';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { LivretError } from '../../lrs/index.ts';
import { invalid, quoted } from '../refusal.ts';
import type { PackageFiles } from './files.ts';
import { DistinctNames, problemOfName } from './names.ts';

export interface ArchiveLimits {
  /** Files and folders. */
  entries: number;
  /** Bytes of all files, unpacked. */
  bytes: number;
  /** Bytes unpacked for each byte of the archive, once `ratioFrom` bytes are unpacked. */
  ratio: number;
  ratioFrom: number;
}

export const ARCHIVE_LIMITS: ArchiveLimits = {
  entries: 10_000,
  bytes: 4 * 1024 ** 3,
  // Deflate reaches 1032; real courses stay under 30. The count of the whole also catches entries that overlap.
  ratio: 200,
  ratioFrom: 20 * 1024 ** 2,
};

/**
 * Opens an archive and looks through its directory: number, names, kinds and declared sizes of the entries. Rejects with
 * `package.invalid` or `package.tooLarge`; nothing is unpacked yet. Close it.
 */
export async function openZip(path: string, limits: ArchiveLimits = ARCHIVE_LIMITS): Promise<PackageFiles> {
  const zip = await readable(() => openPromise(path, { autoClose: false, strictFileNames: true }));
  try {
    return zipFiles(zip, await readable(() => directory(zip, limits)), limits);
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function directory(zip: ZipFile, limits: ArchiveLimits): Promise<Map<string, Entry>> {
  if (zip.entryCount > limits.entries) throw tooManyEntries(limits);
  const names = new DistinctNames();
  const files = new Map<string, Entry>();
  let bytes = 0;
  for await (const entry of zip.eachEntry()) {
    const problem = problemOfName(entry.fileName) ?? problemOfEntry(entry);
    if (problem) throw invalid(`The entry ${quoted(entry.fileName)} ${problem}.`);
    names.add(entry.fileName);
    bytes += entry.uncompressedSize;
    checkSize(bytes, zip.fileSize, limits);
    if (!entry.fileName.endsWith('/')) files.set(entry.fileName, entry);
  }
  return files;
}

/** File types of Unix in the upper half of the external attributes; 0 when the archive was made elsewhere. */
const TYPE = 0o170000;
const ORDINARY = [0, 0o040000, 0o100000];

function problemOfEntry(entry: Entry): string | undefined {
  const type = (entry.externalFileAttributes >>> 16) & TYPE;
  if (type === 0o120000) return 'is a symbolic link';
  if (!ORDINARY.includes(type)) return 'is neither a file nor a folder';
  if (entry.isEncrypted()) return 'is encrypted';
  if (!entry.canDecodeFileData()) return `is packed by a method (${entry.compressionMethod}) that is not supported`;
  return undefined;
}

function checkSize(bytes: number, packed: number, limits: ArchiveLimits): void {
  if (bytes > limits.bytes) {
    throw new LivretError('package.tooLarge', { detail: `It unpacks to more than ${limits.bytes} bytes.` });
  }
  if (bytes > limits.ratioFrom && bytes > packed * limits.ratio) {
    throw invalid(`It unpacks to more than ${limits.ratio} times its size: an archive bomb.`);
  }
}

const tooManyEntries = (limits: ArchiveLimits): LivretError =>
  new LivretError('package.tooLarge', { detail: `It has more than ${limits.entries} entries.` });

function zipFiles(zip: ZipFile, entries: ReadonlyMap<string, Entry>, limits: ArchiveLimits): PackageFiles {
  return {
    sizes: new Map([...entries].map(([name, entry]) => [name, entry.uncompressedSize])),
    async *stream(name) {
      const entry = entries.get(name);
      if (!entry) throw new TypeError(`There is no file ${name}.`);
      let [bytes, sum] = [0, 0];
      // The directory's sizes were only claims: what really comes out is counted, and its checksum compared.
      for await (const chunk of chunks(zip, entry)) {
        bytes += chunk.length;
        checkSize(bytes, zip.fileSize, limits);
        sum = crc32(chunk, sum);
        yield chunk;
      }
      if (bytes !== entry.uncompressedSize || sum !== entry.crc32) throw invalid('is damaged.', quoted(name));
    },
    close: () => zip.close(),
  };
}

async function* chunks(zip: ZipFile, entry: Entry): AsyncGenerator<Uint8Array> {
  const stream = await readable(() => zip.openReadStreamPromise(entry), entry.fileName);
  try {
    yield* stream as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw unreadable(error, entry.fileName);
  } finally {
    stream.destroy();
  }
}

async function readable<T>(read: () => Promise<T>, name?: string): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw unreadable(error, name);
  }
}

/** yauzl and zlib say with plain Errors what is wrong in the file; the system's own failures carry an errno. */
function unreadable(error: unknown, name?: string): unknown {
  if (error instanceof LivretError || !(error instanceof Error) || 'syscall' in error) return error;
  const file = name === undefined ? undefined : quoted(name);
  return invalid(`The zip archive cannot be read: ${error.message.replace(/\.?$/, '.')}`, file);
}
