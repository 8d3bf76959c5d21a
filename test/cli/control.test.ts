import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { callServer } from '../../cli/control/client.ts';
import { type Control, openControl } from '../../cli/control/server.ts';
import { findSocket } from '../../cli/control/socket.ts';
import { LivretError } from '../../lrs/index.ts';
import type { Command, CommandCall, Json } from '../../web/index.ts';

async function* nothing(): AsyncGenerator<Uint8Array> {}

const call = (args: Record<string, Json> = {}, rest: Partial<CommandCall> = {}): CommandCall => ({
  args,
  input: nothing(),
  emit: async () => {},
  ...rest,
});

describe('the control socket', () => {
  let folder: string;
  let control: Control | undefined;
  let bugs: unknown[];
  /** How the commands that wait or stream ended. */
  let ends: string[];

  const commands: Command[] = [
    { name: 'echo', run: async ({ args }) => args },
    {
      name: 'count',
      async run({ input, emit }) {
        let bytes = 0;
        try {
          for await (const chunk of input) {
            bytes += chunk.length;
            await emit({ bytes });
          }
        } catch (error) {
          ends.push((error as LivretError).code);
          throw error;
        }
        return bytes;
      },
    },
    {
      name: 'flood',
      async run({ emit }) {
        for (let n = 0; ; n++) {
          try {
            await emit('x'.repeat(10_000));
          } catch (error) {
            ends.push(`${(error as LivretError).code} after ${n}`);
            throw error;
          }
        }
      },
    },
    {
      name: 'refuse',
      async run({ input }) {
        for await (const _ of input) break;
        throw new LivretError('statement.invalid', { detail: 'As asked.', pointer: '/verb', rule: 'a rule' });
      },
    },
    {
      name: 'bug',
      async run() {
        throw new TypeError('secret particulars');
      },
    },
    { name: 'slow', run: async () => wait(300, 'done') },
  ];

  const open = async (where = folder): Promise<Control> => {
    control = await openControl(where, commands, (error) => bugs.push(error));
    return control;
  };

  const failure = async (promise: Promise<unknown>): Promise<LivretError> => {
    try {
      await promise;
    } catch (error) {
      return error as LivretError;
    }
    throw new Error('It was accepted.');
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'livret-control-'));
    control = undefined;
    bugs = [];
    ends = [];
  });
  afterEach(async () => {
    await control?.close(0);
    await rm(folder, { recursive: true });
  });

  it('is for its owner alone', async () => {
    await open();
    expect((await stat(join(folder, 'control.sock'))).mode & 0o777).to.equal(0o600);
  });

  it('carries arguments of any kind there and the answer back', async () => {
    await open();
    const args = { text: 'é ☃ & = \n', long: 'x'.repeat(200_000), list: [1, null, { a: true }] };
    expect(await callServer(folder, 'echo', call(args))).to.deep.equal({ result: args });
  });

  it('streams the input in and lines out while both are under way', async () => {
    await open();
    const lines: Json[] = [];
    let seen = (): void => {};
    async function* input(): AsyncGenerator<Uint8Array> {
      for (const text of ['one', 'two']) {
        const answered = new Promise<void>((resolve) => {
          seen = resolve;
        });
        yield Buffer.from(text);
        // The next chunk is sent only once the answer to this one has come.
        await answered;
      }
    }
    const emit = async (line: Json): Promise<void> => {
      lines.push(line);
      seen();
    };
    expect(await callServer(folder, 'count', call({}, { input: input(), emit }))).to.deep.equal({ result: 6 });
    expect(lines).to.deep.equal([{ bytes: 3 }, { bytes: 6 }]);
  });

  it('gives a refusal back as it was, also before the input has been read', async () => {
    await open();
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) yield Buffer.alloc(65_536);
    }
    const error = await failure(callServer(folder, 'refuse', call({}, { input: endless() })));
    expect(error).to.be.instanceOf(LivretError);
    expect(error).to.include({ code: 'statement.invalid', detail: 'As asked.', pointer: '/verb', rule: 'a rule' });
  });

  it('tells nobody but the log what a bug was', async () => {
    await open();
    const error = await failure(callServer(folder, 'bug', call()));
    expect(error).to.include({ code: 'server.unreachable' });
    expect(error.message).to.not.include('particulars');
    expect(bugs).to.have.length(1);
  });

  it('refuses a command it does not know', async () => {
    await open();
    expect(await failure(callServer(folder, 'nonsense', call()))).to.include({ code: 'server.unreachable' });
  });

  it('does not take an input whose reader failed for one that has ended', async () => {
    await open();
    const broken = new Error('the disk is gone');
    async function* input(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('half');
      throw broken;
    }
    expect(await failure(callServer(folder, 'count', call({}, { input: input() })))).to.equal(broken);
    await wait(50);
    expect(ends).to.deep.equal(['request.aborted']);
  });

  it('ends a command whose caller has gone, and waits for one that is slow', async () => {
    await open();
    let taken = 0;
    const emit = async (): Promise<void> => {
      taken++;
      if (taken === 3) throw new Error('the pipe is closed');
      await wait(20);
    };
    const error = await failure(callServer(folder, 'flood', call({}, { emit })));
    expect(error.message).to.equal('the pipe is closed');
    await wait(100);
    expect(ends[0]).to.match(/^request\.aborted after \d+$/);
    // Not everything was produced for somebody who took three lines.
    expect(Number(ends[0]?.split(' ').at(-1))).to.be.lessThan(1000);
  });

  it('lets commands end when the server stops, and cancels those that do not', async () => {
    const server = await open();
    const slow = callServer(folder, 'slow', call());
    const flood = failure(callServer(folder, 'flood', call()));
    await wait(100);
    await server.close(1000);
    expect(await slow).to.deep.equal({ result: 'done' });
    expect(await flood).to.include({ code: 'server.unreachable' });
    expect(await callServer(folder, 'echo', call())).to.equal(undefined);
  });

  it('is not there when no server is: no socket, or one that a crash left behind', async () => {
    expect(await callServer(folder, 'echo', call())).to.equal(undefined);
    await writeFile(join(folder, 'control.sock'), '');
    expect(await callServer(folder, 'echo', call())).to.equal(undefined);
    await open();
    expect(await callServer(folder, 'echo', call({ a: 1 }))).to.deep.equal({ result: { a: 1 } });
  });

  it('says so when the server dies in the middle', async () => {
    const dying = createServer((socket) => {
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
        setTimeout(() => socket.destroy(), 20);
      });
    }).listen(join(folder, 'control.sock'));
    expect(await failure(callServer(folder, 'echo', call()))).to.include({ code: 'server.unreachable' });
    dying.close();
  });

  it('says so, too, when the server dies while the input is being sent', async () => {
    const dying = createServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
      socket.once('data', () => setTimeout(() => socket.destroy(), 20));
    }).listen(join(folder, 'control.sock'));
    async function* endless() {
      for (;;) yield Buffer.alloc(65_536, 10);
    }
    const sending = { ...call(), input: endless() };
    expect(await failure(callServer(folder, 'count', sending))).to.include({ code: 'server.unreachable' });
    dying.close();
  });

  it('finds another place when the path of the folder is too long for a socket', async () => {
    const deep = join(folder, 'a'.repeat(80));
    await mkdir(deep);
    const server = await open(deep);
    expect(Buffer.byteLength(await findSocket(deep))).to.be.lessThan(100);
    expect(await callServer(deep, 'echo', call({ far: true }))).to.deep.equal({ result: { far: true } });
    const refuge = await findSocket(deep);
    await server.close(0);
    expect(await callServer(deep, 'echo', call())).to.equal(undefined);
    expect(await stat(refuge).catch(() => 'gone')).to.equal('gone');
  });
});
