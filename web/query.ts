/** Filters, order and page stand in the address: links change one and keep the others. */

/** A path and its query, apart. */
export function splitPath(path: string): { pathname: string; query: URLSearchParams } {
  const at = path.indexOf('?');
  return at < 0
    ? { pathname: path, query: new URLSearchParams() }
    : { pathname: path.slice(0, at), query: new URLSearchParams(path.slice(at + 1)) };
}

/**
 * The query of the page at `path` with these parameters changed; undefined takes one away. Only the query: a link made
 * from the path that was asked for could be talked into naming another host (//elsewhere).
 */
export function linkWith(path: string, changes: Readonly<Record<string, string | number | undefined>>): string {
  const { query } = splitPath(path);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) query.delete(name);
    else query.set(name, String(value));
  }
  return `?${query}`;
}

/** How rows are ordered: `sort=NAME`, with a minus before it for descending. */
export interface Sort<Key extends string = string> {
  key: Key;
  descending: boolean;
}

/** The order that `sort=` asks for, where it names one of the keys. */
export function sortOf<Key extends string>(value: unknown, keys: readonly Key[]): Sort<Key> | undefined {
  if (typeof value !== 'string') return undefined;
  const descending = value.startsWith('-');
  const key = keys.find((each) => each === (descending ? value.slice(1) : value));
  return key === undefined ? undefined : { key, descending };
}

/** The page that `page=` asks for, from 1 on. */
export function pageNumberOf(value: unknown): number {
  const number = typeof value === 'string' && /^[1-9]\d{0,6}$/.test(value) ? Number(value) : 1;
  return number;
}
