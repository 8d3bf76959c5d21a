/**
 * One pass over a JSON text that finds what JSON.parse does not tell: where things stand in the text, how deep it goes,
 * how many members it has, and whether its numbers survive as doubles. It does not check grammar: JSON.parse does.
 */

/** A member of an object, as offsets into the text: from the key's opening quote to the end of the value. */
export interface MemberRange {
  key: string;
  from: number;
  valueFrom: number;
  to: number;
}

/** An object, from its opening to just after its closing brace. */
export interface ObjectRange {
  from: number;
  to: number;
  members: MemberRange[];
  /** As in Scan, of this object's numbers only. */
  exactNumbers: boolean;
}

export interface Scan {
  /** The text's one object, or the objects that are elements of its one array (other elements are left out). */
  objects: ObjectRange[];
  /** How many members all its objects have together, repeated keys counted each time. */
  memberCount: number;
  /** Deepest nesting: 1 for {}, 2 for {"a":[]}. The scan stops where it passes maxDepth. */
  depth: number;
  /** Every number is what its double says: none has more digits than a double holds. */
  exactNumbers: boolean;
  /** JSON.stringify(JSON.parse(n)) gives every number back as it was written. */
  plainNumbers: boolean;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** A double holds any decimal of so many digits. */
const EXACT_DIGITS = 15;

const isSpace = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;

function skipSpace(text: string, at: number, to: number): number {
  let i = at;
  while (i < to && isSpace(text.charCodeAt(i))) i++;
  return i;
}

/** Just after the closing quote of the string that opens at `from`. */
export function stringEnd(text: string, from: number): number {
  let close = text.indexOf('"', from + 1);
  while (close !== -1) {
    let slashes = 0;
    while (text.charCodeAt(close - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return close + 1;
    close = text.indexOf('"', close + 1);
  }
  return text.length;
}

/** The string whose token stands at [from, to), quotes included. */
export function readString(text: string, from: number, to: number): string {
  const inner = text.slice(from + 1, to - 1);
  return inner.includes('\\') ? (JSON.parse(text.slice(from, to)) as string) : inner;
}

const isNumberPart = (code: number): boolean =>
  (code >= ZERO && code <= NINE) || code === 0x2e || code === 0x65 || code === 0x45 || code === 0x2b || code === MINUS;

function numberEnd(text: string, from: number, to: number): number {
  let i = from + 1;
  while (i < to && isNumberPart(text.charCodeAt(i))) i++;
  return i;
}

/**
 * Scans text[from, to), which must hold one JSON value. Takes linear time and no stack, whatever the text; what it
 * gives for a text that is not JSON means nothing.
 */
export function scan(text: string, from = 0, to: number = text.length, maxDepth = Number.POSITIVE_INFINITY): Scan {
  const found: Scan = { objects: [], memberCount: 0, depth: 0, exactNumbers: true, plainNumbers: true };
  const start = skipSpace(text, from, to);
  // Members are wanted of the root object, or of the objects that are elements of a root array.
  const memberDepth = text.charCodeAt(start) === OPEN_ARRAY ? 2 : 1;
  let depth = 0;
  let object: ObjectRange | undefined;
  let member: MemberRange | undefined;
  let stringFrom = start;
  let stringTo = start;
  // Where the last token ended: a member's value ends there, before any white space that follows.
  let tokenEnd = start;
  let i = start;
  while (i < to) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) {
      stringFrom = i;
      i = stringTo = tokenEnd = stringEnd(text, i);
    } else if (code === COLON) {
      found.memberCount++;
      i++;
      if (depth === memberDepth && object !== undefined) {
        const key = readKey(text, stringFrom, stringTo);
        member = { key, from: stringFrom, valueFrom: skipSpace(text, i, to), to: i };
        object.members.push(member);
      }
    } else if (code === COMMA) {
      if (depth === memberDepth && member !== undefined) {
        member.to = tokenEnd;
        member = undefined;
      }
      i++;
    } else if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
      depth++;
      if (depth > found.depth) found.depth = depth;
      if (depth > maxDepth) return found;
      if (depth === memberDepth && code === OPEN_OBJECT) {
        object = { from: i, to: i, members: [], exactNumbers: true };
        found.objects.push(object);
      }
      i++;
    } else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) {
      if (depth === memberDepth && object !== undefined) {
        if (member !== undefined) member.to = tokenEnd;
        object.to = i + 1;
        object = undefined;
        member = undefined;
      }
      depth--;
      i++;
      tokenEnd = i;
    } else if (code === MINUS || (code >= ZERO && code <= NINE)) {
      const end = numberEnd(text, i, to);
      if (code === MINUS || code === ZERO || end - i > EXACT_DIGITS || !isPlainInteger(text, i, end)) {
        lookAtNumber(text.slice(i, end), found, object);
      }
      i = tokenEnd = end;
    } else {
      i++;
      if (!isSpace(code)) tokenEnd = i;
    }
  }
  return found;
}

/** A broken escape makes the text no JSON, which JSON.parse will say of the whole. */
function readKey(text: string, from: number, to: number): string {
  try {
    return readString(text, from, to);
  } catch {
    return '';
  }
}

function isPlainInteger(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (code < ZERO || code > NINE) return false;
  }
  return true;
}

function lookAtNumber(token: string, found: Scan, object: ObjectRange | undefined): void {
  // The shortest text of a double stands for that double alone.
  if (String(Number(token)) === token) return;
  found.plainNumbers = false;
  const exact = !/e/i.test(token) && token.replace(/[-.]/g, '').length <= EXACT_DIGITS;
  if (exact) return;
  found.exactNumbers = false;
  if (object !== undefined) object.exactNumbers = false;
}
