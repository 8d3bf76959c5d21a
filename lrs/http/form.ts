/** The form of a request, read into request.body; what cannot be read is refused by the table of errors. */
import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { type ErrorCode, LivretError } from '../errors.ts';

export interface FormLimits {
  /** Bytes. */
  limit: number;
  /** Fields. */
  parameterLimit: number;
}

/** By what body-parser calls them. */
const CODES: Record<string, ErrorCode> = {
  'entity.too.large': 'request.tooLarge',
  'parameters.too.many': 'request.tooLarge',
  'charset.unsupported': 'request.contentType',
  'encoding.unsupported': 'request.header',
  'request.aborted': 'request.aborted',
  'request.size.invalid': 'request.aborted',
};

/** Refuses `request.tooLarge`, `request.contentType`, `request.header`, `request.aborted`. */
export function readForm({ limit, parameterLimit }: FormLimits): RequestHandler {
  const parse = express.urlencoded({ extended: false, limit, parameterLimit });
  return function readForm(request: Request, response: Response, next: NextFunction): void {
    parse(request, response, (error?: Error & { type?: string; status?: number }) => {
      if (error === undefined || (error.status ?? 500) >= 500) next(error);
      else next(new LivretError(CODES[error.type ?? ''] ?? 'request.header', { cause: error }));
    });
  };
}
