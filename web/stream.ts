/** Sends a body in pieces to whoever is there to take it. */
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** A reader who goes away closes the connection: in the middle, before the first byte, or with the last one in hand. */
const GONE = new Set<unknown>(['ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_UNABLE_TO_PIPE']);

/**
 * At the reader's pace. Resolves too when the reader goes away, which is no error of ours. Rejects with the source's error
 * when that fails, and the answer is cut off for its reader to notice.
 */
export async function streamTo(response: ServerResponse, body: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    await pipeline(Readable.from(body), response);
  } catch (error) {
    if (!GONE.has((error as NodeJS.ErrnoException).code)) throw error;
  }
}
