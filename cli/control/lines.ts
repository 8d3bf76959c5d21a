/** What travels back over the control socket: one JSON object a line. */
import { asLivretError, ERRORS, type ErrorCode, LivretError } from '../../lrs/index.ts';
import type { Json } from '../../web/index.ts';

/** A refusal on its way to the caller; without a code it is a bug, whose particulars stay in the server's log. */
export interface Failure {
  code?: string;
  detail?: string;
  pointer?: string;
  rule?: string;
  retryAfter?: number;
}

/** Any number of `emit`, then one of the two others. */
export type Line = { emit: Json } | { result: Json } | { error: Failure };

export const writeLine = (line: Line): string => `${JSON.stringify(line)}\n`;

export async function* readLines(source: AsyncIterable<Uint8Array>): AsyncIterable<Line> {
  const decoder = new TextDecoder();
  let unfinished = '';
  for await (const chunk of source) {
    const texts = (unfinished + decoder.decode(chunk, { stream: true })).split('\n');
    unfinished = texts.pop() ?? '';
    for (const text of texts) yield JSON.parse(text) as Line;
  }
}

export function describeFailure(thrown: unknown): Failure {
  const error = asLivretError(thrown);
  if (error === undefined) return {};
  const { code, detail, pointer, rule, retryAfter } = error;
  return {
    code,
    ...(detail === undefined ? {} : { detail }),
    ...(pointer === undefined ? {} : { pointer }),
    ...(rule === undefined ? {} : { rule }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  };
}

export function restoreFailure({ code, ...details }: Failure): Error {
  if (code !== undefined && code in ERRORS) return new LivretError(code as ErrorCode, details);
  return new LivretError('server.unreachable', { detail: 'It failed on this command: its log says why.' });
}
