import { readFileSync } from 'node:fs';

/** The version of this program, from package.json, which stands beside main.ts, or above dist/. */
export function version(): string {
  for (const place of ['../package.json', '../../package.json']) {
    try {
      return JSON.parse(readFileSync(new URL(place, import.meta.url), 'utf8')).version;
    } catch {}
  }
  return 'unknown';
}
