/** Gives what a report answers as it was asked for: JSON, or a file. */
import type { Request, Response } from 'express';
import { type CommandCall, type Json, streamTo } from '../web/index.ts';
import type { Format, Writing } from './asking.ts';
import { EXPORT_FORMATS, EXPORT_TYPES, type Export, exportFile, type FileOptions } from './exports/index.ts';

/** Bytes of a line to the console, before they are written in base64. */
const LINE = 256 * 1024;

const TYPES: Record<Format, string> = { json: 'application/json', ...EXPORT_TYPES };

/** The format that the Accept header asks for; JSON for whoever takes anything, or none of those there are. */
export function acceptedFormat(request: Request): Format {
  const formats: readonly Format[] = ['json', ...EXPORT_FORMATS];
  const accepted = request.accepts(formats.map((format) => TYPES[format]));
  return formats.find((format) => TYPES[format] === accepted) ?? 'json';
}

/** An answer, in the shapes that it can leave in. */
export interface Written<T> {
  json: T;
  exported(): Promise<Export>;
  /** Caches keep nothing of what is about somebody by name. */
  personal?: boolean;
}

/** undefined for JSON. `stem` is the name of the file between `livret-` and its ending. */
function fileOptions({ format, table, dialect }: Writing, stem: string): FileOptions | undefined {
  if (format === 'json') return undefined;
  return { format, stem, ...(table !== undefined && { table }), ...(dialect && { dialect }) };
}

/** Over HTTP. Rejects as exportFile does. */
export async function sendWritten<T>(
  response: Response,
  writing: Writing,
  stem: string,
  { json, exported, personal = false }: Written<T>,
): Promise<void> {
  response.set('Cache-Control', personal ? 'private, no-store' : 'private, no-cache').vary('Accept');
  const options = fileOptions(writing, stem);
  if (options === undefined) {
    response.json(json);
    return;
  }
  const { body, contentType, disposition } = await exportFile(await exported(), options);
  response.set({ 'Content-Type': contentType, 'Content-Disposition': disposition });
  await streamTo(response, body);
}

/** On the command line: gives the answer, or emits the bytes of the file and gives { file, bytes }. Rejects as exportFile does. */
export async function emitWritten<T>(
  emit: CommandCall['emit'],
  writing: Writing,
  stem: string,
  { json, exported }: Written<T>,
): Promise<Json> {
  const options = fileOptions(writing, stem);
  if (options === undefined) return structuredClone(json) as Json;
  const { name, body } = await exportFile(await exported(), options);
  let bytes = 0;
  for await (const piece of body) {
    bytes += piece.length;
    for (let at = 0; at < piece.length; at += LINE) {
      await emit({ kind: 'bytes', base64: Buffer.from(piece.subarray(at, at + LINE)).toString('base64') });
    }
  }
  return { file: name, bytes };
}
