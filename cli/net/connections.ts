/**
 * Who is connected to a server and what is under way, so that it can stop without cutting anybody off. Node's own
 * closeIdleConnections takes a connection for idle while its answer is still on its way to a slow reader.
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Server as SecureServer } from 'node:https';
import type { Socket } from 'node:net';

/** ms for which a connection is kept that seems idle: its client may just have sent the next request. */
const LINGER = 500;

/** Requests that a client may send ahead of its answers. */
const MOST_AHEAD = 1_000;

interface Connection {
  /** Answers under way or still to come, in the order of their requests. */
  open: Set<ServerResponse>;
  /** Serve the requests behind the first. */
  ahead: (() => void)[];
  /** Bytes that had been read when the last request and its answer were over: any more are a request that is being read. */
  heard: number;
}

export class Connections {
  readonly #connections = new Map<Socket, Connection>();
  /** Below TLS: a connection stands here before the handshake is over. */
  readonly #sockets = new Set<Socket>();
  #phase: 'serving' | 'stopping' | 'lingered' = 'serving';

  follow(server: Server | SecureServer): void {
    server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    server.on(server instanceof SecureServer ? 'secureConnection' : 'connection', (socket: Socket) => {
      this.#connections.set(socket, { open: new Set(), ahead: [], heard: 0 });
      socket.once('close', () => this.#connections.delete(socket));
    });
  }

  /**
   * To be told of each request as it comes. Serves those that were sent ahead one after the other, each when the answer
   * before it is out: a client that sends a hundred and reads nothing would have a hundred answers held for it.
   */
  begin(request: IncomingMessage, response: ServerResponse, serve: () => void): void {
    const { socket } = request;
    const connection = this.#connections.get(socket);
    if (connection === undefined) {
      serve();
      return;
    }
    connection.open.add(response);
    if (this.#phase !== 'serving') announceEnd(connection);
    const over = (): void => {
      connection.heard = socket.bytesRead;
      if (this.#phase === 'lingered') endIfIdle(socket, connection);
    };
    response.once('close', () => {
      connection.open.delete(response);
      over();
      if (!socket.destroyed) connection.ahead.shift()?.();
    });
    // A refusal may be out while the rest of its request is still coming in.
    request.once('end', over);
    if (connection.open.size === 1) serve();
    else if (connection.ahead.push(serve) > MOST_AHEAD) socket.destroy();
  }

  /** From now on each answer says that its connection ends; soon what is idle ends too, and the rest when its answer is out. */
  stop(): void {
    this.#phase = 'stopping';
    for (const connection of this.#connections.values()) announceEnd(connection);
    setTimeout(() => this.#endIdle(), LINGER);
  }

  #endIdle(): void {
    this.#phase = 'lingered';
    for (const [socket, connection] of this.#connections) endIfIdle(socket, connection);
    for (const socket of this.#sockets) if (socket.bytesRead === 0) socket.destroy();
  }

  cut(): void {
    for (const socket of [...this.#connections.keys(), ...this.#sockets]) socket.destroy();
  }
}

/** On the last of its answers: where requests were sent ahead, those behind the first get theirs too. */
function announceEnd({ open }: Connection): void {
  const [last, ...earlier] = [...open].reverse();
  for (const response of earlier) {
    if (!response.headersSent && response.hasHeader('Connection')) response.removeHeader('Connection');
  }
  if (last !== undefined && !last.headersSent) last.setHeader('Connection', 'close');
}

function endIfIdle(socket: Socket, { open, heard }: Connection): void {
  if (open.size === 0 && socket.bytesRead === heard) socket.destroy();
}
