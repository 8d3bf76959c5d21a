/** An identity provider that serves its metadata over real HTTP, and signs whatever a test wants. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bareCertificate, type Pair, pairOf } from './keys.ts';

const MD = 'urn:oasis:names:tc:SAML:2.0:metadata';
const REDIRECT = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect';

export interface MetadataOptions {
  /** Attributes of EntityDescriptor, as XML. */
  head?: string;
  /** KeyDescriptors as XML, instead of those of the pairs. */
  keys?: string;
  binding?: string;
  /** Attributes of SingleLogoutService besides binding and location, or false for no such service. */
  logout?: string | false;
}

/** An EntityDescriptor with the certificates of these pairs. */
export function idpMetadata(entityId: string, pairs: readonly Pair[], options: MetadataOptions = {}): string {
  const { head = '', binding = REDIRECT, logout = '' } = options;
  const keys = pairs.map(
    (pair) =>
      `<KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${bareCertificate(pair)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></KeyDescriptor>`,
  );
  const slo =
    logout === false ? '' : `<SingleLogoutService Binding="${REDIRECT}" Location="https://idp.test/slo"${logout}/>`;
  return (
    `<EntityDescriptor xmlns="${MD}" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="${entityId}"${head}>` +
    '<IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">' +
    `${options.keys ?? keys.join('')}${slo}<SingleSignOnService Binding="${binding}" Location="https://idp.test/sso"/></IDPSSODescriptor></EntityDescriptor>`
  );
}

export interface IdentityProvider {
  entityId: string;
  /** Signs; changed for a roll-over. */
  pair: Pair;
  /** Where the metadata are. */
  url: string;
  /** What is served there; by default the metadata of `pair`. undefined: 503. */
  served: () => string | undefined;
  /** How often the metadata were asked for. */
  asked: number;
  close(): Promise<void>;
}

export async function openIdentityProvider(name = 'idp'): Promise<IdentityProvider> {
  const pair = await pairOf(name);
  const server = createServer((_request, response) => {
    provider.asked += 1;
    const text = provider.served();
    response.statusCode = text === undefined ? 503 : 200;
    response.end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A suite that fails before it begins should end.
  server.unref();
  const provider: IdentityProvider = {
    entityId: `https://${name}.test/metadata`,
    pair,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/metadata`,
    served: () => idpMetadata(provider.entityId, [provider.pair]),
    asked: 0,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return provider;
}
