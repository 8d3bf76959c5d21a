/** Where a unit starts: cmi5 §8.1 and §13.1.4, §14. */
import type { PackageFiles } from '../../archive/files.ts';

/** What the launch adds to the query itself (cmi5 §8.1): a unit's own query must not speak of these. */
const RESERVED = ['endpoint', 'fetch', 'actor', 'registration', 'activityId'];

/** What is wrong with the URL of a unit, if anything: a path that is in the package, or an http(s) URL. */
export function problemOfUrl(url: string, files: PackageFiles): string | undefined {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') return `the scheme ${scheme}: is not allowed`;
  if (scheme !== undefined && !URL.canParse(url)) return 'it is not a valid URL';
  const reserved = RESERVED.find((name) => queryOf(url).has(name));
  if (reserved !== undefined) return `its query uses the reserved name ${reserved}`;
  return scheme === undefined ? problemOfPath(url, files) : undefined;
}

const queryOf = (url: string): URLSearchParams => new URLSearchParams(/^[^?#]*\?([^#]*)/.exec(url)?.[1] ?? '');

function problemOfPath(url: string, files: PackageFiles): string | undefined {
  if (url.startsWith('//')) return 'it must be a path in the package or begin with https:';
  if (files.sizes.size === 0) return 'a cmi5.xml that stands alone needs absolute URLs';
  return pathInPackage(url, files) === undefined ? 'the package has no such file' : undefined;
}

/** The file of the package that a relative URL names. */
export function pathInPackage(url: string, files: PackageFiles): string | undefined {
  const path = (/^[^?#]*/.exec(url)?.[0] ?? '').replace(/^(\.\/)+/, '');
  return [path, decoded(path)].find((each) => each !== undefined && files.sizes.has(each));
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
