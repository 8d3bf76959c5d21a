import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { onEachEngine } from '../../engines/index.ts';
import { TestServer } from '../resources/server.ts';
import { openSite, type Site, statement, uuid } from './site.ts';

onEachEngine('importing from another LRS', (engine) => {
  let source: TestServer;
  let site: Site;
  let credentials: { key: string; secret: string };

  beforeEach(async () => {
    source = await TestServer.start(engine);
    site = await openSite(engine);
    const [key = '', secret = ''] = Buffer.from((await source.key('all/read')).slice(6), 'base64')
      .toString()
      .split(':');
    credentials = { key, secret };
  });
  afterEach(async () => {
    await source.stop();
    await site.close();
  });

  const post = async (...texts: string[]): Promise<void> => {
    const body = `[${texts.join(',')}]`;
    const response = await source.call('/statements', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body,
    });
    expect(response.status).to.equal(200);
  };

  it('brings over every page, number by number', async () => {
    const big = '"https://example.org/n":12345678901234567890';
    const texts = Array.from({ length: 45 }, (_, n) => statement(uuid(n), { result: { extensions: {} } }));
    await post(...texts.map((text) => text.replace('"extensions":{}', `"extensions":{${big}}`)));
    const { result } = await site.import('', { url: `${source.origin}/xapi`, ...credentials });
    expect(result).to.deep.equal({ read: 45, stored: 45, same: 0, refused: 0 });
    expect((await site.export()).every((text) => text.includes(big))).to.equal(true);
  });

  it('goes on after what the last run brought over, and from the start when told to', async () => {
    await post(statement(uuid(1)), statement(uuid(2)));
    const url = `${source.origin}/xapi/statements/`;
    await site.import('', { url, ...credentials });
    await post(statement(uuid(3)));
    const second = await site.import('', { url, ...credentials });
    expect(second.lines[0]).to.include({ kind: 'resumed' });
    expect(second.result).to.include({ stored: 1, refused: 0 });
    const again = await site.import('', { url, ...credentials, restart: true });
    expect(again.result).to.deep.equal({ read: 3, stored: 0, same: 3, refused: 0 });
  });

  it('brings the contents of attachments along', async () => {
    const contents = Buffer.from('what was handed in');
    const sha2 = createHash('sha256').update(contents).digest('hex');
    const attachments = [
      {
        usageType: 'https://example.org/u',
        display: { en: 'a' },
        contentType: 'text/plain',
        length: contents.length,
        sha2,
      },
    ];
    const body = [
      '--b\r\nContent-Type: application/json\r\n\r\n',
      statement(uuid(1), { attachments }),
      `\r\n--b\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: ${sha2}\r\n\r\n`,
      contents.toString(),
      '\r\n--b--\r\n',
    ].join('');
    const headers = { 'Content-Type': 'multipart/mixed; boundary=b' };
    expect((await source.call('/statements', { method: 'POST', headers, body })).status).to.equal(200);
    const { result } = await site.import('', { url: `${source.origin}/xapi`, ...credentials });
    expect(result).to.deep.equal({ read: 1, stored: 1, same: 0, refused: 0 });
    const kept = await site.store.statements.get(uuid(1), { attachments: true });
    const [attachment] = kept?.attachments ?? [];
    expect(attachment).to.include({ sha2, contentType: 'text/plain' });
    expect(Buffer.from(await site.store.blobs.get(attachment?.blob ?? '')).equals(contents)).to.equal(true);
  });

  const failure = async (args: { url: string; key?: string; secret?: string }): Promise<Error> => {
    try {
      await site.import('', args);
    } catch (error) {
      return error as Error;
    }
    throw new Error('It was accepted.');
  };

  it('says so when the key is not taken', async () => {
    const error = await failure({ url: `${source.origin}/xapi`, key: credentials.key, secret: 'wrong' });
    expect(error).to.include({ code: 'import.source' });
    expect(error.message).to.include('refuses the key');
  });

  it('says so when nobody answers', async function () {
    this.timeout(30_000);
    const error = await failure({ url: 'http://127.0.0.1:9/xapi' });
    expect(error).to.include({ code: 'import.source' });
    expect(error.message).to.include('does not answer');
  });

  it('says so when a page for people answers', async () => {
    const portal = createServer((_request, response) => response.end('<html>Please log in</html>'));
    portal.listen(0, '127.0.0.1');
    await once(portal, 'listening');
    const error = await failure({ url: `http://127.0.0.1:${(portal.address() as AddressInfo).port}/xapi` });
    portal.close();
    expect(error).to.include({ code: 'import.source' });
    expect(error.message).to.include('not JSON');
  });

  it('follows neither redirects nor "more" to another host, where the credentials do not belong', async () => {
    let asked = 0;
    const elsewhere = await listen((_request, response) => {
      asked++;
      response.end('{}');
    });
    const liars: RequestListener[] = [
      (_request, response) => response.writeHead(302, { Location: elsewhere.origin }).end(),
      (_request, response) => {
        response.setHeader('Content-Type', 'application/json');
        response.end(`{"statements":[],"more":"${elsewhere.origin}/more"}`);
      },
    ];
    for (const answer of liars) {
      const liar = await listen(answer);
      expect(await failure({ url: `${liar.origin}/xapi`, key: 'k', secret: 's' })).to.include({
        code: 'import.source',
      });
      liar.close();
    }
    elsewhere.close();
    expect(asked).to.equal(0);
  });
});

async function listen(listener: RequestListener): Promise<{ origin: string; close(): void }> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}
