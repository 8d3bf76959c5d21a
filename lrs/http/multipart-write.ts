/** Writes multipart/mixed bodies (RFC 2046; 1.0.3 Communication 1.5.2). */
import { randomUUID } from 'node:crypto';

export interface OutgoingPart {
  headers: Readonly<Record<string, string>>;
  body: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

/** Letters, digits and hyphens only, since readers in the wild split on less; random, so that no contents contain it. */
export const newBoundary = (): string => `livret-${randomUUID()}`;

/** Gives the chunks of a multipart body, in order, reading each part's body only when it is its turn. */
export async function* writeMultipart(
  boundary: string,
  parts: Iterable<OutgoingPart>,
): AsyncGenerator<Uint8Array, void, void> {
  let lead = `--${boundary}\r\n`;
  for (const part of parts) {
    const headers = Object.entries(part.headers).map(
      ([name, value]) => `${name}: ${value.replace(/[\r\n]+/g, ' ')}\r\n`,
    );
    yield Buffer.from(`${lead}${headers.join('')}\r\n`);
    yield* part.body;
    lead = `\r\n--${boundary}\r\n`;
  }
  yield Buffer.from(`\r\n--${boundary}--\r\n`);
}
