/** Where a login may lead: to a page of ours and nowhere else, whatever the address said. */

/** Characters; a login keeps it for a while, and anybody may begin one. */
const LONGEST = 1_000;

/** A browser takes "//host", "/\host" and control characters inside for other places than a path. */
export function localPath(wanted: unknown): string {
  if (typeof wanted !== 'string' || wanted.length > LONGEST || !wanted.startsWith('/')) return '/';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: browsers drop them, and what is left may name a host.
  if (/[\\\u0000-\u001f\u007f]/.test(wanted)) return '/';
  const ours = 'http://ours.invalid';
  if (!URL.canParse(wanted, ours)) return '/';
  const { origin, pathname, search } = new URL(wanted, ours);
  return origin === ours && !pathname.startsWith('//') ? pathname + search : '/';
}
