import { createPublicKey } from 'node:crypto';
import { generate } from 'selfsigned';

/** A key that signs, as PEM. */
export interface SigningKey {
  privateKey: string;
  publicKey: string;
  /** The same public key in a certificate that has signed itself. */
  certificate: string;
  /** What a JWKS calls it. */
  id: string;
}

/** A new RSA key. */
export async function makeKey(id: string): Promise<SigningKey> {
  const made = await generate([{ name: 'commonName', value: `${id}.example` }], { keySize: 2048, algorithm: 'sha256' });
  const publicKey = createPublicKey(made.cert).export({ type: 'spki', format: 'pem' }).toString();
  return { privateKey: made.private, publicKey, certificate: made.cert, id };
}
