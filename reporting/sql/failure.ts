/** Why SQL was not run, in words for who wrote it. */
import type { Failure } from './job.ts';

/** DuckDB would run it; we do not. */
export class StatementRefused extends Error {}

/** Its answer would have more columns than one may, or longer names and types of them. */
export class TooManyColumns extends Error {}

/** What DuckDB says with errors_as_json. */
interface Told {
  exception_type?: string;
  exception_message?: string;
  /** Byte of the SQL, from 0. */
  position?: string;
}

/** Characters of a message. */
const LONGEST = 1000;

export function failureOf(error: unknown, sql: string): Failure {
  if (error instanceof StatementRefused) return { reason: 'statement', detail: error.message };
  if (error instanceof TooManyColumns) return { reason: 'columns', detail: error.message };
  const message = error instanceof Error ? error.message : String(error);
  // What it says of a text without any statement.
  if (message === 'Error in native callback') return { reason: 'statement', detail: 'There is none.' };
  const told = toldBy(message);
  if (told === undefined) return { reason: 'refused', detail: clipped(message) };
  const { exception_type: type = 'Error', exception_message: text = '', position } = told;
  // Where to set the memory is nothing that whoever reads this could do.
  if (type === 'Out of Memory') return { reason: 'memory', detail: '' };
  const place = position === undefined ? '' : ` (${placeOf(sql, Number(position))})`;
  return { reason: 'refused', detail: `${type}: ${clipped(text)}${place}` };
}

function toldBy(message: string): Told | undefined {
  try {
    // Some come with a word before the JSON.
    return JSON.parse(message.slice(message.indexOf('{')));
  } catch {
    return undefined;
  }
}

/** On one line. */
function clipped(text: string): string {
  const line = text.replace(/\s*\n\s*/g, ' ');
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}

function placeOf(sql: string, position: number): string {
  const lines = Buffer.from(sql).subarray(0, position).toString().split('\n');
  return `line ${lines.length}, column ${[...(lines.at(-1) ?? '')].length + 1}`;
}
