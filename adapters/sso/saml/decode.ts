/** From what a browser carries to the text of a message. */
import { inflateRawSync } from 'node:zlib';
import { refused } from './refused.ts';

/** Bytes of a message, inflated too. */
export const LARGEST_MESSAGE = 256 * 1024;

/** Base64 with nothing else in it than line ends, and no bits left over: two texts never mean the same bytes. */
export function decodeBase64(text: string): Buffer {
  const bare = text.replace(/[\r\n]/g, '');
  const bytes = Buffer.from(bare, 'base64');
  if (bare === '' || bytes.toString('base64') !== bare) throw refused('It is not base64.');
  return bytes;
}

/** Throws `sso.refused` for what is too long or not UTF-8; a byte order mark is no part of XML as it is sent here. */
export function decodeText(bytes: Uint8Array): string {
  if (bytes.byteLength > LARGEST_MESSAGE) throw refused('It is too large.');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw refused('It is not UTF-8.', cause);
  }
}

/** The DEFLATE encoding of messages in addresses (SAML Bindings 3.4.4.1). */
export function inflate(bytes: Uint8Array): Buffer {
  try {
    return inflateRawSync(bytes, { maxOutputLength: LARGEST_MESSAGE });
  } catch (cause) {
    throw refused('It cannot be inflated, or is too large.', cause);
  }
}
