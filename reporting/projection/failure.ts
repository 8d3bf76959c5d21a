/** What an error of DuckDB means to us: its texts are all that it gives. */
import { LivretError } from '../../lrs/index.ts';

/** The instance answers nothing any more, and has to be opened anew: after a checkpoint that met a full disk, say. */
export const isFatal = (error: unknown): boolean => /FATAL Error|database has been invalidated/.test(String(error));

export const isFull = (error: unknown): boolean => /no space left on device/i.test(String(error));

/** The error for whoever asked; what is none of DuckDB's states stays as it is. */
export function refusalOf(error: unknown): unknown {
  if (error instanceof LivretError) return error;
  if (isFull(error)) return new LivretError('store.unavailable', { detail: 'The disk is full.', cause: error });
  return isFatal(error) ? notOpen(error) : error;
}

export const notOpen = (cause?: unknown): LivretError =>
  new LivretError('store.unavailable', { detail: 'The reports are not open just now.', cause });
