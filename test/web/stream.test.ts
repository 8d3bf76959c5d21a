import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { expect } from 'chai';
import { streamTo } from '../../web/index.ts';

const PIECE = Buffer.alloc(64 * 1024);

async function* pieces(count: number): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < count; i++) yield PIECE;
}

type Send = (response: ServerResponse, reader: Socket) => Promise<void>;

/** What comes of an answer on the server: 'resolved', or the error; and all that the reader got before the connection closed. */
async function sent(send: Send, read: (reader: Socket) => void): Promise<{ came: unknown; text: string }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const reader = connect((server.address() as AddressInfo).port, '127.0.0.1');
  try {
    let text = '';
    reader.on('data', (piece) => {
      text += piece.toString('latin1');
    });
    read(reader);
    reader.write('GET / HTTP/1.1\r\nHost: a.test\r\n\r\n');
    const closed = once(reader, 'close');
    const [, response] = (await once(server, 'request')) as [IncomingMessage, ServerResponse];
    const came = await send(response, reader).then(
      () => 'resolved',
      (error: unknown) => error,
    );
    await closed;
    return { came, text };
  } finally {
    reader.destroy();
    server.close();
  }
}

describe('sending a body in pieces', () => {
  it('takes a reader who goes away for no error: in the middle, or before the first byte', async () => {
    const middle = (reader: Socket) => reader.once('data', () => reader.destroy());
    expect((await sent((response) => streamTo(response, pieces(1000)), middle)).came).to.equal('resolved');
    const before = async (response: ServerResponse, reader: Socket) => {
      reader.destroy();
      await once(response, 'close');
      await streamTo(response, pieces(10));
    };
    expect((await sent(before, () => {})).came).to.equal('resolved');
  });

  it('rejects with the error of what it reads, and cuts the answer off', async () => {
    const error = new Error('the disk is gone');
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield PIECE;
      throw error;
    }
    const { came, text } = await sent(
      (response) => streamTo(response, failing()),
      () => {},
    );
    expect(came).to.equal(error);
    // The end of a chunked body is a chunk of no bytes.
    expect(text).to.match(/^HTTP\/1\.1 200 OK/);
    expect(text.endsWith('\r\n0\r\n\r\n')).to.equal(false);
  });

  it('does not take a source that was cut off for a reader who left', async () => {
    const cutOff = Object.assign(new Error('Premature close'), { code: 'ERR_STREAM_PREMATURE_CLOSE' });
    async function* cut(): AsyncGenerator<Uint8Array> {
      yield PIECE;
      throw cutOff;
    }
    const { came } = await sent(
      (response) => streamTo(response, cut()),
      () => {},
    );
    expect(came).to.equal(cutOff);
  });
});
