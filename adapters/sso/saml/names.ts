/** Names that the standards give to things. */

/** Namespaces: assertions and protocol (SAML Core), metadata, XML Signature, XML Encryption, exclusive canonicalization. */
export const SAML = 'urn:oasis:names:tc:SAML:2.0:assertion';
export const SAMLP = 'urn:oasis:names:tc:SAML:2.0:protocol';
export const MD = 'urn:oasis:names:tc:SAML:2.0:metadata';
export const DS = 'http://www.w3.org/2000/09/xmldsig#';
export const XENC = 'http://www.w3.org/2001/04/xmlenc#';
export const EXC_C14N = 'http://www.w3.org/2001/10/xml-exc-c14n#';

export const REDIRECT = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect';
export const POST = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST';

export const BEARER = 'urn:oasis:names:tc:SAML:2.0:cm:bearer';
export const SUCCESS = 'urn:oasis:names:tc:SAML:2.0:status:Success';

export const PERSISTENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent';
export const UNSPECIFIED = 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified';
export const ENTITY = 'urn:oasis:names:tc:SAML:2.0:nameid-format:entity';

export const ENVELOPED = `${DS}enveloped-signature`;

/** Where the signatures of queries name the hash: the same names as in XML. */
export const RSA_SHA1 = `${DS}rsa-sha1`;
const MORE = 'http://www.w3.org/2001/04/xmldsig-more#';
export const RSA_SHA256 = `${MORE}rsa-sha256`;
export const RSA_SHA384 = `${MORE}rsa-sha384`;
export const RSA_SHA512 = `${MORE}rsa-sha512`;
export const RSA_PSS_SHA256 = 'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1';

export const DIGEST_SHA1 = `${DS}sha1`;
export const DIGEST_SHA256 = `${XENC}sha256`;
export const DIGEST_SHA512 = `${XENC}sha512`;

export const RSA_OAEP = `${XENC}rsa-oaep-mgf1p`;
/** With a tag that shows what was changed (GCM) first. */
export const CIPHERS = [
  'http://www.w3.org/2009/xmlenc11#aes256-gcm',
  'http://www.w3.org/2009/xmlenc11#aes128-gcm',
  `${XENC}aes256-cbc`,
  `${XENC}aes128-cbc`,
] as const;
