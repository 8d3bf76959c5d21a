/** Ports that nobody listens on. */
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/** A browser that looks for localhost may find either. */
const LOOPBACK = ['127.0.0.1', '::1'];

/** The port where it can be had on each loopback address; undefined where somebody listens there. 0 chooses. */
async function tryPort(port: number): Promise<number | undefined> {
  let chosen = port;
  for (const host of LOOPBACK) {
    const server = createServer().listen(chosen, host);
    try {
      await once(server, 'listening');
      chosen = (server.address() as AddressInfo).port;
    } catch (error) {
      // Machines without IPv6 have no ::1.
      if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return undefined;
    } finally {
      server.close();
    }
  }
  return chosen;
}

/** The port wanted, or another one where that is taken. */
export async function freePort(wanted: number): Promise<number> {
  for (let port: number | undefined = wanted; ; port = 0) {
    const free = await tryPort(port);
    if (free !== undefined) return free;
  }
}
