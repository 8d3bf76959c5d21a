/** The certificate and the key that the server shows itself with: read, checked, and read again when they change. */
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { type Stats, unwatchFile, watchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { LivretError } from '../../lrs/index.ts';
import type { Credentials } from './listen.ts';

/** Paths of PEM files; the certificate's chain stands behind it in the same file. */
export interface CredentialFiles {
  cert: string;
  key: string;
}

/** ms between two looks at the files. Asking is what works everywhere: renewals replace files, links or whole folders. */
const LOOK_EVERY = 2_000;

/** ms from a change to reading: certificate and key are seldom replaced in one stroke. */
const SETTLE = 500;

const REASONS: Record<string, string> = {
  ENOENT: 'there is no such file',
  EACCES: 'it may not be read',
  EISDIR: 'it is a folder',
};

/** Reads and checks both; `expires` is in ms since 1970. Rejects with `config.invalid` and one sentence. */
export async function readCredentials(files: CredentialFiles): Promise<Credentials & { expires: number }> {
  const cert = await read('LIVRET_TLS_CERT', files.cert);
  const key = await read('LIVRET_TLS_KEY', files.key);
  const certificate = parseCertificate(files.cert, cert);
  if (!certificate.checkPrivateKey(parseKey(files.key, key))) {
    throw invalid(`LIVRET_TLS_KEY ${files.key}: it is not the key of the certificate in LIVRET_TLS_CERT.`);
  }
  return { cert, key, expires: Date.parse(certificate.validTo) };
}

/** Calls back soon after either file has changed. Gives the function that stops it. */
export function watchFiles({ cert, key }: CredentialFiles, onChange: () => void): () => void {
  let settling: NodeJS.Timeout | undefined;
  const changed = (now: Stats, before: Stats): void => {
    if (now.mtimeMs === before.mtimeMs && now.ino === before.ino) return;
    clearTimeout(settling);
    settling = setTimeout(onChange, SETTLE);
  };
  for (const path of [cert, key]) watchFile(path, { interval: LOOK_EVERY, persistent: false }, changed);
  return () => {
    clearTimeout(settling);
    for (const path of [cert, key]) unwatchFile(path, changed);
  };
}

const invalid = (detail: string, cause?: unknown): LivretError => new LivretError('config.invalid', { detail, cause });

async function read(variable: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException;
    throw invalid(`${variable} ${path}: ${REASONS[code] ?? code}.`, cause);
  }
}

function parseCertificate(path: string, text: string): X509Certificate {
  try {
    return new X509Certificate(text);
  } catch (cause) {
    throw invalid(`LIVRET_TLS_CERT ${path}: it is no certificate in PEM.`, cause);
  }
}

function parseKey(path: string, text: string): KeyObject {
  try {
    return createPrivateKey(text);
  } catch (cause) {
    const encrypted = text.includes('ENCRYPTED');
    const reason = encrypted
      ? 'it is encrypted, and a server has nobody to ask for its password'
      : 'it is no private key in PEM';
    throw invalid(`LIVRET_TLS_KEY ${path}: ${reason}.`, cause);
  }
}
