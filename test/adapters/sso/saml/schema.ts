/** The schemas of SAML, from Debian's packages opensaml-schemas and xmltooling-schemas, where those are installed. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { memoryPages, validateXML } from 'xmllint-wasm';

const FOLDERS = ['/usr/share/xml/opensaml', '/usr/share/xml/xmltooling'];
const NAMES = ['saml-schema-assertion-2.0.xsd', 'xmldsig-core-schema.xsd', 'xenc-schema.xsd', 'xml.xsd'];

export const hasSchemas = FOLDERS.every((folder) => existsSync(folder));

async function schemaOf(name: string): Promise<{ fileName: string; contents: string }> {
  const file = FOLDERS.map((folder) => `${folder}/${name}`).find(existsSync) ?? name;
  const text = await readFile(file, 'utf8');
  // Beside one another, and without the document type, which points to the web.
  const contents = text
    .replace(/<!DOCTYPE[^[>]*(\[[^\]]*\])?[^>]*>/, '')
    .replace(
      /schemaLocation=(["'])([^"']+)\1/g,
      (_, quote, location) => `schemaLocation=${quote}${basename(location)}${quote}`,
    );
  return { fileName: name, contents };
}

/** What a schema (metadata, protocol) says against a document. */
export async function faultsOf(xml: string, schema: 'metadata' | 'protocol'): Promise<string[]> {
  const preload = await Promise.all(NAMES.map(schemaOf));
  const result = await validateXML({
    xml: { fileName: 'message.xml', contents: xml },
    schema: await schemaOf(`saml-schema-${schema}-2.0.xsd`),
    preload,
    maxMemoryPages: 512 * memoryPages.MiB,
  });
  return result.errors.map(({ message }) => message);
}
