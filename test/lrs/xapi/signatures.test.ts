import { sign } from 'node:crypto';
import { expect } from 'chai';
import { type ReadStatement, readSignature, SIGNATURE_USAGE } from '../../../lrs/xapi/index.ts';
import { ALICE, type Data, ID, OTHER_ID, read, refusalOf, statement } from './samples.ts';
import { CERTIFICATE, EC_CERTIFICATE, OTHER_CERTIFICATE, PRIVATE_KEY } from './signing-keys.ts';

const base64url = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

function jws(payload: unknown, header: Data = { alg: 'RS256' }, hash = 'sha256'): Buffer {
  const signed = `${base64url(header)}.${base64url(payload)}`;
  return Buffer.from(`${signed}.${sign(hash, Buffer.from(signed), PRIVATE_KEY).toString('base64url')}`);
}

const original = statement({ id: ID, timestamp: '2020-01-01T00:00:00Z', result: { duration: 'PT0.12S' } });
const signature = {
  usageType: SIGNATURE_USAGE,
  display: {},
  contentType: 'application/octet-stream',
  length: 1,
  sha2: 'a'.repeat(64),
};
const received = (properties: Data = {}): ReadStatement =>
  read({ ...original, attachments: [signature], ...properties });
const accepts = (token: Buffer, statementRead = received()) =>
  expect(() => readSignature(statementRead, token)).not.to.throw();
const refuses = (token: Buffer | string, rule: string, statementRead = received()) => {
  const refusal = refusalOf(() => readSignature(statementRead, Buffer.from(token)));
  expect(refusal.code).to.equal('signature');
  expect(refusal.rule).to.contain(rule);
};

describe('xapi: signed statements', () => {
  it('takes RS256, RS384 and RS512, with and without certificate', () => {
    for (const bits of ['256', '384', '512']) {
      accepts(jws(original, { alg: `RS${bits}` }, `sha${bits}`));
      accepts(jws(original, { alg: `RS${bits}`, x5c: [CERTIFICATE] }, `sha${bits}`));
    }
  });

  it('refuses other algorithms', () => {
    for (const alg of ['HS256', 'none', 'ES256', 'PS256', 'rs256', 'toString', undefined]) {
      refuses(jws(original, { alg }), 'RS256, RS384 or RS512');
    }
    refuses(jws(original, { alg: 'RS256', crit: ['b64'], b64: false }), 'crit');
  });

  it('really verifies when there is a certificate', () => {
    refuses(jws(original, { alg: 'RS256', x5c: [OTHER_CERTIFICATE] }), 'by the key');
    refuses(jws(original, { alg: 'RS384', x5c: [CERTIFICATE] }, 'sha256'), 'by the key');
    const [header, payload, signed] = jws(original, { alg: 'RS256', x5c: [CERTIFICATE] })
      .toString()
      .split('.');
    refuses(`${header}.${payload}.${signed?.startsWith('A') ? 'B' : 'A'}${signed?.slice(1)}`, 'by the key');
    refuses(jws(original, { alg: 'RS256', x5c: [EC_CERTIFICATE] }), 'RSA key');
    refuses(jws(original, { alg: 'RS256', x5c: ['bm8='] }), 'X.509');
    for (const x5c of [[], CERTIFICATE, [1], null])
      refuses(jws(original, { alg: 'RS256', x5c }), 'list of certificates');
  });

  it('compares the payload as statements are compared', () => {
    accepts(jws(statement({ ...original, timestamp: '2020-01-01T01:00:00+01:00', result: { duration: 'PT0.1237S' } })));
    accepts(
      jws({ ...original, verb: { id: 'http://example.test/verbs/tried', display: { fr: 'x' } }, authority: ALICE }),
    );
    refuses(jws({ ...original, actor: ALICE }), 'before the signature was added');
    refuses(jws({ ...original, timestamp: '2020-01-01T00:00:01Z' }), 'before the signature was added');
    refuses(jws({ ...original, id: OTHER_ID }), 'another id');
    refuses(jws({ object: null }), 'before the signature was added');
  });

  it('lets an LRS have set id and timestamp, and numbers be of any size', () => {
    const { id, timestamp, ...bare } = original;
    accepts(jws(bare));
    accepts(jws(bare), read({ ...bare, attachments: [signature] }));
    refuses(jws(original), 'another id', read({ ...bare, timestamp }));
    refuses(jws({ ...bare, timestamp }), 'before the signature was added', read({ ...bare, id }));
    const big = (n: string) =>
      JSON.stringify({ ...bare, result: { extensions: { 'http://x.test/e': '?' } } }).replace('"?"', n);
    accepts(jws(big('12345678901234567890')), read(big('12345678901234567890')));
    refuses(jws(big('12345678901234567890')), 'before the signature was added', read(big('12345678901234567891')));
  });

  it('refuses what is no JWS, or holds no JSON object', () => {
    for (const token of ['', 'a.b', 'a.b.c.d', 'a..c', `${jws(original)}\n`, '{"payload":"x"}', 'ä.b.c'])
      refuses(token, 'compact serialization');
    refuses(`bm8.${base64url(original)}.AA`, 'header');
    refuses(jws('{"actor":'), 'payload');
    refuses(jws('{"actor":1,"actor":2}'), 'payload');
    refuses(jws([original]), 'payload');
  });
});
