import { createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { boundaryOf, readMultipart } from '../../../lrs/http/multipart-read.ts';
import { onEachEngine } from '../../engines/index.ts';
import { carry, declare, hashOf, json, multipart, type OutPart } from './multipart-maker.ts';
import { type StatementParts, statement, TestServer, VERSIONS } from './server.ts';

const SIGNATURE = 'http://adlnet.gov/expapi/attachments/signature';

/** Parts of an answer: the JSON of the first, headers and bytes of the others. */
async function parts(response: Response) {
  const bytes = Buffer.from(await response.arrayBuffer());
  const read: { headers: Record<string, string>; body: Buffer }[] = [];
  const source = (async function* () {
    yield bytes;
  })();
  for await (const part of readMultipart(source, boundaryOf(response.headers.get('content-type') ?? ''))) {
    const chunks: Buffer[] = [];
    for await (const chunk of part.body) chunks.push(chunk);
    read.push({ headers: Object.fromEntries(part.headers), body: Buffer.concat(chunks) });
  }
  const [first, ...others] = read;
  return { first: JSON.parse(String(first?.body)), firstType: first?.headers['content-type'], others };
}

onEachEngine('attachments', (engine) => {
  let server: TestServer;
  before(async () => {
    server = await TestServer.start(engine);
  });
  after(() => server.stop());

  const post = (call: ReturnType<typeof multipart>, version = '1.0.3') =>
    server.call('/statements', { ...call, version });
  const withAttachments = (id: string) => server.call(`/statements?statementId=${id}&attachments=true`);
  const isStored = async ({ id }: { id: string }) =>
    (await server.call(`/statements?statementId=${id}`)).status === 200;

  for (const version of VERSIONS) {
    it(`go in and come out byte by byte (${version})`, async () => {
      const binary = Buffer.from(Array.from({ length: 70_000 }, (_, n) => (n * 7) % 256));
      const tricky = '\r\n--xy\r\n--xyz'.slice(0, -1);
      const sent = statement({ attachments: [declare(binary, { contentType: 'image/png' }), declare(tricky)] });
      const response = await post(multipart([json(sent), carry(binary), carry(tricky)]), version);
      expect([response.status, await response.json()]).to.deep.equal([200, [sent.id]]);
      const { first, firstType, others } = await parts(await withAttachments(sent.id));
      expect([first.id, firstType]).to.deep.equal([sent.id, 'application/json']);
      expect(others.map(({ body }) => hashOf(body))).to.deep.equal([hashOf(binary), hashOf(tricky)]);
      expect(others.map(({ headers }) => headers)).to.deep.equal([
        { 'content-type': 'image/png', 'content-transfer-encoding': 'binary', 'x-experience-api-hash': hashOf(binary) },
        {
          'content-type': 'text/plain',
          'content-transfer-encoding': 'binary',
          'x-experience-api-hash': hashOf(tricky),
        },
      ]);
    });
  }

  it('have any SHA-2, one part for two of the same, and may come again', async () => {
    for (const algorithm of ['sha224', 'sha256', 'sha384', 'sha512']) {
      const contents = `${algorithm} ${randomUUID()}`;
      const sha2 = hashOf(contents, algorithm);
      const sent = statement({
        attachments: [declare(contents, { sha2 }), declare(contents, { sha2, usageType: 'http://example.org/2' })],
      });
      const also = statement({ attachments: [declare(contents, { sha2: sha2.toUpperCase() })] });
      const body = multipart([json([sent, also]), carry(contents, { 'X-Experience-API-Hash': sha2 })]);
      expect((await post(body)).status, algorithm).to.equal(200);
      expect((await post(body)).status, `${algorithm} again`).to.equal(200);
      const { others } = await parts(await withAttachments(sent.id));
      expect(others.map(({ body: bytes }) => String(bytes))).to.deep.equal([contents]);
      const alone = await parts(await withAttachments(also.id));
      expect(String(alone.others[0]?.body)).to.equal(contents);
    }
  });

  it('are empty, or of another length than declared, if they like: the hash decides', async () => {
    for (const [contents, length] of [
      ['', 0],
      ['longer', 1],
    ] as const) {
      const sent = statement({ attachments: [declare(contents, { length })] });
      expect((await post(multipart([json(sent), carry(contents)]))).status).to.equal(200);
    }
  });

  it('answer lists as multipart, even with none, and as JSON when not asked for', async () => {
    const verb = `http://example.org/${randomUUID()}`;
    const contents = randomUUID();
    const two = [1, 2].map(() => statement({ verb: { id: verb }, attachments: [declare(contents)] }));
    await post(multipart([json(two), carry(contents)]));
    const list = await parts(await server.call(`/statements?verb=${verb}&attachments=true`));
    expect(list.first.statements.length).to.equal(2);
    expect(list.others.length).to.equal(1);
    const none = await parts(await server.call(`/statements?verb=${verb}x&attachments=true`));
    expect(none.first).to.deep.equal({ statements: [], more: '' });
    expect(none.others).to.deep.equal([]);
    for (const attachments of ['', '&attachments=false']) {
      const plain = await server.call(`/statements?verb=${verb}${attachments}`);
      expect(plain.headers.get('content-type')).to.equal('application/json');
    }
    const more = (await parts(await server.call(`/statements?verb=${verb}&attachments=true&limit=1`))).first.more;
    expect((await parts(await server.call(`/${more}`))).others.length).to.equal(1);
  });

  it('are asked for with HEAD without being sent', async () => {
    const response = await server.call('/statements?attachments=true', { method: 'HEAD' });
    expect(response.headers.get('content-type')).to.match(/^multipart\/mixed; boundary=[A-Za-z0-9-]+$/);
    expect(await response.text()).to.equal('');
  });

  it('may be none, or only at a fileUrl, in multipart and in JSON', async () => {
    const linked = () => statement({ attachments: [declare('elsewhere', { fileUrl: 'http://example.org/file' })] });
    expect((await post(multipart([json(statement())]))).status).to.equal(200);
    expect((await post(multipart([json(linked())]))).status).to.equal(200);
    const response = await server.call('/statements', { method: 'POST', body: linked() });
    expect(response.status).to.equal(200);
    const [id] = await response.json();
    expect((await parts(await withAttachments(id))).others).to.deep.equal([]);
  });

  it('are many on one page, and leave nothing behind when their reader goes away', async () => {
    const verb = `http://example.org/${randomUUID()}`;
    const contents = Array.from({ length: 20 }, (_, n) => Buffer.alloc(300_000, n));
    for (const each of contents) {
      const sent = statement({ verb: { id: verb }, attachments: [declare(each)] });
      expect((await post(multipart([json(sent), carry(each)]))).status).to.equal(200);
    }
    const address = `/statements?verb=${verb}&attachments=true&limit=0`;
    const leaving = new AbortController();
    const left = await server.call(address, { signal: leaving.signal });
    await left.body?.getReader().read();
    leaving.abort();
    const { others } = await parts(await server.call(address));
    expect(new Set(others.map(({ body }) => hashOf(body)))).to.deep.equal(
      new Set(contents.map((each) => hashOf(each))),
    );
    expect(server.reported).to.deep.equal([]);
  });

  it('that stop in the middle store nothing', async () => {
    const contents = Buffer.alloc(400_000, 1);
    const sent = statement({ attachments: [declare(contents)] });
    const { body } = multipart([json(sent), carry(contents)]);
    const stream = new ReadableStream({
      async start(controller) {
        controller.enqueue(body.subarray(0, 200_000));
        await new Promise((resolve) => setTimeout(resolve, 100));
        controller.error(new Error('gone'));
      },
    });
    const aborted = server.call('/statements', { ...multipart([]), body: stream }).catch(() => 'gone');
    expect(await aborted).to.equal('gone');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await isStored(sent)).to.equal(false);
    expect(server.reported).to.deep.equal([]);
    expect((await post(multipart([json(sent), carry(contents)]))).status).to.equal(200);
  });

  it('are put with PUT', async () => {
    const sent = statement({ attachments: [declare('put')] });
    const call = { ...multipart([json(sent), carry('put')]), method: 'PUT' };
    expect((await server.call(`/statements?statementId=${sent.id}`, call)).status).to.equal(204);
    expect(String((await parts(await withAttachments(sent.id))).others[0]?.body)).to.equal('put');
  });

  describe('are refused, with nothing stored,', () => {
    const contents = 'some contents';
    const fresh = () => statement({ attachments: [declare(contents)] });
    const good = carry(contents);
    const without = (name: string): OutPart => {
      const { [name]: _, ...headers } = good.headers;
      return { ...good, headers };
    };
    const cases: Record<string, (sent: StatementParts) => ReturnType<typeof multipart>> = {
      'without their part': (sent) => multipart([json(sent)]),
      'with a part that nothing refers to': (sent) => multipart([json(sent), good, carry('stranger')]),
      'without the hash of a part': (sent) => multipart([json(sent), without('X-Experience-API-Hash')]),
      'with contents of another hash': (sent) => multipart([json(sent), { ...good, body: 'other contents' }]),
      'in an encoding': (sent) => multipart([json(sent), carry(contents, { 'Content-Transfer-Encoding': 'base64' })]),
      'when the first part is not JSON': (sent) => multipart([json(sent, 'text/plain'), good]),
      'when the first part has no type': (sent) => multipart([{ headers: {}, body: JSON.stringify(sent) }, good]),
      'when the statements are spread over parts': (sent) => multipart([json(sent), json(sent), good]),
      'when they come first': (sent) => multipart([good, json(sent)]),
      'without a part at all': () => multipart([]),
      'without a closing boundary': (sent) => multipart([json(sent), good], { close: false }),
      'without a boundary in the header': (sent) => multipart([json(sent), good], { contentType: 'multipart/mixed' }),
      'with another boundary in the header': (sent) =>
        multipart([json(sent), good], { contentType: 'multipart/mixed; boundary=other' }),
      'as form data': (sent) => multipart([json(sent), good], { contentType: 'multipart/form-data; boundary=xyz' }),
    };
    for (const [what, build] of Object.entries(cases)) {
      it(what, async () => {
        const sent = fresh();
        const response = await post(build(sent));
        expect(response.status).to.equal(400);
        expect((await response.json()).error.code).to.match(/^(statement|request)\./);
        expect(await isStored(sent)).to.equal(false);
      });
    }

    it('in JSON without a fileUrl', async () => {
      const sent = fresh();
      const response = await server.call('/statements', { method: 'POST', body: sent });
      expect([response.status, await isStored(sent)]).to.deep.equal([400, false]);
    });

    it('when one of them, or all together, are too large (413)', async () => {
      const large = Buffer.alloc(500_001);
      const sent = statement({ attachments: [declare(large)] });
      expect((await post(multipart([json(sent), carry(large)]))).status).to.equal(413);
      const several = [1, 2, 3, 4].map((n) => Buffer.alloc(400_000, n));
      const together = statement({ attachments: several.map((each) => declare(each)) });
      expect((await post(multipart([json(together), ...several.map((each) => carry(each))]))).status).to.equal(413);
      expect([await isStored(sent), await isStored(together)]).to.deep.equal([false, false]);
    });
  });

  describe('that are signatures', () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const sign = (payload: object, header: object = { alg: 'RS256' }): string => {
      const signed = `${base64url(header)}.${base64url(payload)}`;
      return `${signed}.${createSign('sha256').update(signed).sign(privateKey, 'base64url')}`;
    };
    const send = async (sent: StatementParts, jws: string, more: object = {}) => {
      const attachment = declare(jws, { usageType: SIGNATURE, contentType: 'application/octet-stream', ...more });
      const body = { ...sent, attachments: [attachment] };
      return post(multipart([json(body), carry(jws, { 'Content-Type': 'application/octet-stream' })]));
    };

    it('must sign the statement', async () => {
      const sent = statement();
      expect((await send(sent, sign(sent))).status).to.equal(200);
      const other = statement();
      const response = await send(other, sign({ ...other, verb: { id: 'http://example.org/other' } }));
      expect([response.status, (await response.json()).error.code]).to.deep.equal([400, 'statement.signature']);
      expect(await isStored(other)).to.equal(false);
    });

    it('must be a JWS of the right algorithm in an octet-stream', async () => {
      const sent = statement();
      expect((await send(sent, 'nonsense')).status).to.equal(400);
      expect((await send(sent, sign(sent, { alg: 'HS256' }))).status).to.equal(400);
      expect((await send(sent, sign(sent), { contentType: 'application/json' })).status).to.equal(400);
    });
  });
});
