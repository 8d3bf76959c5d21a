/** Names that a package may give its files. Whatever could reach outside it, or mean two things, is refused. */
import { invalid, quoted } from '../refusal.ts';

const LONGEST = 1024;

/** What is wrong with the name of an entry, if anything. A folder's name ends in a slash. */
export function problemOfName(name: string): string | undefined {
  if (name.length > LONGEST) return `is longer than ${LONGEST} characters`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for.
  if (/[\u0000-\u001f\u007f]/.test(name)) return 'holds a control character';
  if (name.includes('\\')) return 'holds a backslash';
  if (name.startsWith('/') || /^[a-z]:/i.test(name)) return 'is an absolute path';
  const segments = name.replace(/\/$/, '').split('/');
  if (segments.includes('..')) return 'leads out of the package';
  if (segments.includes('') || segments.includes('.')) return 'has an empty part';
  return undefined;
}

/** Refuses names that are one on some systems: same but for case or composition, or a file where a folder is. */
export class DistinctNames {
  readonly #files = new Map<string, string>();
  readonly #folders = new Set<string>();

  /** Throws `package.invalid` when the name clashes with one added before. */
  add(name: string): void {
    const key = name.normalize('NFC').toLowerCase();
    const parts = key.replace(/\/$/, '').split('/');
    const isFolder = key.endsWith('/');
    const folders = parts.slice(0, isFolder ? undefined : -1).map((_, index) => parts.slice(0, index + 1).join('/'));
    const twin =
      this.#files.get(key) ?? folders.map((folder) => this.#files.get(folder)).find((file) => file !== undefined);
    if (twin !== undefined) throw invalid(`The names ${quoted(twin)} and ${quoted(name)} clash.`);
    if (this.#folders.has(key)) throw invalid(`The name ${quoted(name)} is that of a file and of a folder.`);
    for (const folder of folders) this.#folders.add(folder);
    if (!isFolder) this.#files.set(key, name);
  }
}
