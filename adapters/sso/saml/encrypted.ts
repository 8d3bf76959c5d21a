/** Encrypted assertions: which encryption is taken, and which key of ours opens it. */
import { constants, privateDecrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { decrypt } from 'xml-encryption';
import { decodeBase64, decodeText } from './decode.ts';
import { CIPHERS, DIGEST_SHA1, DS, RSA_OAEP, XENC } from './names.ts';
import { refused } from './refused.ts';
import { requireAlgorithm } from './signature.ts';
import { everyElement, onlyChild, optionalChild, type XmlElement } from './xml.ts';

/** What was in it, and the key of ours that node-saml has to open it with. */
export interface Opened {
  text: string;
  key: string;
}

// One reason for whatever goes wrong with the key: which it was would help to guess the contents (padding oracles).
const closed = (): Error => refused('The assertion cannot be decrypted.');

/**
 * Opens an EncryptedAssertion with one of our keys (PEM). There is one EncryptedData and one EncryptedKey, so that node-saml,
 * which opens it again, takes the same. Throws `sso.refused`.
 */
export async function openAssertion(encrypted: XmlElement, keys: readonly string[]): Promise<Opened> {
  const wrapped = wrappedKey(encrypted);
  const key = keys.find((each) => opens(each, wrapped));
  if (key === undefined) throw closed();
  let text: string;
  try {
    const options = { key, disallowDecryptionWithInsecureAlgorithm: true };
    text = await promisify<string, typeof options, string>(decrypt)(encrypted.source(), options);
  } catch {
    throw closed();
  }
  return { text: decodeText(Buffer.from(text)), key };
}

/** Checks the shape and the algorithms, and gives the symmetric key as it is sent. */
function wrappedKey(encrypted: XmlElement): Buffer {
  const all = [...everyElement(encrypted)];
  const only = (name: string): XmlElement => {
    const [found, ...more] = all.filter((element) => element.name === name);
    if (!found || found.namespace !== XENC || more.length > 0) throw refused(`It does not have one ${name}.`);
    return found;
  };
  const data = only('EncryptedData');
  const key = only('EncryptedKey');
  onlyChild(encrypted, XENC, 'EncryptedData');
  requireAlgorithm(onlyChild(data, XENC, 'EncryptionMethod'), CIPHERS);
  const method = onlyChild(key, XENC, 'EncryptionMethod');
  requireAlgorithm(method, [RSA_OAEP]);
  // xml-encryption knows SHA-256 here under no name that anybody uses; SHA-1 in OAEP is no signature and harms nobody.
  const digest = optionalChild(method, DS, 'DigestMethod');
  if (digest) requireAlgorithm(digest, [DIGEST_SHA1]);
  const known = all.filter(({ name }) => ['EncryptionMethod', 'CipherValue'].includes(name));
  if (known.length !== 4) throw refused('It holds more than one encryption.');
  requireReferences(all, key);
  return decodeBase64(cipherOf(key).text.replace(/[ \t]/g, ''));
}

const cipherOf = (element: XmlElement): XmlElement =>
  onlyChild(onlyChild(element, XENC, 'CipherData'), XENC, 'CipherValue');

/** A key that stands beside the data is pointed to by its Id. */
function requireReferences(all: readonly XmlElement[], key: XmlElement): void {
  const id = key.attributes.get('Id');
  for (const { name, attributes } of all) {
    if (name !== 'RetrievalMethod') continue;
    const uri = attributes.get('URI');
    if (id === undefined || !/^[\w.-]+$/.test(id) || uri !== `#${id}`) throw refused('It points to another key.');
  }
}

function opens(key: string, wrapped: Buffer): boolean {
  try {
    privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }, wrapped);
    return true;
  } catch {
    return false;
  }
}
