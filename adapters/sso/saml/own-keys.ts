/** Our own keys for SAML: they sign what we send, and open what is encrypted for us. */
import { createPrivateKey, randomBytes, X509Certificate } from 'node:crypto';
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { LivretError } from '../../../lrs/index.ts';
import type { SsoSettings } from '../settings.ts';

/** PEM */
export interface KeyPair {
  key: string;
  certificate: string;
}

export interface OwnKeys {
  /** Signs. */
  current: KeyPair;
  /** Will sign some day: providers learn of it before. */
  next?: KeyPair;
}

export interface OwnKeysOptions {
  /** From the settings file; without them a pair is made in `folder`, once. */
  settings: SsoSettings['saml'];
  folder: string;
  /** Goes into the name of a certificate that is made. */
  siteUrl: string;
}

const FILE = 'saml-keys.pem';
const BITS = 3072;
const FEWEST_BITS = 2048;
const YEARS = 10;

const isErrno = (error: unknown, code: string): boolean => (error as NodeJS.ErrnoException).code === code;

/** Reads our keys, and makes them where there are none yet. Rejects `config.invalid` for files that cannot be used. */
export async function readOwnKeys({ settings, folder, siteUrl }: OwnKeysOptions): Promise<OwnKeys> {
  if (settings === undefined) return { current: await madeKeys(folder, siteUrl) };
  const current = await keysOf(settings.key, settings.certificate);
  if (settings.next === undefined) return { current };
  return { current, next: await keysOf(settings.next.key, settings.next.certificate) };
}

async function keysOf(keyFile: string, certificateFile: string): Promise<KeyPair> {
  return checked(await readPem(keyFile), await readPem(certificateFile), `${keyFile}, ${certificateFile}`);
}

async function readPem(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new LivretError('config.invalid', { detail: `LIVRET_SSO: ${file} cannot be read.`, cause });
  }
}

/** Both in one file, so that a key never stands beside the certificate of another. */
async function madeKeys(folder: string, siteUrl: string): Promise<KeyPair> {
  const file = join(folder, FILE);
  const found = await readFile(file, 'utf8').catch((error: unknown) => {
    if (isErrno(error, 'ENOENT')) return undefined;
    throw new LivretError('config.invalid', { detail: `${file} cannot be read.`, cause: error });
  });
  if (found !== undefined) return checked(found, found, file);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const pem = await makePem(new URL(siteUrl).hostname);
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(pem);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    // Fails where another process was quicker: then both use what that one made.
    await link(draft, file);
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw error;
  } finally {
    await unlink(draft);
  }
  const kept = await readFile(file, 'utf8');
  return checked(kept, kept, file);
}

async function makePem(host: string): Promise<string> {
  const notAfterDate = new Date();
  notAfterDate.setFullYear(notAfterDate.getFullYear() + YEARS);
  const name = [{ name: 'commonName', value: host.slice(0, 64) }];
  const made = await generate(name, { keySize: BITS, algorithm: 'sha256', notAfterDate });
  return `${made.private.trim()}\n${made.cert.trim()}\n`;
}

function checked(key: string, certificate: string, where: string): KeyPair {
  try {
    const privateKey = createPrivateKey(key);
    const first = new X509Certificate(certificate.slice(Math.max(0, certificate.indexOf('-----BEGIN CERTIFICATE'))));
    const bits = privateKey.asymmetricKeyDetails?.modulusLength ?? 0;
    if (privateKey.asymmetricKeyType === 'rsa' && bits >= FEWEST_BITS && first.checkPrivateKey(privateKey)) {
      return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), certificate: first.toString() };
    }
  } catch {
    // Said below: what OpenSSL says could quote the key.
  }
  const detail = `${where}: SAML needs an RSA key of at least ${FEWEST_BITS} bits and its certificate, both PEM.`;
  throw new LivretError('config.invalid', { detail });
}
