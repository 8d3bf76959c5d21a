/**
 * The server's end of the control socket: HTTP over a unix socket, one POST a command, its input as the body, its
 * answer as NDJSON. HTTP because its framing tells a body that is complete from one whose sender died.
 */
import { once } from 'node:events';
import { chmod } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { asLivretError, LivretError } from '../../lrs/index.ts';
import type { Command, Json } from '../../web/index.ts';
import { describeFailure, type Line, writeLine } from './lines.ts';
import { placeSocket, removeSocket } from './socket.ts';

/** Room for long filters and file names: the arguments travel in the address. */
const HEADER_BYTES = 1 << 20;

export interface Control {
  /** Takes no more commands, lets the running ones end within `grace` ms, then cancels them. */
  close(grace: number): Promise<void>;
}

/**
 * Listens for the commands of the parts on the socket of a data folder, for its owner only.
 * `onBug` is told of errors that are not refusals.
 */
export async function openControl(
  folder: string,
  commands: readonly Command[],
  onBug: (error: unknown, command: string) => void,
): Promise<Control> {
  const byName = new Map(commands.map((command) => [command.name, command]));
  const running = new Set<Promise<void>>();
  const stopping = new AbortController();

  const server = createServer({ maxHeaderSize: HEADER_BYTES, requestTimeout: 0 }, (request, response) => {
    const call = answer(request, response).finally(() => running.delete(call));
    running.add(call);
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const address = new URL(request.url ?? '/', 'http://control');
    const name = address.pathname.slice(1);
    const say = (line: Line): Promise<void> => send(response, line, stopping.signal);
    response.writeHead(200, { 'Content-Type': 'application/x-ndjson' });
    response.flushHeaders();
    try {
      const command = byName.get(name);
      if (command === undefined) {
        throw new LivretError('server.unreachable', {
          detail: 'It does not know this command: is it another version?',
        });
      }
      const args = JSON.parse(address.searchParams.get('args') ?? '{}') as Record<string, Json>;
      const result = await command.run({
        args,
        input: untilStopped(request, stopping.signal),
        emit: (emit) => say({ emit }),
      });
      response.write(writeLine({ result }));
    } catch (error) {
      if (asLivretError(error) === undefined && !response.destroyed) onBug(error, name);
      response.write(writeLine({ error: describeFailure(error) }));
    }
    response.end();
  }

  const path = await placeSocket(folder);
  // Bound with the mask in place, so that there is no moment in which others could connect.
  const mask = process.umask(0o177);
  try {
    server.listen(path);
  } finally {
    process.umask(mask);
  }
  await once(server, 'listening');
  await chmod(path, 0o600);

  return {
    async close(grace) {
      server.close();
      const cancel = setTimeout(() => stopping.abort(), grace);
      // Whoever sends nothing and takes nothing would not notice.
      const cut = setTimeout(() => server.closeAllConnections(), grace + 1000);
      await Promise.allSettled(running);
      clearTimeout(cancel);
      clearTimeout(cut);
      server.closeAllConnections();
      await removeSocket(folder);
    },
  };
}

const stopped = (): LivretError =>
  new LivretError('server.unreachable', { detail: 'It is stopping: run the command again.' });

/** The body, which ends in an error when the caller goes away or the server stops. */
async function* untilStopped(request: IncomingMessage, signal: AbortSignal): AsyncIterable<Uint8Array> {
  try {
    // Not destroyed when a command stops reading: its answer goes out by the same connection.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      if (signal.aborted) throw stopped();
      yield chunk;
    }
  } catch (error) {
    throw error instanceof LivretError ? error : new LivretError('request.aborted', { cause: error });
  }
}

/** Sends a line, waiting while the caller is slow. Rejects when the caller has gone or the server stops: so a command ends. */
async function send(response: ServerResponse, line: Line, signal: AbortSignal): Promise<void> {
  if (signal.aborted) throw stopped();
  if (response.destroyed) throw gone();
  if (response.write(writeLine(line))) return;
  await new Promise<void>((resolve, reject) => {
    const settle = (): void => {
      response.off('drain', settle).off('close', settle);
      signal.removeEventListener('abort', settle);
      if (signal.aborted) reject(stopped());
      else if (response.destroyed) reject(gone());
      else resolve();
    };
    response.on('drain', settle).on('close', settle);
    signal.addEventListener('abort', settle, { once: true });
  });
}

const gone = (): LivretError => new LivretError('request.aborted');
