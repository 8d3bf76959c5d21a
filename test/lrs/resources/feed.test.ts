import { request } from 'node:http';
import { expect } from 'chai';
import { onEachEngine } from '../../engines/index.ts';
import { statement, TestServer, voiding } from './server.ts';

interface Line {
  kind: string;
  cursor: string;
  id?: string;
  statement?: { id: string };
}

interface Event {
  id?: string;
  event?: string;
  data?: string;
  comment?: string;
}

/** A server-sent event stream, event by event; leaving the loop hangs up. */
async function* events(
  server: TestServer,
  authorization: string,
  headers: Record<string, string> = {},
  path = '/feed',
) {
  const response = await server.call(`/${path}`, {
    authorization,
    headers: { Accept: 'text/event-stream', ...headers },
  });
  expect(response.headers.get('content-type')).to.match(/^text\/event-stream/);
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString('utf8');
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const event: Record<string, string> = {};
      for (const line of text.slice(0, end).split('\n')) {
        const [name, value] = line.split(/: ?(.*)/s);
        event[name || 'comment'] = value ?? '';
      }
      text = text.slice(end + 2);
      yield event as Event;
    }
  }
}

onEachEngine('the feed', (engine) => {
  let server: TestServer;
  let reader: string;
  beforeEach(async () => {
    server = await TestServer.start(engine);
    reader = await server.key('feed/read');
  });
  afterEach(() => server.stop());

  const post = async (...statements: { id: string }[]) => {
    expect((await server.call('/statements', { method: 'POST', body: statements })).status).to.equal(200);
  };
  const lines = async (parameters = ''): Promise<Line[]> => {
    const response = await server.call(`//feed${parameters}`, { authorization: reader, version: '' });
    expect(response.status).to.equal(200);
    expect(response.headers.get('content-type')).to.match(/^application\/x-ndjson/);
    const text = await response.text();
    expect(text.endsWith('\n')).to.equal(true);
    return text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  };

  it('gives statements and voidings in the order of their commits, and ends by telling how far it goes', async () => {
    const [one, two] = [statement(), statement()];
    const undo = voiding(one.id);
    await post(one);
    await post(two, undo);
    const all = await lines();
    expect(all.map(({ kind, id, statement: it }) => `${kind} ${id ?? it?.id ?? ''}`)).to.deep.equal([
      `statement ${one.id}`,
      `statement ${two.id}`,
      `statement ${undo.id}`,
      `voided ${one.id}`,
      'through ',
    ]);
    expect(all.every(({ cursor }) => /^\d+$/.test(cursor))).to.equal(true);
  });

  it('resumes from any line without missing or repeating anything', async () => {
    const sent = Array.from({ length: 30 }, () => statement());
    for (let n = 0; n < sent.length; n += 3) await post(...sent.slice(n, n + 3));
    const whole = (await lines()).filter(({ kind }) => kind === 'statement');
    expect(whole.map(({ statement: it }) => it?.id)).to.deep.equal(sent.map(({ id }) => id));
    for (const at of [0, 1, 14, 28]) {
      const rest = (await lines(`?after=${whole[at]?.cursor}`)).filter(({ kind }) => kind === 'statement');
      expect(rest).to.deep.equal(whole.slice(at + 1));
    }
    const pieces: Line[] = [];
    for (let after = '0'; ; ) {
      const piece = await lines(`?after=${after}&limit=7`);
      pieces.push(...piece.slice(0, -1));
      after = piece.at(-1)?.cursor ?? '';
      if (piece.length === 1) break;
    }
    expect(pieces).to.deep.equal(whole);
  });

  it('gives each statement on one line, however it was laid out', async () => {
    const sent = statement();
    const body = JSON.stringify(sent, null, '\r\n  ');
    const headers = { 'Content-Type': 'application/json' };
    expect((await server.call('/statements', { method: 'POST', body, headers })).status).to.equal(200);
    expect((await lines())[0]?.statement).to.include({ id: sent.id });
  });

  it('refuses what is no cursor, unknown parameters and other methods', async () => {
    for (const parameters of [
      '?after=x',
      '?after=-1',
      '?after=99999999999999999',
      '?limit=x',
      '?foo=1',
      '?after=1&after=2',
    ])
      expect((await server.call(`//feed${parameters}`, { authorization: reader })).status, parameters).to.equal(400);
    const response = await server.call('//feed', { method: 'POST', body: {}, authorization: reader });
    expect([response.status, response.headers.get('allow')]).to.deep.equal([405, 'GET, HEAD']);
    expect((await server.call('//feed', { method: 'HEAD', authorization: reader })).status).to.equal(200);
    expect((await server.call('//feed', { authorization: await server.key('all/read') })).status).to.equal(403);
  });

  it('streams events as things happen, and resumes them by Last-Event-ID', async () => {
    const sent = Array.from({ length: 6 }, () => statement());
    await post(...sent.slice(0, 2));
    const seen: Event[] = [];
    for await (const event of events(server, reader)) {
      if (event.event !== 'statement') continue;
      seen.push(event);
      if (seen.length === 2) await post(...sent.slice(2, 4));
      if (seen.length === 4) break;
    }
    await post(...sent.slice(4));
    for await (const event of events(server, reader, { 'Last-Event-ID': seen.at(-1)?.id ?? '' }, '/feed?after=0')) {
      if (event.event !== 'statement') continue;
      seen.push(event);
      if (seen.length === 6) break;
    }
    expect(seen.map(({ data }) => JSON.parse(data ?? '').statement.id)).to.deep.equal(sent.map(({ id }) => id));
    expect(seen.every(({ id, data }) => JSON.parse(data ?? '').cursor === id)).to.equal(true);
  });

  it('shows life while nothing happens, moving the reader on', async () => {
    await post(statement());
    let signs = 0;
    let last = '';
    for await (const { event, id, data, comment } of events(server, reader)) {
      if (event === 'statement') last = id ?? '';
      if (comment !== 'alive') continue;
      expect(data).to.equal(undefined);
      expect(Number(id)).to.be.at.least(Number(last));
      if (++signs === 2) break;
    }
    expect(last).not.to.equal('');
  });

  it("gives concurrent writers' statements to a live reader exactly once, in order", async () => {
    const total = 60;
    const writing = Promise.all(
      Array.from({ length: 4 }, async () => {
        for (let n = 0; n < total / 4; n++) await post(statement());
      }),
    );
    const cursors: number[] = [];
    const ids = new Set<string>();
    let last: string | undefined;
    // hang up after every tenth, and resume
    while (ids.size < total) {
      let read = 0;
      for await (const { event, id, data } of events(
        server,
        reader,
        last === undefined ? {} : { 'Last-Event-ID': last },
      )) {
        if (event !== 'statement') continue;
        last = id;
        cursors.push(Number(id));
        ids.add(JSON.parse(data ?? '').statement.id);
        if (++read === 10 || ids.size === total) break;
      }
    }
    await writing;
    expect(cursors.length).to.equal(total);
    expect(cursors).to.deep.equal([...cursors].sort((a, b) => a - b));
  });

  it('ends after its lifetime, and when the server closes', async () => {
    const brief = await TestServer.start(engine, { feed: { heartbeat: 10_000, lifetime: 300 } });
    const key = await brief.key('feed/read');
    const before = Date.now();
    for await (const _ of events(brief, key)) {
      // only the first sign comes
    }
    expect(Date.now() - before).to.be.within(250, 5_000);
    await brief.stop();
  });

  it('reads no further ahead than its reader', async () => {
    const big = () => statement({ object: { id: `http://example.org/${'x'.repeat(100_000)}` } });
    for (let n = 0; n < 10; n++) await post(...Array.from({ length: 9 }, big));
    const { feed } = server.store.statements;
    let pages = 0;
    server.store.statements.feed = (after, limit) => {
      pages++;
      return feed.call(server.store.statements, after, Math.min(limit, 5));
    };
    const call = request(`${server.origin}/feed`, { headers: { Authorization: reader } });
    call.end();
    const response = await new Promise<import('node:http').IncomingMessage>((resolve) =>
      call.once('response', resolve),
    );
    await new Promise((resolve) => setTimeout(resolve, 500));
    const ahead = pages;
    expect(ahead).to.be.lessThan(18);
    let length = 0;
    for await (const chunk of response) length += chunk.length;
    expect(length).to.be.greaterThan(9_000_000);
    expect(pages).to.be.greaterThan(ahead);
  });
});
