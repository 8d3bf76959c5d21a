/** Values of LDAP attributes in a form in which equal ones are the same text. */

/** An attribute type at the start, as every name of an entry (RFC 4514) has it. */
const DN = /^\s*([a-z][a-z0-9-]*|\d+(\.\d+)+)\s*=/i;

/** Hexadecimal pairs of UTF-8, a special character, or any character. */
const PIECE = /(?<pairs>(?:\\[0-9a-f]{2})+)|\\(?<special>.)|(?<other>.)/gisu;

/**
 * Without regard to case, Unicode composition and how many spaces there are, as LDAP compares text; where it is the name of
 * an entry (a group, say), without regard to how it is escaped: `cn=Nord\, Est` is `CN=Nord\2C Est`.
 */
export function comparable(value: string): string {
  return DN.test(value) ? partsOf(value).map(plain).join(',') : plain(value);
}

const plain = (text: string): string => text.normalize('NFC').toLowerCase().replaceAll(/\s+/g, ' ').trim();

/** The parts between commas, each as `type=value` with its separators escaped in one way. */
function partsOf(dn: string): string[] {
  const parts = [''];
  const add = (text: string): void => {
    parts.push((parts.pop() ?? '') + text);
  };
  for (const { groups = {} } of dn.matchAll(PIECE)) {
    const { pairs, special, other } = groups;
    if (pairs !== undefined) add(escaped(Buffer.from(pairs.replaceAll('\\', ''), 'hex').toString()));
    else if (special !== undefined) add(escaped(special));
    else if (other === ',' || other === ';') parts.push('');
    else add(other ?? '');
  }
  return parts.map((part) => part.replace(/^\s+|\s+$/g, '').replace(/\s*=\s*/, '='));
}

const escaped = (text: string): string => text.replaceAll(/[,;+\\]/g, '\\$&');
