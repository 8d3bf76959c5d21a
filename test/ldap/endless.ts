/** A directory that answers every search as it is told to, and always has another page. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

const ber = (tag: number, ...contents: (Buffer | string)[]): Buffer => {
  const body = Buffer.concat(contents.map((each) => Buffer.from(each)));
  const length = Buffer.alloc(5, 0x84);
  length.writeUInt32BE(body.length, 1);
  return Buffer.concat([Buffer.of(tag), length, body]);
};
const message = (id: Buffer, ...parts: Buffer[]): Buffer => ber(0x30, ber(0x02, id), ...parts);
const attribute = (name: string, value: string): Buffer => ber(0x30, ber(0x04, name), ber(0x31, ber(0x04, value)));

export interface Endless {
  url: string;
  stop(): void;
}

export interface Page {
  /** Entries, by the value of their uid. */
  uids?: readonly string[];
  /** It has one referral, and no entry. */
  referral?: string;
  /** It goes on with the same entry for ever. */
  unending?: boolean;
}

/** RFC 4511 as far as an unbound client searches. */
export async function startEndless(page: (number: number) => Page): Promise<Endless> {
  let asked = 0;
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => {});
    socket.on('data', (request) => {
      // SEQUENCE, its length in one or more bytes, and the message's number.
      const at = 2 + (((request[1] ?? 0) & 0x80) === 0 ? 0 : (request[1] ?? 0) & 0x7f);
      const id = request.subarray(at + 2, at + 2 + (request[at + 1] ?? 0));
      if (request[at + 2 + id.length] !== 0x63) return;
      answer(socket, id, page(asked++));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `ldap://127.0.0.1:${port}`, stop: () => void server.close() };
}

function answer(socket: Socket, id: Buffer, { uids = [], referral, unending = false }: Page): void {
  const entry = (uid: string): Buffer =>
    message(
      id,
      ber(0x64, ber(0x04, `uid=${uid}`), ber(0x30, attribute('uid', uid), attribute('departmentNumber', 'DRH'))),
    );
  const results = uids.map(entry);
  if (referral !== undefined) results.push(message(id, ber(0x73, ber(0x04, referral))));
  if (unending) {
    const many = Buffer.concat(Array.from({ length: 100 }, () => entry('x'.repeat(1_000))));
    const goOn = (): void => {
      while (!socket.destroyed && socket.write(many));
      socket.once('drain', goOn);
    };
    goOn();
    return;
  }
  const more = ber(0x30, ber(0x02, Buffer.of(0)), ber(0x04, 'more'));
  const paged = ber(0x30, ber(0x04, '1.2.840.113556.1.4.319'), ber(0x04, more));
  results.push(message(id, ber(0x65, ber(0x0a, Buffer.of(0)), ber(0x04), ber(0x04)), ber(0xa0, paged)));
  socket.write(Buffer.concat(results));
}
