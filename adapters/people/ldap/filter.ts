/** An LDAP filter as an administrator writes it (RFC 4515). */
import { FilterParser } from 'ldapts';

/** Escaped bytes beyond ASCII (`\c3\a9`), which ldapts takes for a character each. */
const ESCAPED_BYTES = /(?:\\[89a-f][0-9a-f])+/gi;

/** The filter with letters in the place of their escaped bytes; undefined where it is none, or more than one. */
export function readFilter(filter: string): string | undefined {
  try {
    const utf8 = new TextDecoder('utf-8', { fatal: true });
    const read = filter.replaceAll(ESCAPED_BYTES, (bytes) =>
      utf8.decode(Buffer.from(bytes.replaceAll('\\', ''), 'hex')),
    );
    FilterParser.parseString(read);
    return isBalanced(read) ? read : undefined;
  } catch {
    return undefined;
  }
}

/** ldapts closes what was left open. */
const isBalanced = (filter: string): boolean => filter.split('(').length === filter.split(')').length;
