/** The published profile, as it is served. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

export interface ProfileDocument {
  /** JSON-LD, in UTF-8. */
  bytes: Buffer;
  /** Quoted SHA-1 of the bytes. */
  etag: string;
}

let document: ProfileDocument | undefined;

/** Read once, when somebody first asks. */
export function profileDocument(): ProfileDocument {
  document ??= read();
  return document;
}

function read(): ProfileDocument {
  const bytes = readFileSync(new URL('./livret.jsonld', import.meta.url));
  return { bytes, etag: `"${createHash('sha1').update(bytes).digest('hex')}"` };
}
