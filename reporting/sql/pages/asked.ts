/** What a request asks of the pages: by the address, or by a form. Pure. */
import { EXPORT_FORMATS, type ExportFormat } from '../../exports/index.ts';
import { notOneOf } from '../../parameters.ts';
import type { Asked } from './address.ts';
import { DRAWN } from './drawing.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A field that was sent once. */
export const textOf = (fields: Fields, name: string): string | undefined => {
  const value = fields[name];
  return typeof value === 'string' ? value : undefined;
};

/** `sql` is empty where there is none. */
export function askedOf(fields: Fields): Asked {
  const chart = DRAWN.find((each) => each === fields.chart);
  const kept = seenOf(fields);
  return { sql: sqlOf(fields), ...(chart && { chart }), ...(kept && { kept }) };
}

/** Browsers send lines of a form with CRLF, which would be counted as columns, and make addresses longer. */
export const sqlOf = (fields: Fields): string => (textOf(fields, 'query') ?? '').replace(/\r\n?/g, '\n');

/** The kept query that is meant, in the version that its reader had before them; 0 is none. */
export function seenOf(fields: Fields): { id: string; version: number } | undefined {
  const id = textOf(fields, 'kept');
  const version = Number(textOf(fields, 'version') ?? 0);
  return id === undefined ? undefined : { id, version: Number.isSafeInteger(version) ? version : 0 };
}

/** undefined for a page. Throws `request.parameter` for a file that there is not. */
export function formatOf(fields: Fields): ExportFormat | undefined {
  const given = fields.format;
  if (given === undefined) return undefined;
  const format = EXPORT_FORMATS.find((each) => each === given);
  if (format === undefined) throw notOneOf('format', EXPORT_FORMATS);
  return format;
}
