import { NO_FILES, type PackageFiles } from '../../archive/files.ts';
import type { Course } from '../../course.ts';
import { invalid } from '../../refusal.ts';
import { decodeXml } from '../xml.ts';
import { checkSchema } from './schema.ts';
import { readStructure } from './structure.ts';

export const CMI5_MANIFEST = 'cmi5.xml';

/** 12,000 AUs with a sentence each take 3.5 MB. */
export const LARGEST_MANIFEST = 8 * 1024 ** 2;

/** The course of a cmi5.xml, in a package or standing alone (cmi5 §14). Rejects with `package.invalid`. */
export async function readCmi5(xml: Uint8Array, files: PackageFiles = NO_FILES): Promise<Course> {
  if (xml.length > LARGEST_MANIFEST) throw invalid(`It is larger than ${LARGEST_MANIFEST} bytes.`, CMI5_MANIFEST);
  const text = decodeXml(xml, CMI5_MANIFEST);
  await checkSchema(text, CMI5_MANIFEST);
  return readStructure(text, CMI5_MANIFEST, files);
}
