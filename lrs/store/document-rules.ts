/** What the standard asks of state and profile documents, whatever engine keeps them. */
import { LivretError } from '../errors.ts';
import { scan } from '../xapi/json-scan.ts';
import type { Precondition, StoredDocument } from './store.ts';

/** Throws document.precondition or document.conflict; `etag` is that of the document that is there, if one is. */
export function checkCondition(
  { ifMatch, ifNoneMatch, requiredIfExists }: Precondition,
  etag: string | undefined,
): void {
  const names = (tags: string[] | '*') => etag !== undefined && (tags === '*' || tags.includes(etag));
  if (ifMatch && !names(ifMatch)) {
    throw new LivretError('document.precondition', {
      detail: etag ? `Its ETag is "${etag}".` : 'There is no document there.',
    });
  }
  if (ifNoneMatch && names(ifNoneMatch)) {
    throw new LivretError('document.precondition', { detail: `A document is there, with ETag "${etag}".` });
  }
  if (requiredIfExists && !ifMatch && !ifNoneMatch && etag) throw new LivretError('document.conflict');
}

type Contents = Pick<StoredDocument, 'contents' | 'contentType'>;

/**
 * What POST makes of a document that is there. Top level only (1.0.3 Communication 2.2: "merge"); both must be JSON
 * objects, else it throws document.merge. Each member keeps its text, numbers to every digit.
 */
export function mergedContents(there: Contents, posted: Contents): Buffer {
  const stored = membersOf(there, 'what is stored');
  const sent = membersOf(posted, 'what was sent');
  return Buffer.from(`{${[...new Map([...stored, ...sent]).values()].join(',')}}`, 'utf8');
}

/** Key → the text of the member. */
function membersOf({ contents, contentType }: Contents, which: string): [key: string, text: string][] {
  if (!/^application\/json\s*(;|$)/i.test(contentType)) {
    throw new LivretError('document.merge', { detail: `The Content-Type of ${which} is not application/json.` });
  }
  try {
    const text = Buffer.from(contents).toString('utf8');
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      const members = scan(text).objects[0]?.members ?? [];
      return members.map(({ key, from, to }) => [key, text.slice(from, to)]);
    }
  } catch {
    // falls through: not JSON, the same refusal
  }
  throw new LivretError('document.merge', { detail: `JSON, but not an object: ${which}.` });
}
