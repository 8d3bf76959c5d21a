/**
 * The XML that SAML messages are made of, and nothing else of XML: parsers disagree about the rest, and what one sees
 * and another does not is how signatures are got round. No document types (so no entities), comments, processing
 * instructions, or CDATA sections. Time and memory grow with the length only.
 */
import { refused } from './refused.ts';

/** More than a message needs, whose person has a thousand roles; xml-crypto takes a tenth of a second for as much, and anybody may send it. */
const MOST_ELEMENTS = 1_000;
const MOST_ATTRIBUTES = 40;
const MOST_ATTRIBUTES_IN_ALL = 2_000;
const MOST_LEVELS = 40;

const NAME = '[A-Za-z_][\\w.-]*(?::[A-Za-z_][\\w.-]*)?';
const DECLARATION =
  /^<\?xml[ \t\r\n]+version[ \t]*=[ \t]*["']1\.0["'](?:[ \t\r\n]+encoding[ \t]*=[ \t]*["']utf-8["'])?(?:[ \t\r\n]+standalone[ \t]*=[ \t]*["'](?:yes|no)["'])?[ \t\r\n]*\?>/i;
const OPENING = new RegExp(`<(${NAME})`, 'y');
const CLOSING = new RegExp(`</(${NAME})[ \\t\\r\\n]*>`, 'y');
const ATTRIBUTE = new RegExp(`[ \\t\\r\\n]+(${NAME})[ \\t\\r\\n]*=[ \\t\\r\\n]*(?:"([^<"]*)"|'([^<']*)')`, 'y');
const END = /[ \t\r\n]*(\/?)>/y;
const REFERENCE = /&(?:(?:amp|lt|gt|quot|apos)|#(\d{1,7})|#x([0-9A-Fa-f]{1,6}));/g;
// XML 1.0, production 2: the characters there are.
const NO_CHARACTER = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

const malformed = (): Error => refused('It is not well-formed XML.');

/** Throws `sso.refused` unless the text is well-formed XML of this kind. */
export function requireStrictXml(text: string): void {
  if (text.includes('<!DOCTYPE') || text.includes('<!ENTITY')) throw refused('It has a document type or entities.');
  if (text.includes('<!--')) throw refused('It holds a comment.');
  if (text.includes('<!')) throw refused('It holds a CDATA section or a declaration.');
  const start = DECLARATION.exec(text)?.[0].length ?? 0;
  if (text.includes('<?', start)) throw refused('It holds a processing instruction, or is not UTF-8.');
  if (NO_CHARACTER.test(text)) throw malformed();
  walk(text, start);
}

function walk(text: string, start: number): void {
  const open: string[] = [];
  let elements = 0;
  let attributes = 0;
  let at = start;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at = pattern.lastIndex;
    return found;
  };
  for (;;) {
    const next = text.indexOf('<', at);
    requireText(text.slice(at, next < 0 ? undefined : next), open.length === 0);
    if (next < 0) break;
    at = next;
    const closing = take(CLOSING);
    if (closing) {
      if (open.pop() !== closing[1]) throw malformed();
      continue;
    }
    const name = take(OPENING)?.[1];
    if (name === undefined || (open.length === 0 && elements > 0)) throw malformed();
    elements += 1;
    attributes += countAttributes(take);
    if (attributes > MOST_ATTRIBUTES_IN_ALL) throw refused('It has too many attributes.');
    const end = take(END);
    if (!end) throw malformed();
    if (end[1] === '') open.push(name);
    if (elements > MOST_ELEMENTS || open.length > MOST_LEVELS) throw refused('It has too many elements.');
  }
  if (open.length > 0 || elements === 0) throw malformed();
}

/** Takes the attributes of an element; gives how many there are. */
function countAttributes(take: (pattern: RegExp) => RegExpExecArray | null): number {
  const names = new Set<string>();
  for (let found = take(ATTRIBUTE); found; found = take(ATTRIBUTE)) {
    const [, name = '', double, single] = found;
    if (names.has(name)) throw malformed();
    names.add(name);
    if (names.size > MOST_ATTRIBUTES) throw refused('It has too many attributes.');
    requireReferences(double ?? single ?? '');
  }
  return names.size;
}

function requireText(text: string, outside: boolean): void {
  if (outside ? /[^ \t\r\n]/.test(text) : text.includes(']]>')) throw malformed();
  requireReferences(text);
}

/** Only the five entities that XML has by itself, and references to characters that may stand in XML. */
function requireReferences(text: string): void {
  if (!text.includes('&')) return;
  const rest = text.replace(REFERENCE, (_, decimal?: string, hex?: string) => {
    const code = decimal === undefined ? Number.parseInt(hex ?? '20', 16) : Number(decimal);
    if (code > 0x10ffff || NO_CHARACTER.test(String.fromCodePoint(code))) throw malformed();
    return '';
  });
  if (rest.includes('&')) throw refused('It refers to an entity.');
}
