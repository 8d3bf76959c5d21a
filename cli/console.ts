/** What the person at the console sees. */
import { asLivretError } from '../lrs/index.ts';

/**
 * Control characters, and those that turn the direction of writing around or begin a line. They would colour the terminal,
 * clear it, name its window or forge lines, wherever a name, a label or a cell of a file is printed.
 */
const UNPRINTABLE = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu;

/** One line, with escapes (those of JSON) in place of what a terminal would obey. */
const printable = (text: string): string =>
  text.replace(UNPRINTABLE, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** One sentence for a refusal; for a bug, what there is to find it by. */
export function explain(error: unknown): string {
  const refusal = asLivretError(error);
  if (refusal !== undefined) return printable(refusal.message);
  if (isSystemError(error)) return printable(explainSystem(error));
  const found = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return found.split('\n').map(printable).join('\n');
}

const isSystemError = (error: unknown): error is NodeJS.ErrnoException => error instanceof Error && 'syscall' in error;

const SYSTEM: Record<string, string> = {
  ENOENT: 'There is no such file',
  EACCES: 'That file may not be used',
  EPERM: 'That file may not be used',
  EISDIR: 'That is a folder, not a file',
  ENOSPC: 'The disk is full',
  EFBIG: 'The file may not grow further',
  EPIPE: 'Whoever was reading this has gone',
};

function explainSystem({ code, path, message }: NodeJS.ErrnoException): string {
  const sentence = SYSTEM[code ?? ''];
  if (sentence === undefined) return message;
  return path === undefined ? `${sentence}.` : `${sentence}: ${path}`;
}

/** One line. */
export const print = (text: string): void => void process.stdout.write(`${printable(text)}\n`);

/** One line, to standard error. */
export const complain = (text: string): void => void process.stderr.write(`${printable(text)}\n`);

export const printJson = (value: unknown): void => JSON.stringify(value, undefined, 2).split('\n').forEach(print);

const numbers = new Intl.NumberFormat('en-US');

export const count = (value: number): string => numbers.format(value);

/** Characters of a line where nothing is known of a terminal: a pipe, a file. */
const LINE = 120;

/** The same where it has more columns than a line holds: in several tables, each of which begins with the first column. */
export function printWideTable(headings: readonly string[], rows: readonly (readonly string[])[]): void {
  const room = process.stdout.columns ?? LINE;
  const lines = [headings, ...rows.map((row) => row.map(printable))];
  const [first = 0, ...widths] = headings.map((_, column) => 2 + widest(lines, column));
  let columns: number[] = [];
  let used = first;
  const flush = (): void => {
    if (columns.length === 0) return;
    const pick = (row: readonly string[]): string[] => [0, ...columns].map((column) => row[column] ?? '');
    printTable(pick(headings), rows.map(pick));
  };
  for (const [place, width] of widths.entries()) {
    if (used + width > room + 2 && columns.length > 0) {
      flush();
      print('');
      columns = [];
      used = first;
    }
    columns.push(place + 1);
    used += width;
  }
  flush();
}

const widest = (lines: readonly (readonly string[])[], column: number): number =>
  Math.max(...lines.map((row) => (row[column] ?? '').length));

/** Rows under headings, in columns as wide as what they hold. */
export function printTable(headings: readonly string[], rows: readonly (readonly string[])[]): void {
  const lines = [headings, ...rows.map((row) => row.map(printable))];
  const widths = headings.map((_, column) => widest(lines, column));
  for (const row of lines) {
    print(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  }
}
