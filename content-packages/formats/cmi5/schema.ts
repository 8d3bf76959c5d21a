/** The cmi5 XML Schema, really enforced (cmi5 §6.1): libxml2 as WebAssembly, in a thread of its own, without files or network. */
import { readFile } from 'node:fs/promises';
import { memoryPages, validateXML, type XMLValidationResult } from 'xmllint-wasm';
import { invalid, refusal } from '../../refusal.ts';

export const NAMESPACE = 'https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd';

/** What libxml2 calls the file in its messages: neither a path nor a colon. */
const LINTED = 'structure.xml';

const schemaFile = new URL('./schema/CourseStructure.xsd', import.meta.url);

/** Rejects with `package.invalid`, naming lines, unless the text is well-formed XML that fits the schema. */
export async function checkSchema(xml: string, file: string): Promise<void> {
  const schema = { fileName: 'CourseStructure.xsd', contents: await readFile(schemaFile, 'utf8') };
  const result = await lint(xml, file, schema);
  if (result.valid) return;
  throw refusal(
    result.errors
      // The others repeat the source line, with a caret under it.
      .filter(({ loc }) => loc?.fileName === LINTED && Number.isInteger(loc.lineNumber))
      .map((error) => ({ file, line: error.loc?.lineNumber, what: plain(error.message) })),
  );
}

async function lint(
  xml: string,
  file: string,
  schema: { fileName: string; contents: string },
): Promise<XMLValidationResult> {
  try {
    // 3.5 MB of structure (12,000 AUs) fit; what does not is refused like any other file that cannot be read.
    const maxMemoryPages = 512 * memoryPages.MiB;
    return await validateXML({ xml: { fileName: LINTED, contents: xml }, schema, maxMemoryPages });
  } catch (error) {
    throw invalid(`It cannot be checked: ${error instanceof Error ? error.message : error}`, file);
  }
}

const plain = (message: string): string =>
  message.replaceAll(`{${NAMESPACE}}`, '').replace(/^(Schemas validity|parser) error : /, '');
