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
  let failure: { error: unknown } | undefined;
  async function* noted(): AsyncGenerator<Uint8Array> {
    const pieces = body[Symbol.asyncIterator]();
    try {
      for (;;) {
        const piece = await pieces.next().catch((error: unknown) => {
          failure = { error };
          throw error;
        });
        if (piece.done) return;
        yield piece.value;
      }
    } finally {
      await pieces.return?.();
    }
  }
  try {
    await pipeline(Readable.from(noted()), response);
  } catch (error) {
    // A source that is a stream itself may have been cut off: the same code, and no reader who left.
    if (failure) throw failure.error;
    if (!GONE.has((error as NodeJS.ErrnoException).code)) throw error;
  }
}
