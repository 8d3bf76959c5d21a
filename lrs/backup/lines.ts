/** Entries of a dump as lines of JSON. Bytes stand there as text where they are UTF-8, else in base64. */
import { isUtf8 } from 'node:buffer';
import type { DumpEntry, DumpKind } from '../store/dump.ts';

/** Fields of each kind and their types. */
const FIELDS: Record<DumpKind, Record<string, 'string' | 'number' | 'boolean' | 'list'>> = {
  clock: { position: 'number' },
  document: {
    scope: 'string',
    agent: 'string',
    activity: 'string',
    registration: 'string',
    id: 'string',
    contents: 'string',
    contentType: 'string',
    etag: 'string',
    updated: 'number',
  },
  activity: { id: 'string', definition: 'string' },
  item: { collection: 'string', id: 'string', version: 'number', value: 'string', blobs: 'list' },
  tombstone: { id: 'string', hash: 'string', hashVersion: 'number' },
  erasure: { id: 'string', statements: 'number', documents: 'number' },
  blob: { blob: 'string' },
  statement: {
    position: 'number',
    id: 'string',
    text: 'string',
    hasTimestamp: 'boolean',
    voids: 'boolean',
    voided: 'boolean',
    attachments: 'list',
  },
  event: { position: 'number', event: 'string', ids: 'list' },
};

/** The field of a kind that holds bytes. */
const BYTES: Partial<Record<DumpKind, string>> = { document: 'contents', statement: 'text' };

/** With its line break. */
export function entryLine(entry: DumpEntry): string {
  const field = BYTES[entry.kind];
  if (field === undefined) return `${JSON.stringify(entry)}\n`;
  const { [field]: bytes, ...rest } = entry as unknown as Record<string, unknown>;
  return `${JSON.stringify({ ...rest, ...written(field, bytes as Uint8Array) })}\n`;
}

/** Throws where the line is no entry. */
export function parseEntry(line: string): DumpEntry {
  const { base64, ...entry } = JSON.parse(line) as Record<string, unknown> & { kind: DumpKind };
  const fields = FIELDS[entry.kind];
  if (fields === undefined) throw new TypeError('an entry of no known kind');
  const field = BYTES[entry.kind];
  if (field !== undefined && typeof base64 === 'string') entry[field] = base64;
  for (const [name, type] of Object.entries(fields)) {
    const value = entry[name];
    if (type === 'list' ? !Array.isArray(value) : typeof value !== type) throw new TypeError(`no ${name}`);
  }
  if (field !== undefined) {
    entry[field] = Buffer.from(entry[field] as string, base64 === undefined ? 'utf8' : 'base64');
  }
  return entry as unknown as DumpEntry;
}

function written(field: string, bytes: Uint8Array): Record<string, string> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return isUtf8(buffer) ? { [field]: buffer.toString('utf8') } : { base64: buffer.toString('base64') };
}
