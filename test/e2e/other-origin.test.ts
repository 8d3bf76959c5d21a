import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { browserPath, sayNoBrowser, startBrowser } from './browser.ts';
import { KEY, type RunningServer, SECRET, startServer } from './server.ts';

const SUITE = 'a content player in a browser, on another origin';
if (!browserPath) sayNoBrowser(SUITE);

(browserPath ? describe : describe.skip)(SUITE, () => {
  let server: RunningServer;
  let content: Server;
  let browser: Browser;
  let page: Page;
  const authorization = `Basic ${Buffer.from(`${KEY}:${SECRET}`).toString('base64')}`;
  const headers = {
    Authorization: authorization,
    'X-Experience-API-Version': '1.0.3',
    'Content-Type': 'application/json',
  };
  const agent = JSON.stringify({ mbox: 'mailto:camille@agents.example' });

  before(async () => {
    server = await startServer();
    content = createServer((_request, response) =>
      response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>contenu</title>'),
    );
    content.listen(0, '127.0.0.1');
    await once(content, 'listening');
    browser = await startBrowser();
    page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(content.address() as AddressInfo).port}/`);
  });
  after(async () => {
    await browser?.close();
    content?.close();
    await server?.stop();
  });

  /** fetch, made by the page. */
  const ask = (path: string, init: { method: string; headers: Record<string, string>; body?: string }) =>
    page.evaluate(
      async ([url, options]) => {
        const answer = await fetch(url, options);
        return { status: answer.status, text: await answer.text(), headers: Object.fromEntries(answer.headers) };
      },
      [`${server.url}/xapi/${path}`, init] as const,
    );

  it('posts a statement and reads it, with the headers it needs', async () => {
    const body = JSON.stringify({
      actor: JSON.parse(agent),
      verb: { id: 'http://adlnet.gov/expapi/verbs/experienced' },
      object: { id: 'https://activities.example/page' },
    });
    const posted = await ask('statements', { method: 'POST', headers, body });
    expect(posted.status).to.equal(200);
    const [id] = JSON.parse(posted.text) as string[];
    const read = await ask(`statements?statementId=${id}`, { method: 'GET', headers });
    expect(read.status).to.equal(200);
    expect((JSON.parse(read.text) as { id: string }).id).to.equal(id);
    expect(read.headers['x-experience-api-version']).to.equal('1.0.3');
    expect(read.headers['x-experience-api-consistent-through']).to.match(/^\d{4}-/);
  });

  it('writes state under an ETag that it can see', async () => {
    const query = new URLSearchParams({ activityId: 'https://activities.example/page', agent, stateId: 'place' });
    expect((await ask(`activities/state?${query}`, { method: 'PUT', headers, body: '{"page":1}' })).status).to.equal(
      204,
    );
    const read = await ask(`activities/state?${query}`, { method: 'GET', headers });
    const etag = read.headers.etag ?? '';
    expect(etag).to.match(/^"[0-9a-f]{40}"$/);
    const guarded = { ...headers, 'If-Match': etag };
    expect(
      (await ask(`activities/state?${query}`, { method: 'PUT', headers: guarded, body: '{"page":2}' })).status,
    ).to.equal(204);
    expect(
      (await ask(`activities/state?${query}`, { method: 'PUT', headers: guarded, body: '{"page":3}' })).status,
    ).to.equal(412);
  });

  it('posts an attachment made in the page and reads the bytes back', async () => {
    const sent = await page.evaluate(
      async ([url, auth]) => {
        const bytes = new Uint8Array([0, 1, 2, 253, 254, 255]);
        const digest = await crypto.subtle.digest('SHA-256', bytes);
        const sha2 = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
        const statement = {
          actor: { mbox: 'mailto:camille@agents.example' },
          verb: { id: 'http://adlnet.gov/expapi/verbs/attached' },
          object: { id: 'https://activities.example/page' },
          attachments: [
            {
              usageType: 'https://u.example',
              display: { fr: 'x' },
              contentType: 'application/octet-stream',
              length: 6,
              sha2,
            },
          ],
        };
        const part = `--b0\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(statement)}\r\n--b0\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: ${sha2}\r\n\r\n`;
        const common = { Authorization: auth, 'X-Experience-API-Version': '1.0.3' };
        const posted = await fetch(url, {
          method: 'POST',
          headers: { ...common, 'Content-Type': 'multipart/mixed; boundary=b0' },
          body: new Blob([part, bytes, '\r\n--b0--\r\n']),
        });
        const [id] = (await posted.json()) as string[];
        const read = await fetch(`${url}?statementId=${id}&attachments=true`, { headers: common });
        const whole = new Uint8Array(await read.arrayBuffer());
        const text = new TextDecoder('latin1').decode(whole);
        return {
          status: posted.status,
          type: read.headers.get('content-type'),
          found: text.includes('\u0000\u0001\u0002ýþÿ'),
        };
      },
      [`${server.url}/xapi/statements`, authorization] as const,
    );
    expect(sent.status).to.equal(200);
    expect(sent.type).to.match(/^multipart\/mixed/);
    expect(sent.found).to.equal(true);
  });

  it('a wrong key is refused with an answer that the page can read', async () => {
    const refused = await ask('statements', {
      method: 'GET',
      headers: { ...headers, Authorization: `Basic ${btoa('nobody:nothing')}` },
    });
    expect(refused.status).to.equal(401);
    expect(JSON.parse(refused.text).error.code).to.equal('access.invalid');
  });
});
