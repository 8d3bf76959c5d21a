/** Reading request bodies: bounded, once, straight from the stream. */
import type { IncomingMessage } from 'node:http';
import { LivretError } from '../errors.ts';
import { Gathered } from './gather.ts';

const tooLarge = (limit: number): LivretError =>
  new LivretError('request.tooLarge', { detail: `At most ${limit} bytes are accepted here.` });

/** The declared length, when there is one. Node's parser has already refused values that are not numbers. */
const declaredLength = (request: IncomingMessage): number => Number(request.headers['content-length'] ?? 0);

/** @throws LivretError request.tooLarge when the declared length is above `limit` bytes */
export function checkDeclaredLength(request: IncomingMessage, limit: number): void {
  if (declaredLength(request) > limit) throw tooLarge(limit);
}

/** @throws LivretError request.header when the body is compressed: contents are kept as they come, and never unpacked. */
export function checkEncoding(request: IncomingMessage): void {
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    throw new LivretError('request.header', { detail: 'Content-Encoding: only identity is accepted.' });
  }
}

/**
 * Reads the whole body.
 * Rejects with LivretError request.tooLarge above `limit` bytes (before reading, where the length is declared), and
 * request.aborted when the client goes away before the end.
 */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    checkDeclaredLength(request, limit);
    checkEncoding(request);
    // A client that left while its credentials were being checked has fired its events already.
    if (request.destroyed) throw new LivretError('request.aborted');
    const gathered = new Gathered();
    const settle = (error: LivretError | undefined): void => {
      request.off('data', onData).off('end', onEnd).off('close', onClose).off('error', onClose);
      if (error) reject(error);
      else resolve(gathered.bytes());
    };
    const onData = (chunk: Buffer): void => {
      gathered.add(chunk);
      if (gathered.length > limit) settle(tooLarge(limit));
    };
    const onEnd = (): void => settle(undefined);
    const onClose = (): void => settle(new LivretError('request.aborted'));
    request.on('data', onData).on('end', onEnd).on('close', onClose).on('error', onClose);
  });
}

/**
 * The body as a stream of chunks. Stopping early leaves the connection open, so that a refusal can still be answered.
 * Throws LivretError request.tooLarge once more than `limit` bytes have come, request.aborted when the client goes away.
 */
export async function* streamBody(request: IncomingMessage, limit: number): AsyncGenerator<Buffer, void, void> {
  checkDeclaredLength(request, limit);
  checkEncoding(request);
  let length = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > limit) throw tooLarge(limit);
      yield chunk;
    }
  } catch (error) {
    if (error instanceof LivretError) throw error;
    throw new LivretError('request.aborted', { cause: error });
  }
  if (!request.complete) throw new LivretError('request.aborted');
}

/** What is still read, and for how long, of a body that was refused: enough for an honest client to see the answer. */
const DISCARD_BYTES = 64 * 1024 * 1024;
const DISCARD_MILLISECONDS = 10_000;

/**
 * Reads and forgets the rest of a body that was refused, so that the connection can go on; closes the connection when
 * that would take too much. (Node does this itself only when nothing of the body was read; closing at once would make
 * the client's kernel drop the answer.)
 */
export function discardBody(request: IncomingMessage): void {
  if (request.complete || request.destroyed) return;
  let left = DISCARD_BYTES;
  const timer = setTimeout(() => request.destroy(), DISCARD_MILLISECONDS);
  timer.unref();
  request.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) request.destroy();
  });
  request.once('close', () => clearTimeout(timer));
  request.on('error', () => clearTimeout(timer));
  request.resume();
}
