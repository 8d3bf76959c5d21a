import { type KeyObject, verify, X509Certificate } from 'node:crypto';
import { canonicalStatement } from './equality.ts';
import { decodeUtf8, parseJson } from './json.ts';
import { Refusal } from './refusal.ts';
import type { ReadStatement, Statement } from './types.ts';

/** usageType of the attachment that holds a statement's signature (Data 2.6). */
export const SIGNATURE_USAGE = 'http://adlnet.gov/expapi/attachments/signature';

const HASHES: Record<string, string> = { RS256: 'sha256', RS384: 'sha384', RS512: 'sha512' };
const COMPACT_JWS = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/;

const refuse = (rule: string, cause?: unknown): Refusal => new Refusal('signature', '/attachments', rule, cause);

/**
 * Checks a statement's signature as Data 2.6 demands: a JWS in compact form, by RS256, RS384 or RS512, whose payload is
 * the statement, but for what an LRS sets; and where the header brings a certificate (x5c), that the signature is by
 * its key. Whose certificate it is, and whether it is still good, is the reader's to judge. Throws Refusal signature.
 */
export function readSignature(statement: Pick<ReadStatement, 'text' | 'value'>, jws: Uint8Array): void {
  const parts = COMPACT_JWS.exec(Buffer.from(jws).toString('latin1'));
  if (parts === null) throw refuse('A signature must be a JWS in compact serialization (RFC 7515 §3.1).');
  const [, header = '', payload = '', signature = ''] = parts;
  const { alg, x5c, crit } = readPart(header, 'header').value as { alg?: unknown; x5c?: unknown; crit?: unknown };
  const hash = typeof alg === 'string' && Object.hasOwn(HASHES, alg) ? HASHES[alg] : undefined;
  if (hash === undefined) throw refuse('A signature must use RS256, RS384 or RS512.');
  if (crit !== undefined) throw refuse('A signature must not depend on extensions of JWS ("crit").');
  comparePayload(readPart(payload, 'payload'), statement);
  if (x5c === undefined) return;
  const signed = verify(
    hash,
    Buffer.from(`${header}.${payload}`),
    certifiedKey(x5c),
    Buffer.from(signature, 'base64url'),
  );
  if (!signed) throw refuse('The signature must be by the key of the first certificate in "x5c".');
}

function readPart(part: string, name: string): { text: string; value: object } {
  let parsed: { text: string; value: unknown };
  try {
    parsed = parseJson(decodeUtf8(Buffer.from(part, 'base64url')));
  } catch (cause) {
    throw refuse(`The ${name} of a signature must be JSON.`, cause);
  }
  const { text, value } = parsed;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw refuse(`The ${name} of a signature must be a JSON object.`);
  }
  return { text, value };
}

/** "Validate that the original Statement is logically equivalent to the received Statement" (Data 2.6). */
function comparePayload(
  payload: { text: string; value: object },
  { text, value }: Pick<ReadStatement, 'text' | 'value'>,
): void {
  const original = payload.value as Statement;
  // What was signed before an LRS saw it may lack the id and the timestamp, but cannot have others.
  if (original.id !== undefined && String(original.id).toLowerCase() !== value.id?.toLowerCase()) {
    throw refuse('The payload of a signature must be the statement: it has another id.');
  }
  const timestamp = original.timestamp !== undefined;
  if (canonicalStatement(original, payload.text) !== canonicalStatement(value, text, { timestamp })) {
    throw refuse('The payload of a signature must be the statement as it was before the signature was added.');
  }
}

function certifiedKey(x5c: unknown): KeyObject {
  const first: unknown = Array.isArray(x5c) ? x5c[0] : undefined;
  if (typeof first !== 'string') throw refuse('"x5c" must be a list of certificates (RFC 7515 §4.1.6).');
  let key: KeyObject;
  try {
    key = new X509Certificate(Buffer.from(first, 'base64')).publicKey;
  } catch (cause) {
    throw refuse('The first certificate in "x5c" must be an X.509 certificate in base64.', cause);
  }
  if (key.asymmetricKeyType !== 'rsa') throw refuse('The first certificate in "x5c" must have an RSA key.');
  return key;
}
