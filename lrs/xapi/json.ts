import { readString, type Scan, scan, stringEnd } from './json-scan.ts';
import { pointerStep, Refusal } from './refusal.ts';

/** Deep enough for any statement anyone wrote, shallow enough for every recursive reader after us. */
export const MAX_DEPTH = 200;

export interface ParsedJson {
  text: string;
  value: unknown;
  scan: Scan;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Bytes to text, a byte order mark dropped. Throws Refusal json where they are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw new Refusal('json', '', 'The body must be UTF-8 (RFC 8259 §8.1).', cause);
  }
}

/**
 * Parses a text strictly: JSON as RFC 8259 has it, no key twice in one object, at most MAX_DEPTH levels.
 * Throws Refusal json, with the pointer of the repeated key where that is the reason.
 */
export function parseJson(text: string): ParsedJson {
  const found = scan(text, 0, text.length, MAX_DEPTH);
  if (found.depth > MAX_DEPTH) {
    throw new Refusal('json', '', `The body may be nested at most ${MAX_DEPTH} levels deep.`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Refusal('json', '', `The body must be valid JSON: ${withoutQuote(cause)}.`, cause);
  }
  // JSON.parse keeps the last of two equal keys: then the value has fewer members than the text.
  if (countMembers(value) !== found.memberCount) {
    throw new Refusal('json', duplicateKey(text), 'A key may stand only once in an object.');
  }
  return { text, value, scan: found };
}

/** V8 quotes the text around the error, which may hold a name: only what comes before the quotation is kept. */
function withoutQuote(error: unknown): string {
  const message = error instanceof Error ? error.message : 'it cannot be parsed';
  return message.replace(/, (\.\.\.)?".*$/s, '').replace(/ is not valid JSON$/, '');
}

function countMembers(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (const element of value) if (typeof element === 'object') count += countMembers(element);
    return count;
  }
  const object = value as Record<string, unknown>;
  for (const key in object) {
    count++;
    const child = object[key];
    if (typeof child === 'object') count += countMembers(child);
  }
  return count;
}

interface Level {
  /** undefined in an array */
  keys: Set<string> | undefined;
  /** The key or index where the reader stands. */
  step: string | number;
  /** The next string is a key. */
  atKey: boolean;
}

/** Pointer of the first key that stands twice in a valid JSON text. Slow, for the refusal only. */
function duplicateKey(text: string): string {
  const levels: Level[] = [];
  for (let i = 0; i < text.length; i++) {
    const level = levels.at(-1);
    switch (text[i]) {
      case '{':
        levels.push({ keys: new Set(), step: '', atKey: true });
        break;
      case '[':
        levels.push({ keys: undefined, step: 0, atKey: false });
        break;
      case '}':
      case ']':
        levels.pop();
        break;
      case ',':
        if (typeof level?.step === 'number') level.step++;
        else if (level !== undefined) level.atKey = true;
        break;
      case '"': {
        const end = stringEnd(text, i);
        if (level?.keys !== undefined && level.atKey) {
          level.atKey = false;
          level.step = readString(text, i, end);
          if (level.keys.has(level.step)) return levels.map(({ step }) => pointerStep(step)).join('');
          level.keys.add(level.step);
        }
        i = end - 1;
        break;
      }
    }
  }
  return '';
}
