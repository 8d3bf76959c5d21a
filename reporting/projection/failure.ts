/** What an error of DuckDB means to us: its texts are all that it gives. */
import { basename } from 'node:path';
import { LivretError } from '../../lrs/index.ts';

/** The instance answers nothing any more, and has to be opened anew: after a checkpoint that met a full disk, say. */
export const isFatal = (error: unknown): boolean => /FATAL Error|database has been invalidated/.test(String(error));

const isFull = (error: unknown): boolean => /no space left on device/i.test(String(error));

/** The error for whoever asked; what is none of DuckDB's states stays as it is. */
export function refusalOf(error: unknown): unknown {
  if (error instanceof LivretError) return error;
  if (isFull(error)) return new LivretError('store.unavailable', { detail: 'The disk is full.', cause: error });
  return isFatal(error) ? notOpen(error) : error;
}

export const notOpen = (cause?: unknown): LivretError =>
  new LivretError('store.unavailable', { detail: 'The reports are not open just now.', cause });

/** What DuckDB says of a file that no later attempt can read either: it is none of its own, of another version of it, or torn. */
const BROKEN =
  /not a valid DuckDB database file|corrupt|could not read enough bytes|read a database file|wal does not match|this wal was created|(internal|serialization) error/i;

/** The first line alone: others advise whoever writes the query. The folder is nobody's business but the operator's. */
const saidOf = (error: unknown, file: string): string =>
  String(error)
    .replaceAll(file, basename(file))
    .replace(/^Error: /, '')
    .split('\n', 1)[0] ?? '';

/** What is wrong with the file itself; undefined where it may well be whole: no right to it, no memory, no descriptor, a bad disk. */
export function brokenBy(error: unknown, file: string): string | undefined {
  const said = saidOf(error, file);
  return !(error instanceof LivretError) && BROKEN.test(said) ? said : undefined;
}

/** Of a block that is read later than at the opening: its checksum is another one. No word of a query gets in here. */
const TORN = /Corrupt database file|could not read enough bytes/i;

/** What is wrong with a file that could be opened, as far as a question has come upon it. */
export function tornBy(error: unknown, file: string): string | undefined {
  const said = saidOf(error, file);
  return TORN.test(said) ? said : undefined;
}

/** The error for whoever wanted to open it. */
export function keptBecause(error: unknown, file: string): unknown {
  const refusal = refusalOf(error);
  if (refusal instanceof LivretError) return refusal;
  const detail = `The read model cannot be opened, and is kept as it is: ${saidOf(error, file)}`;
  return new LivretError('store.unavailable', { detail, cause: error });
}
