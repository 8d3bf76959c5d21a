/** Key pairs for the tests, each made once. */
import { hash, X509Certificate } from 'node:crypto';
import { generate } from 'selfsigned';

/** PEM */
export interface Pair {
  key: string;
  certificate: string;
}

const made = new Map<string, Promise<Pair>>();

/** The pair of this name. */
export function pairOf(
  name: string,
  { bits = 2048, days = 365 }: { bits?: number; days?: number } = {},
): Promise<Pair> {
  const found = made.get(name) ?? makePair(name, bits, days);
  made.set(name, found);
  return found;
}

async function makePair(name: string, keySize: number, days: number): Promise<Pair> {
  const notAfterDate = new Date(Date.now() + days * 86_400_000);
  const { private: key, cert } = await generate([{ name: 'commonName', value: name }], {
    keySize,
    algorithm: 'sha256',
    notAfterDate,
  });
  return { key, certificate: cert };
}

export const fingerprintOf = ({ certificate }: Pair): string =>
  hash('sha256', new X509Certificate(certificate).raw, 'hex');

export const bareCertificate = ({ certificate }: Pair): string => certificate.replace(/-----[^-]+-----|\s/g, '');
