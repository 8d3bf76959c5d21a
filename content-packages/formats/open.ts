/** From a file that somebody sends to a course and its files, whatever the format. */
import { open } from 'node:fs/promises';
import { NO_FILES, type PackageFiles, readAll } from '../archive/files.ts';
import { type ArchiveLimits, openZip } from '../archive/zip.ts';
import type { Course } from '../course.ts';
import { invalid, quoted } from '../refusal.ts';
import { CMI5_MANIFEST, LARGEST_MANIFEST, readCmi5 } from './cmi5/read.ts';

export interface OpenedPackage {
  course: Course;
  /** To be closed by the caller. */
  files: PackageFiles;
}

/** Formats that will come: what gives them away at the root of the package, and their name. */
const LATER: Record<string, string> = {
  'imsmanifest.xml': 'SCORM',
  'tincan.xml': 'plain xAPI (tincan.xml)',
  'h5p.json': 'H5P',
};

/** Opens a package and reads its course. Rejects with `package.invalid` or `package.tooLarge`, and leaves nothing open then. */
export async function openPackage(path: string, limits?: ArchiveLimits): Promise<OpenedPackage> {
  const start = await head(path);
  // A first entry, or the end of an archive without entries.
  if (['PK\x03\x04', 'PK\x05\x06'].some((signature) => start.startsWith(signature))) return openArchive(path, limits);
  if (/^(\xef\xbb\xbf)?\s*</.test(start)) return { course: await readCmi5(await manifestAlone(path)), files: NO_FILES };
  throw invalid('The file is neither a zip archive nor a cmi5.xml.');
}

async function openArchive(path: string, limits?: ArchiveLimits): Promise<OpenedPackage> {
  const files = await openZip(path, limits);
  try {
    return { course: await readCourse(files), files };
  } catch (error) {
    files.close();
    throw error;
  }
}

async function readCourse(files: PackageFiles): Promise<Course> {
  const size = files.sizes.get(CMI5_MANIFEST);
  if (size === undefined) throw unknown(files);
  if (size > LARGEST_MANIFEST) throw invalid(`It is larger than ${LARGEST_MANIFEST} bytes.`, CMI5_MANIFEST);
  return readCmi5(await readAll(files, CMI5_MANIFEST), files);
}

function unknown(files: PackageFiles): Error {
  const later = Object.keys(LATER).find((manifest) => files.sizes.has(manifest));
  if (later)
    return invalid(`This is a ${LATER[later]} package. That format comes later; cmi5 packages can be imported now.`);
  const misplaced = [...files.sizes.keys()].find((name) => name.toLowerCase().endsWith(CMI5_MANIFEST));
  const hint = misplaced === undefined ? '' : ` It has ${quoted(misplaced)}, which is not there.`;
  return invalid(`There is no ${CMI5_MANIFEST} at the root of the package.${hint}`);
}

async function head(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(256), 0, 256, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await file.close();
  }
}

async function manifestAlone(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    if (size > LARGEST_MANIFEST) throw invalid(`It is larger than ${LARGEST_MANIFEST} bytes.`, CMI5_MANIFEST);
    return await file.readFile();
  } finally {
    await file.close();
  }
}
