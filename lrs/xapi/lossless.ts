/** Parsing, changing and writing a statement without changing how its numbers are written. */
import { parse, stringify } from 'lossless-json';
import { scan } from './json-scan.ts';

/**
 * Gives the text of what `change` makes of the parsed value. Numbers that a double would spell otherwise (1.0, 1e2,
 * 12345678901234567890) stay as they are; white space goes. The text must have passed parseJson, which bounds its depth.
 */
export function transformJson<T>(text: string, change: (value: T) => unknown): string {
  if (scan(text).plainNumbers) return JSON.stringify(change(JSON.parse(text) as T));
  return stringify(change(parse(text) as T)) ?? 'null';
}
