/** What we tell providers of ourselves (SAML Metadata 2.4.4). */
import type { Addresses } from './addresses.ts';
import { CIPHERS, DIGEST_SHA1, DS, MD, POST, REDIRECT, RSA_OAEP, SAMLP } from './names.ts';
import type { OwnKeys } from './own-keys.ts';

const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => `&#${character.codePointAt(0) ?? 0};`);

const bare = (pem: string): string => pem.replace(/-----[^-]+-----/g, '').trim();

const methods = [
  `<EncryptionMethod Algorithm="${RSA_OAEP}"><ds:DigestMethod Algorithm="${DIGEST_SHA1}"/></EncryptionMethod>`,
  ...CIPHERS.map((cipher) => `<EncryptionMethod Algorithm="${cipher}"/>`),
];

function descriptor(use: 'signing' | 'encryption', certificate: string): string {
  return `    <KeyDescriptor use="${use}">
      <ds:KeyInfo><ds:X509Data><ds:X509Certificate>${bare(certificate)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>${
        use === 'encryption' ? methods.map((method) => `\n      ${method}`).join('') : ''
      }
    </KeyDescriptor>`;
}

/** An EntityDescriptor, valid against the schema of SAML Metadata. */
export function ownMetadata({ entityId, acs, slo }: Addresses, nameIdFormat: string, keys: OwnKeys): string {
  const pairs = keys.next === undefined ? [keys.current] : [keys.current, keys.next];
  const descriptors = (['signing', 'encryption'] as const).flatMap((use) =>
    pairs.map(({ certificate }) => descriptor(use, certificate)),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<EntityDescriptor xmlns="${MD}" xmlns:ds="${DS}" entityID="${escaped(entityId)}">
  <SPSSODescriptor AuthnRequestsSigned="true" WantAssertionsSigned="true" protocolSupportEnumeration="${SAMLP}">
${descriptors.join('\n')}
    <SingleLogoutService Binding="${REDIRECT}" Location="${escaped(slo)}"/>
    <SingleLogoutService Binding="${POST}" Location="${escaped(slo)}"/>
    <NameIDFormat>${escaped(nameIdFormat)}</NameIDFormat>
    <AssertionConsumerService index="0" isDefault="true" Binding="${POST}" Location="${escaped(acs)}"/>
  </SPSSODescriptor>
</EntityDescriptor>
`;
}
