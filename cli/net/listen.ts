/** Listening on a port, and letting go of it without cutting anybody off. */
import { once } from 'node:events';
import { createServer as createPlainServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import { createServer as createSecureServer, Server as SecureServer } from 'node:https';
import { type AddressInfo, Server as NetServer } from 'node:net';
import { LivretError } from '../../lrs/index.ts';
import { Connections } from './connections.ts';
import type { Exchange } from './exchange.ts';

const REASONS: Record<string, string> = {
  EADDRINUSE: 'another program is listening there',
  EACCES: 'ports below 1024 need more rights',
  EADDRNOTAVAIL: 'this machine does not have that address',
  ENOTFOUND: 'there is no such host',
};

/** ms; longer than the minute that proxies keep connections by default, so that they do not send into a closing one. */
const KEEP_ALIVE = 65_000;

/** ms in which the head of a request, or a TLS handshake, should be there: neither takes an honest client long. */
const HEAD_TIMEOUT = 20_000;

/** ms in which nothing moves, in either direction, until a connection with a request under way is given up. */
const SILENCE = 120_000;

/** ms between two looks at who is late. */
const LOOK_EVERY = 1_000;

/** ms that a client is given to send a whole request, unless a place says another. */
const REQUEST_TIMEOUT = 300_000;

/** A certificate with its chain, and its private key, as PEM. */
export interface Credentials {
  cert: string;
  key: string;
}

export interface Place {
  host: string;
  /** 0 takes any free one. */
  port: number;
  /** The settings that say so, for whoever has to change them. */
  settings: string;
  /** ms that a client is given to send a whole request. */
  requestTimeout?: number;
  /** With them it speaks TLS, and nothing else. */
  credentials?: Credentials;
  /** What requests and responses are made of; by default Node's own. */
  exchange?: Pick<Exchange, 'IncomingMessage' | 'ServerResponse'>;
}

export interface Listening {
  /** The port, also where the system chose it. */
  port: number;
  /** Shows another certificate from now on; connections that stand keep theirs. */
  renew(credentials: Credentials): void;
  /** Takes no more connections, lets the requests under way end within `grace` ms, then cuts them off. */
  close(grace: number): Promise<void>;
}

/** Listens. Rejects with `config.invalid` when the address cannot be had. */
export async function listen(handler: RequestListener, place: Place): Promise<Listening> {
  const { host, port, settings } = place;
  const connections = new Connections();
  const server = createServer(place, (request, response) => {
    connections.begin(request, response, () => handler(request, response));
  });
  connections.follow(server);
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException;
    const detail = `Livret cannot listen on ${host} port ${port}: ${REASONS[code] ?? code}. ${settings} say where.`;
    throw new LivretError('config.invalid', { detail, cause });
  }
  return {
    port: (server.address() as AddressInfo).port,
    renew(credentials) {
      if (server instanceof SecureServer) server.setSecureContext(credentials);
    },
    close: (grace) => close(server, connections, grace),
  };
}

function createServer({ requestTimeout = REQUEST_TIMEOUT, credentials, exchange }: Place, listener: RequestListener) {
  const options: ServerOptions = {
    ...(exchange && { IncomingMessage: exchange.IncomingMessage, ServerResponse: exchange.ServerResponse }),
    keepAliveTimeout: KEEP_ALIVE,
    requestTimeout,
    headersTimeout: Math.min(HEAD_TIMEOUT, requestTimeout),
    connectionsCheckingInterval: LOOK_EVERY,
  };
  const server =
    credentials === undefined
      ? createPlainServer(options, listener)
      : createSecureServer({ ...options, ...credentials, handshakeTimeout: HEAD_TIMEOUT }, listener);
  server.setTimeout(SILENCE);
  return server;
}

async function close(server: Server | SecureServer, connections: Connections, grace: number): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  // What http does first when it closes is to end connections that only seem idle, and to stop looking who is late.
  NetServer.prototype.close.call(server);
  connections.stop();
  const cut = setTimeout(() => connections.cut(), grace);
  await closed;
  clearTimeout(cut);
  server.close(() => {});
}
