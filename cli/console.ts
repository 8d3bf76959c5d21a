/** What the person at the console sees. */
import { asLivretError } from '../lrs/index.ts';

/** One sentence for a refusal; for a bug, what there is to find it by. */
export function explain(error: unknown): string {
  const refusal = asLivretError(error);
  if (refusal !== undefined) return refusal.message;
  if (isSystemError(error)) return explainSystem(error);
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
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

export const print = (text: string): void => void process.stdout.write(`${text}\n`);

export const printJson = (value: unknown): void => print(JSON.stringify(value, undefined, 2));

const numbers = new Intl.NumberFormat('en-US');

export const count = (value: number): string => numbers.format(value);

/** Rows under headings, in columns as wide as what they hold. */
export function printTable(headings: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  for (const row of [headings, ...rows]) {
    print(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  }
}
