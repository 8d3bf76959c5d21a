/** Listening on a port, and letting go of it without cutting anybody off. */
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LivretError } from '../lrs/index.ts';

const REASONS: Record<string, string> = {
  EADDRINUSE: 'another program is listening there',
  EACCES: 'ports below 1024 need more rights',
  EADDRNOTAVAIL: 'this machine does not have that address',
  ENOTFOUND: 'there is no such host',
};

/** Longer than the minute that proxies keep connections by default, so that they do not send into a closing one. */
const KEEP_ALIVE = 65_000;

export interface Listening {
  /** The port, also where the system chose it. */
  port: number;
  /** Takes no more connections, lets the requests under way end within `grace` ms, then cuts them off. */
  close(grace: number): Promise<void>;
}

export interface Place {
  host: string;
  /** 0 takes any free one. */
  port: number;
  /** The settings that say so, for whoever has to change them. */
  settings: string;
}

/** Listens. Rejects with `config.invalid` when the address cannot be had. */
export async function listen(handler: RequestListener, { host, port, settings }: Place): Promise<Listening> {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE }, handler);
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException;
    const detail = `Livret cannot listen on ${host} port ${port}: ${REASONS[code] ?? code}. ${settings} say where.`;
    throw new LivretError('config.invalid', { detail, cause });
  }
  return { port: (server.address() as AddressInfo).port, close: (grace) => close(server, grace) };
}

async function close(server: Server, grace: number): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  // Connections become idle one by one, as their last answer goes out.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const cut = setTimeout(() => server.closeAllConnections(), grace);
  await closed;
  clearInterval(sweep);
  clearTimeout(cut);
}
