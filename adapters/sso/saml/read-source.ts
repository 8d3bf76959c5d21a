/** Gets the text of metadata, from a file or from the web. */
import { readFile, stat } from 'node:fs/promises';

/** Bytes; those of one provider have some thousand, those of a federation some million. */
const LARGEST = 10 * 1024 * 1024;
const TIMEOUT = 10_000;

export const isUrl = (source: string): boolean => /^https?:\/\//i.test(source);

/** What changes when a file does; undefined where it is not there. */
export async function stampOf(file: string): Promise<string | undefined> {
  const found = await stat(file).catch(() => undefined);
  return found && `${found.mtimeMs} ${found.size} ${found.ino}`;
}

/** Rejects with Error, whose message is a sentence that says what is wrong. */
export async function readSource(source: string): Promise<string> {
  const bytes = isUrl(source) ? await download(source) : await readWhole(source);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Error('They are not UTF-8.');
  }
}

async function readWhole(file: string): Promise<Uint8Array> {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) throw new Error('There is no such file.');
  if (found.size > LARGEST) throw new Error('They are too large.');
  return readFile(file).catch(() => {
    throw new Error('The file cannot be read.');
  });
}

async function download(url: string): Promise<Uint8Array> {
  // Whoever can change them on the way says who is let in.
  if (!isTrusted(new URL(url))) throw new Error('They have to come by https.');
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    const headers = { Accept: 'application/samlmetadata+xml, application/xml, text/xml' };
    const response = await fetch(url, { headers, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT) });
    if (response.status !== 200 || response.body === null) throw new Error(`status ${response.status}`);
    for await (const part of response.body) {
      length += part.byteLength;
      if (length > LARGEST) throw new Error('too large');
      parts.push(part);
    }
  } catch (cause) {
    throw new Error(`They cannot be fetched: ${reasonOf(cause)}.`, { cause });
  }
  return Buffer.concat(parts);
}

function isTrusted({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || hostname === 'localhost' || hostname === '[::1]' || /^127\.[\d.]+$/.test(hostname);
}

/** fetch says what went wrong one level down. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { cause } = error;
  if (cause instanceof Error) return (cause as NodeJS.ErrnoException).code ?? cause.message;
  return error.name === 'TimeoutError' ? 'no answer in time' : error.message;
}
