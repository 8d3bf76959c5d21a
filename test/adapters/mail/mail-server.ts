/** A real SMTP server on this machine, and what it was sent, read by a library that has nothing to do with ours. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface Received {
  from: string;
  to: string[];
  /** Whether it came over TLS, and as whom. */
  secure: boolean;
  user: string;
  mail: Email;
}

type Verdict = { code: number; text: string } | undefined;

/** Says what to answer to a recipient; undefined: takes it. */
export type Judge = (address: string) => Verdict | Promise<Verdict>;

/** `think`: before it says that it has taken a mail. */
export async function startMailServer({
  judge = () => undefined,
  think = async () => {},
  ...options
}: SMTPServerOptions & { judge?: Judge; think?(): Promise<unknown> } = {}) {
  const received: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    ...options,
    async onRcptTo({ address }, _session, callback) {
      const refusal = await judge(address);
      callback(refusal && Object.assign(new Error(`${refusal.text} <${address}>`), { responseCode: refusal.code }));
    },
    async onData(stream, session, callback) {
      const parts: Uint8Array[] = [];
      for await (const part of stream) parts.push(part as Uint8Array);
      const mail = await PostalMime.parse(Buffer.concat(parts));
      const { mailFrom, rcptTo } = session.envelope;
      received.push({
        from: mailFrom === false ? '' : mailFrom.address,
        to: rcptTo.map(({ address }) => address),
        ...{ secure: session.secure, user: String(session.user ?? ''), mail },
      });
      await think();
      callback(null);
    },
  });
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    port,
    url: `smtp://127.0.0.1:${port}`,
    received,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

export type MailServer = Awaited<ReturnType<typeof startMailServer>>;

/** Takes connections and says nothing, or the same byte again and again. */
export async function startMute(every?: number) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    const timer = every === undefined ? undefined : setInterval(() => socket.write('2'), every);
    socket.on('close', () => clearInterval(timer));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
