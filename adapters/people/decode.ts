/** The text of a file whose encoding nobody wrote down: UTF-8 with or without a BOM, or what Excel on a French Windows saves. */
import { LivretError } from '../../lrs/index.ts';

/** A line longer than this is no line of a list of people. */
const LONGEST_LINE = 1024 * 1024;

const NEWLINE = 0x0a;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const windows1252 = new TextDecoder('windows-1252');

/** First bytes of files that are often taken for a CSV file. */
const NOT_TEXT: [magic: number[], what: string][] = [
  [[0x50, 0x4b, 0x03, 0x04], 'This is a workbook, not CSV: save it as "CSV UTF-8".'],
  [[0xff, 0xfe], 'This is UTF-16: save it as "CSV UTF-8".'],
  [[0xfe, 0xff], 'This is UTF-16: save it as "CSV UTF-8".'],
  [[0x1f, 0x8b], 'This is a gzip file: unpack it first.'],
];

const beginsWith = (bytes: Uint8Array, magic: readonly number[]): boolean =>
  magic.every((byte, i) => bytes[i] === byte);

function decodeLine(line: Uint8Array): string {
  try {
    return utf8.decode(line);
  } catch {
    return windows1252.decode(line);
  }
}

/**
 * Decodes whole lines. Each that is not UTF-8 is read as Windows-1252 by itself: accented letters of Windows-1252 are
 * practically never valid UTF-8, and one damaged line does not change how the others are read.
 */
function decodeLines(lines: Buffer): string {
  try {
    return utf8.decode(lines);
  } catch {
    let text = '';
    for (let start = 0; start < lines.length; ) {
      const newline = lines.indexOf(NEWLINE, start);
      const end = newline < 0 ? lines.length : newline + 1;
      text += decodeLine(lines.subarray(start, end));
      start = end;
    }
    return text;
  }
}

/** Gives the text in pieces of whole lines, without BOM. Rejects `people.file` where it is not text. */
export async function* decode(input: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let rest = Buffer.alloc(0);
  let first = true;
  const text = (lines: Buffer): string => {
    const decoded = decodeLines(lines);
    const begin = first && decoded.startsWith('\uFEFF') ? 1 : 0;
    const wrong = first ? NOT_TEXT.find(([magic]) => beginsWith(lines, magic)) : undefined;
    if (wrong) throw new LivretError('people.file', { detail: wrong[1] });
    first = false;
    return decoded.slice(begin);
  };
  for await (const chunk of input) {
    rest = Buffer.concat([rest, chunk]);
    const end = rest.lastIndexOf(NEWLINE) + 1;
    if (end > 0) yield text(rest.subarray(0, end));
    rest = rest.subarray(end);
    if (rest.length > LONGEST_LINE)
      throw new LivretError('people.file', { detail: 'It has a line of more than 1 MB.' });
  }
  if (rest.length > 0) yield text(rest);
}
