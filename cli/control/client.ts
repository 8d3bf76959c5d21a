/** The command line's end of the control socket. */
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { LivretError } from '../../lrs/index.ts';
import type { CommandCall, Json } from '../../web/index.ts';
import { readLines, restoreFailure } from './lines.ts';
import { findSocket } from './socket.ts';

/**
 * Has the server that runs on a data folder carry out a command. Gives undefined, with nothing read from the input, when
 * no server is running there. Rejects with what the command was refused for, or `server.unreachable`.
 */
export async function callServer(
  folder: string,
  name: string,
  call: CommandCall,
): Promise<{ result: Json } | undefined> {
  const outgoing = request({
    socketPath: await findSocket(folder),
    method: 'POST',
    path: `/${name}?args=${encodeURIComponent(JSON.stringify(call.args))}`,
    agent: false,
  });
  if (!(await connects(outgoing))) return undefined;
  try {
    return await converse(outgoing, call);
  } finally {
    outgoing.destroy();
  }
}

/** Whether a server takes commands for a data folder. */
export async function isServed(folder: string): Promise<boolean> {
  const probe = request({ socketPath: await findSocket(folder), agent: false });
  try {
    return await connects(probe);
  } finally {
    probe.destroy();
  }
}

/** False when nobody listens: no socket, or one that a crashed server left behind. */
async function connects(outgoing: ClientRequest): Promise<boolean> {
  try {
    await new Promise<void>((resolve, reject) => {
      outgoing.on('error', reject).once('socket', (socket) => socket.once('connect', resolve));
    });
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ECONNREFUSED') return false;
    if (code === 'EACCES' || code === 'EPERM') {
      throw new LivretError('server.unreachable', { detail: 'It belongs to another user of this machine.' });
    }
    throw lost(error);
  }
}

async function converse(outgoing: ClientRequest, call: CommandCall): Promise<{ result: Json }> {
  const responding = new Promise<IncomingMessage>((resolve, reject) => {
    outgoing.on('response', resolve).on('error', (error) => reject(lost(error)));
  });
  // An input that cannot be read cuts the request off, so that the server does not take it for one that has ended.
  let unreadable: { cause: unknown } | undefined;
  async function* input(): AsyncIterable<Uint8Array> {
    try {
      yield* call.input;
    } catch (cause) {
      // A connection that broke is thrown in here too, by the pipeline.
      if (!outgoing.destroyed) unreadable = { cause };
      throw cause;
    }
  }
  // Not awaited: the answer may come, and the server hang up, before the input is at its end.
  pipeline(Readable.from(input(), { objectMode: false }), outgoing).catch(() => {});
  try {
    return await answerOf(await responding, call);
  } catch (error) {
    throw unreadable === undefined ? error : unreadable.cause;
  }
}

async function answerOf(response: IncomingMessage, call: CommandCall): Promise<{ result: Json }> {
  for await (const line of readLines(heard(response))) {
    if ('result' in line) return line;
    if ('error' in line) throw restoreFailure(line.error);
    await call.emit(line.emit);
  }
  throw lost(undefined);
}

/** The response, whose breaking off is told in our own words. */
async function* heard(response: IncomingMessage): AsyncIterable<Uint8Array> {
  try {
    yield* response as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw lost(error);
  }
}

const lost = (cause: unknown): LivretError =>
  new LivretError('server.unreachable', { detail: 'It went away before the command was done: run it again.', cause });
