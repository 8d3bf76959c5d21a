/** Requests with attachments, as a client makes them. */
import { createHash } from 'node:crypto';

export interface OutPart {
  headers: Record<string, string>;
  body: string | Buffer;
}

export const hashOf = (contents: string | Buffer, algorithm = 'sha256') =>
  createHash(algorithm).update(contents).digest('hex');

/** The declaration of an attachment. */
export const declare = (contents: string | Buffer, more: object = {}) => ({
  usageType: 'http://example.org/usage',
  display: { fr: 'pièce' },
  contentType: 'text/plain',
  length: Buffer.byteLength(contents),
  sha2: hashOf(contents),
  ...more,
});

/** The part that carries its contents. */
export const carry = (contents: string | Buffer, headers: Record<string, string> = {}): OutPart => ({
  headers: {
    'Content-Type': 'text/plain',
    'Content-Transfer-Encoding': 'binary',
    'X-Experience-API-Hash': hashOf(contents),
    ...headers,
  },
  body: contents,
});

export const json = (value: object, type = 'application/json'): OutPart => ({
  headers: { 'Content-Type': type },
  body: JSON.stringify(value),
});

/** A request of these parts. */
export function multipart(parts: OutPart[], { close = true, contentType = 'multipart/mixed; boundary=xyz' } = {}) {
  const chunks = parts.flatMap(({ headers, body }) => [
    Buffer.from('--xyz\r\n'),
    ...Object.entries(headers).map(([name, value]) => Buffer.from(`${name}: ${value}\r\n`)),
    Buffer.from('\r\n'),
    Buffer.from(body),
    Buffer.from('\r\n'),
  ]);
  if (close) chunks.push(Buffer.from('--xyz--\r\n'));
  return { method: 'POST', body: Buffer.concat(chunks), headers: { 'Content-Type': contentType } };
}
