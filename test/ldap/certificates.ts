import { generate } from 'selfsigned';

/** Signs certificates for servers of the tests. All are PEM. */
export interface Authority {
  cert: string;
  /** A certificate for one IP address. */
  certify(address: string): Promise<{ cert: string; key: string }>;
}

/** A new authority that nobody trusts yet. */
export async function makeAuthority(name: string): Promise<Authority> {
  const curve = { keyType: 'ec', curve: 'P-256', algorithm: 'sha256' } as const;
  const ca = await generate([{ name: 'commonName', value: name }], {
    ...curve,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  return {
    cert: ca.cert,
    async certify(address) {
      const made = await generate([{ name: 'commonName', value: address }], {
        ...curve,
        ca: { key: ca.private, cert: ca.cert },
        extensions: [
          { name: 'basicConstraints', cA: false },
          { name: 'keyUsage', digitalSignature: true, critical: true },
          { name: 'extKeyUsage', serverAuth: true },
          { name: 'subjectAltName', altNames: [{ type: 7, ip: address }] },
        ],
      });
      return { cert: made.cert, key: made.private };
    },
  };
}
