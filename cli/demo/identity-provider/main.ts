/**
 * The demo's identity provider, a process of its own as a real one is elsewhere. Takes two arguments: the port wanted, and
 * the address of Livret's metadata. Prints its own address as the first line. It ends when its standard input does:
 * whoever started it holds the other end, and lets go of it also when killed.
 */
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Who logs in without a password must not be let in anywhere: reachable from this machine only. */
const HOST = '127.0.0.1';

async function serve(wanted: number, livret: string): Promise<void> {
  if (process.env.NODE_ENV === 'production') throw new Error('The demo is not for production (NODE_ENV).');
  process.stdin.on('close', () => process.exit(0)).resume();
  // Ctrl-C reaches every process of the terminal; this one ends with the one that started it.
  process.on('SIGINT', () => {});
  let app: RequestListener | undefined;
  const server = createServer((request, response) => {
    if (app) app(request, response);
    else response.writeHead(503).end();
  });
  server.listen(wanted, HOST);
  await once(server, 'listening').catch(async () => {
    server.listen(0, HOST);
    await once(server, 'listening');
  });
  const base = `http://${HOST}:${(server.address() as AddressInfo).port}`;
  const [{ createSamlIdp }, { createIdpApp }] = await Promise.all([import('./saml.ts'), import('./server.ts')]);
  app = createIdpApp(await createSamlIdp(base), livret);
  process.stdout.write(`${base}\n`);
}

const [, , port = '0', livret = ''] = process.argv;
await serve(Number(port), livret).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
