/** How values stand in columns. */
import type { MemberKind } from '../../xapi/types.ts';
import type { DocumentScope } from '../store.ts';

/** A UUID as its 16 bytes. */
export const uuidBytes = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');

/** 16 bytes as a lower-case UUID. */
export function uuidText(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export const utf8 = (text: string): Buffer => Buffer.from(text, 'utf8');

export const fromUtf8 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');

/** member.kind */
export const MEMBER_KIND: Record<MemberKind, number> = { agent: 1, verb: 2, activity: 3, registration: 4 };

/** SQL for one scope of documents, with scopeColumns as its values. */
export const WHERE_SCOPE = 'agent = ? AND kind = ? AND activity = ? AND registration = ?';

/** The columns agent, kind, activity, registration of a document's scope. */
export function scopeColumns(scope: DocumentScope): [Buffer, string, Buffer, Buffer] {
  return [
    utf8('agent' in scope ? scope.agent : ''),
    scope.kind,
    utf8('activity' in scope ? scope.activity : ''),
    utf8((scope.kind === 'state' && scope.registration) || ''),
  ];
}
