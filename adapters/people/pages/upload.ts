/** A form with a file, read as far as the file: what comes before it is known when the guard asks for its token. */
import type { Readable } from 'node:stream';
import busboy from 'busboy';
import type { NextFunction, Request, Response } from 'express';
import { LivretError } from '../../../lrs/index.ts';

/** Bytes: some hundred thousand people. */
const LARGEST_FILE = 50_000_000;
/** Bytes of what stands around the file. */
const LARGEST_REST = 20_000;
const LIMITS = { files: 1, fields: 10, fieldSize: 1000, fileSize: LARGEST_FILE, headerPairs: 20 };

/** The file of this request, to be read once; it rejects `request.tooLarge`, and `request.multipart` where it breaks off. Undefined where none came. */
export const uploadOf = (response: Response): AsyncIterable<Uint8Array> | undefined => response.locals.upload;

const malformed = (cause: unknown): LivretError => new LivretError('request.multipart', { cause });

async function* contents(file: Readable & { truncated?: boolean }, announced: number): AsyncGenerator<Uint8Array> {
  if (announced > LARGEST_FILE + LARGEST_REST) throw new LivretError('request.tooLarge');
  try {
    yield* file;
  } catch (error) {
    throw malformed(error);
  }
  if (file.truncated === true) throw new LivretError('request.tooLarge');
}

/**
 * Reads the fields of a form in multipart/form-data into request.body, and stops at its file: nothing of it is stored
 * before the guard has let the request pass, and what stands behind it is not read. Passes all other requests.
 */
export function receiveUpload(request: Request, response: Response, next: NextFunction): void {
  if (!request.is('multipart/form-data')) {
    next();
    return;
  }
  const fields: Record<string, string> = {};
  request.body = fields;
  let passed = false;
  const pass = (error?: unknown): void => {
    if (!passed) next(error);
    passed = true;
  };
  try {
    const form = busboy({ headers: request.headers, limits: LIMITS });
    form.on('field', (name, value) => {
      if (!passed) fields[name] = value;
    });
    form.on('file', (_name, file) => {
      response.locals.upload = contents(file, Number(request.get('content-length') ?? 0));
      pass();
    });
    form.once('error', (error) => pass(malformed(error)));
    form.once('close', () => pass());
    // Refused, or done, before all of it was read: the rest is let pass, or the connection would stand still.
    response.once('close', () => {
      request.unpipe(form);
      request.resume();
    });
    request.once('error', (error) => form.destroy(error)).pipe(form);
  } catch (error) {
    pass(malformed(error));
  }
}
