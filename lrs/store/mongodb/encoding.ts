/** How values stand in documents. */
import { createHash } from 'node:crypto';
import { Binary } from 'mongodb';
import type { DocumentScope } from '../store.ts';

export const uuidBinary = (id: string): Binary =>
  new Binary(Buffer.from(id.replaceAll('-', ''), 'hex'), Binary.SUBTYPE_UUID);

/** A UUID in lower case. */
export function uuidText({ buffer }: Binary): string {
  const hex = Buffer.from(buffer).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export const utf8Binary = (text: string): Binary => new Binary(Buffer.from(text, 'utf8'));

export const utf8Text = ({ buffer }: Binary): string =>
  Buffer.from(buffer.buffer, buffer.byteOffset, buffer.byteLength).toString('utf8');

/** The fields of a document's scope; parts that a kind does not have are empty. */
export const scopeFields = (scope: DocumentScope) => ({
  agent: 'agent' in scope ? scope.agent : '',
  kind: scope.kind,
  activity: 'activity' in scope ? scope.activity : '',
  registration: (scope.kind === 'state' && scope.registration) || '',
});

/** DocumentRow._id: of one size however long the parts are. */
export function documentKey(fields: ReturnType<typeof scopeFields>, id: string): Binary {
  const parts = [fields.agent, fields.kind, fields.activity, fields.registration, id];
  return new Binary(createHash('sha256').update(JSON.stringify(parts)).digest());
}

/** ItemRow._id: sorts by collection, then by the id's UTF-8 bytes. Names of collections hold no NUL. */
export const itemKey = (collection: string, id: string): string => `${collection}\0${id}`;
