/** XML of people we do not know: no document types, no entities, namespaces resolved, positions kept for the refusal. */
import { XMLParser } from 'fast-xml-parser';
import { invalid } from '../refusal.ts';

export interface XmlElement {
  namespace: string;
  /** Without prefix. */
  name: string;
  /** By name as written. */
  attributes: ReadonlyMap<string, string>;
  children: readonly XmlElement[];
  /** Character data directly inside, white space around it trimmed. */
  text: string;
  /** Offset of the element in the text that was parsed. */
  at: number;
}

/**
 * The text of an XML file: UTF-8, line ends normalised (XML 1.0 §2.11). Throws `package.invalid` for another encoding
 * and for a document type, which is where entities (bombs, files of the server) come from.
 */
export function decodeXml(bytes: Uint8Array, file: string): string {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r\n?/g, '\n');
  } catch {
    throw invalid('It is not UTF-8 text.', file);
  }
  const declared = /^<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([\w.-]+)["']/.exec(text)?.[1] ?? 'utf-8';
  if (!/^(utf-?8|us-ascii)$/i.test(declared)) throw invalid(`It must be UTF-8; it says ${declared}.`, file);
  if (hasDoctype(text)) throw invalid('A DOCTYPE (and the entities in it) is not allowed.', file);
  return text;
}

/** Before the root element only white space, comments and processing instructions may stand (XML 1.0 §2.8), or a DOCTYPE. */
function hasDoctype(text: string): boolean {
  const gap = /\s*/y;
  for (let at = 0; ; ) {
    gap.lastIndex = at;
    at += gap.exec(text)?.[0].length ?? 0;
    const end = text.startsWith('<?', at) ? '?>' : text.startsWith('<!--', at) ? '-->' : undefined;
    if (end === undefined) return text.startsWith('<!', at);
    const close = text.indexOf(end, at + 2);
    if (close < 0) return false;
    at = close + end.length;
  }
}

/** Line of an offset, from 1. */
export const lineOf = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

/** Keys that fast-xml-parser uses for what is not an element. */
const ATTRIBUTES = ':@';
const CDATA = '#cdata';
const TEXT = '#text';

type ParsedNode = Record<string, unknown>;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  processEntities: false,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  cdataPropName: CDATA,
  ignoreDeclaration: true,
  ignorePiTags: true,
  // libxml2, which has checked the file before, stops at 256.
  maxNestedTags: 300,
  captureMetaData: true,
});

const METADATA = XMLParser.getMetaDataSymbol() as unknown as keyof ParsedNode;

/** Parses text that decodeXml gave and libxml2 found well-formed. Throws `package.invalid`. */
export function parseXml(text: string, file: string): XmlElement {
  let nodes: ParsedNode[];
  try {
    nodes = parser.parse(text);
  } catch (error) {
    throw invalid(`It cannot be parsed: ${error instanceof Error ? error.message : error}`, file);
  }
  const root = nodes.find((node) => tagOf(node) !== undefined);
  if (!root) throw invalid('It has no element.', file);
  return element(root, new Map([['xml', 'http://www.w3.org/XML/1998/namespace']]));
}

const tagOf = (node: ParsedNode): string | undefined =>
  Object.keys(node).find((key) => key !== ATTRIBUTES && key !== TEXT && key !== CDATA);

function element(node: ParsedNode, outer: ReadonlyMap<string, string>): XmlElement {
  const tag = tagOf(node) ?? '';
  const attributes = new Map(
    Object.entries((node[ATTRIBUTES] ?? {}) as Record<string, string>).map(([name, value]) => [name, unescaped(value)]),
  );
  const namespaces = declared(attributes, outer);
  const [prefix, name] = tag.includes(':') ? (tag.split(':', 2) as [string, string]) : ['', tag];
  const inside = node[tag] as ParsedNode[];
  return {
    namespace: namespaces.get(prefix) ?? '',
    name,
    attributes,
    children: inside.filter((child) => tagOf(child) !== undefined).map((child) => element(child, namespaces)),
    text: inside.map(characters).join('').trim(),
    at: (node[METADATA] as { startIndex?: number } | undefined)?.startIndex ?? 0,
  };
}

function declared(
  attributes: ReadonlyMap<string, string>,
  outer: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const own = [...attributes].filter(([name]) => name === 'xmlns' || name.startsWith('xmlns:'));
  return own.length === 0 ? outer : new Map([...outer, ...own.map(([name, iri]) => [name.slice(6), iri] as const)]);
}

function characters(node: ParsedNode): string {
  const cdata = node[CDATA] as ParsedNode[] | undefined;
  if (cdata) return cdata.map((part) => String(part[TEXT] ?? '')).join('');
  return TEXT in node ? unescaped(String(node[TEXT])) : '';
}

const PREDEFINED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Character references and the five entities that need no declaration (XML 1.0 §4.1, §4.6). */
function unescaped(text: string): string {
  return text.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(lt|gt|amp|quot|apos));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return PREDEFINED[name] ?? whole;
    const point = hex === undefined ? Number.parseInt(decimal, 10) : Number.parseInt(hex, 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}
