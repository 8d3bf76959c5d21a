/** The log: JSON lines on standard error, in which nobody is named and nothing is given away. */
import { type Logger, pino } from 'pino';

/** Causes of causes that are followed. */
const DEPTH = 5;

/** Mail addresses, and addresses of servers with a password in them. */
const ADDRESS = /[^\s"'`<>(){},;]+@[^\s"'`<>(){},;]+/g;
const CREDENTIALS = /\b(Basic|Bearer)\s+[\w+/=.~-]+/gi;

export interface Described {
  type: string;
  message: string;
  code?: string;
  stack?: string;
  cause?: Described;
}

/** Bytes that are kept for a log that cannot be written just now; beyond, lines are lost. */
const KEPT = 1 << 20;

/** A log that cannot be written, on a full disk say, keeps nobody from being served. */
export function createLog(level: string): Logger {
  const destination = pino.destination({ fd: 2, sync: true, maxLength: KEPT });
  destination.on('error', () => {});
  // Once it keeps so much it would never try again. (Not flushSync, which waits for a full disk for ever.)
  destination.on('drop', () => destination.write(''));
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: describeError } },
    destination,
  );
}

/**
 * What of an error is logged: these members and no others, since drivers hang the documents they could not write on
 * theirs, and texts without what could be somebody's address or credentials.
 */
export function describeError(error: unknown, depth = DEPTH): Described {
  if (!(error instanceof Error)) return { type: typeof error, message: mask(String(error)) };
  const { code } = error as NodeJS.ErrnoException;
  return {
    type: error.name,
    message: messageOf(error),
    ...(typeof code === 'string' && { code }),
    ...(error.stack !== undefined && { stack: framesOf(error.stack) }),
    ...(error.cause !== undefined && depth > 0 && { cause: describeError(error.cause, depth - 1) }),
  };
}

/** A parser's message quotes what it was reading. */
const messageOf = (error: Error): string => (error instanceof SyntaxError ? 'not shown' : mask(error.message));

/** Where it happened; the message, which stands before that, has been told. */
const framesOf = (stack: string): string =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');

const mask = (text: string): string => text.replace(CREDENTIALS, '$1 [credentials]').replace(ADDRESS, '[address]');
