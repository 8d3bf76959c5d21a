/** The configuration of a LemonLDAP::NG portal, as its file lmConf-<n>.json has it. */
import type { SigningKey } from './keys.ts';

/** What a portal knows of a person. Their password is their login. Several values stand with `; ` between them. */
export type User = Partial<Record<Attribute, string>> & { uid: string };

const ATTRIBUTES = ['uid', 'mail', 'cn', 'sn', 'givenName', 'rio', 'direction', 'roles'] as const;
type Attribute = (typeof ATTRIBUTES)[number];

export interface RelyingParty {
  clientId: string;
  /** Letters and digits only: in the header of client_secret_basic this version takes what is percent-encoded literally. */
  clientSecret: string;
  redirectUri: string;
  afterLogoutUri: string;
  /** Where a hidden frame goes when the person logs out at the portal (front-channel logout: it knows no other). */
  frontChannelLogoutUri?: string;
}

/** What a test decides. */
export interface PortalSettings {
  /** Metadata of the SAML service providers it knows. */
  serviceProviders: readonly string[];
  relyingParties: readonly RelyingParty[];
  /** Signs SAML messages. */
  samlKey: SigningKey;
  /** Signs ID tokens. */
  oidcKey: SigningKey;
  /** LemonLDAP::NG's own keys, over those of here. */
  more?: Record<string, unknown>;
}

/** Where this portal is. */
export interface Site {
  /** With a slash at the end. It is the OIDC issuer as well. */
  url: string;
  folder: string;
  /** Protects its sessions. */
  secret: string;
}

const BASIC = 'urn:oasis:names:tc:SAML:2.0:attrname-format:basic';

/** The whole configuration, which is the `number`th. */
export const configuration = (site: Site, settings: PortalSettings, number: number): Record<string, unknown> => ({
  cfgNum: number,
  cfgVersion: '2.16.1',
  cfgAuthor: 'tests',
  cfgDate: Math.floor(Date.now() / 1_000),
  ...portal(site),
  ...sessions(site),
  ...people,
  ...saml(settings),
  ...oidc(site, settings),
  ...settings.more,
});

const portal = ({ url, secret }: Site) => ({
  key: secret,
  portal: url,
  domain: new URL(url).hostname,
  cookieName: 'lemonldap',
  securedCookie: 0,
  httpOnly: 1,
  // With SAML its own default is None, which browsers refuse over http.
  sameSite: 'Lax',
  requireToken: 1,
  formTimeout: 120,
  locationRules: { [new URL(url).hostname]: { default: 'accept' } },
  applicationList: {},
  // See app.psgi: the module that it loads otherwise, switched off or not, needs programs to draw with.
  captcha: '::Captcha::None',
  notification: 0,
  loginHistoryEnabled: 0,
  portalCheckLogins: 0,
  portalDisplayRegister: 0,
  portalDisplayResetPassword: 0,
  skipRenewConfirmation: 1,
  skipUpgradeConfirmation: 1,
  portalForceAuthnInterval: 0,
});

const sessions = ({ folder }: Site) => ({
  timeout: 72_000,
  globalStorage: 'Apache::Session::File',
  globalStorageOptions: {
    Directory: `${folder}/sessions`,
    LockDirectory: `${folder}/sessions/lock`,
    generateModule: 'Lemonldap::NG::Common::Apache::Session::Generate::SHA256',
  },
  persistentStorage: 'Apache::Session::File',
  persistentStorageOptions: { Directory: `${folder}/psessions`, LockDirectory: `${folder}/psessions/lock` },
  localSessionStorage: 'Cache::FileCache',
  localSessionStorageOptions: {
    namespace: 'llng-sessions',
    default_expires_in: 600,
    directory_umask: '007',
    cache_root: `${folder}/cache`,
    cache_depth: 3,
  },
});

/** Its users come from a table (see app.psgi); it logs who they are by their login. */
const people = {
  authentication: 'Demo',
  userDB: 'Same',
  passwordDB: 'Null',
  registerDB: 'Null',
  demoExportedVars: Object.fromEntries(ATTRIBUTES.map((name) => [name, name])),
  exportedVars: {},
  groups: {},
  macros: { _whatToTrace: 'lc($_user)' },
  whatToTrace: '_whatToTrace',
};

function saml({ serviceProviders, samlKey }: PortalSettings): Record<string, unknown> {
  const each = <T>(make: (metadata: string) => T): Record<string, T> =>
    Object.fromEntries(serviceProviders.map((metadata, i) => [`sp${i}`, make(metadata)]));
  return {
    issuerDBSAMLActivation: 1,
    samlEntityID: '#PORTAL#/saml/metadata',
    samlOrganizationName: 'Fournisseur d’identité des tests',
    samlOrganizationDisplayName: 'Fournisseur d’identité des tests',
    samlOrganizationURL: 'https://identite.example/',
    samlServicePrivateKeySig: samlKey.privateKey,
    samlServicePublicKeySig: samlKey.certificate,
    samlServiceUseCertificateInResponse: 1,
    samlServiceSignatureMethod: 'RSA_SHA256',
    samlIDPSSODescriptorWantAuthnRequestsSigned: 1,
    samlSPMetaDataXML: each((samlSPMetaDataXML) => ({ samlSPMetaDataXML })),
    samlSPMetaDataOptions: each(() => ({
      samlSPMetaDataOptionsNameIDFormat: 'persistent',
      samlSPMetaDataOptionsEncryptionMode: 'none',
      samlSPMetaDataOptionsSignSSOMessage: 1,
      samlSPMetaDataOptionsSignSLOMessage: 1,
      samlSPMetaDataOptionsCheckSSOMessageSignature: 1,
      samlSPMetaDataOptionsCheckSLOMessageSignature: 1,
      samlSPMetaDataOptionsEnableIDPInitiatedURL: 1,
      samlSPMetaDataOptionsForceUTF8: 1,
      samlSPMetaDataOptionsNotOnOrAfterTimeout: 600,
    })),
    // What it knows → whether it must be there; its name; the format of its name; its friendly name.
    samlSPMetaDataExportedAttributes: each(() =>
      Object.fromEntries(ATTRIBUTES.map((name) => [name, `${name === 'uid' ? 1 : 0};${name};${BASIC};${name}`])),
    ),
  };
}

function oidc({ url }: Site, { relyingParties, oidcKey }: PortalSettings): Record<string, unknown> {
  const each = <T>(make: (party: RelyingParty) => T): Record<string, T> =>
    Object.fromEntries(relyingParties.map((party) => [party.clientId, make(party)]));
  return {
    issuerDBOpenIDConnectActivation: 1,
    oidcServiceMetaDataIssuer: url,
    oidcServicePrivateKeySig: oidcKey.privateKey,
    oidcServicePublicKeySig: oidcKey.publicKey,
    oidcServiceKeyIdSig: oidcKey.id,
    oidcServiceAllowAuthorizationCodeFlow: 1,
    // All claims, whatever scope was asked for.
    oidcServiceIgnoreScopeForClaims: 1,
    oidcRPMetaDataOptions: each((party) => ({
      oidcRPMetaDataOptionsClientID: party.clientId,
      oidcRPMetaDataOptionsClientSecret: party.clientSecret,
      oidcRPMetaDataOptionsRedirectUris: party.redirectUri,
      oidcRPMetaDataOptionsPostLogoutRedirectUris: party.afterLogoutUri,
      oidcRPMetaDataOptionsRequirePKCE: 1,
      oidcRPMetaDataOptionsIDTokenSignAlg: 'RS256',
      oidcRPMetaDataOptionsBypassConsent: 1,
      oidcRPMetaDataOptionsLogoutBypassConfirm: 1,
      oidcRPMetaDataOptionsUserIDAttr: 'uid',
      oidcRPMetaDataOptionsIDTokenForceClaims: 1,
      ...(party.frontChannelLogoutUri !== undefined && {
        oidcRPMetaDataOptionsLogoutUrl: party.frontChannelLogoutUri,
        oidcRPMetaDataOptionsLogoutType: 'front',
        oidcRPMetaDataOptionsLogoutSessionRequired: 1,
      }),
    })),
    // Claim → what it knows.
    oidcRPMetaDataExportedVars: each(() => ({
      ...{ name: 'cn', email: 'mail', preferred_username: 'uid', family_name: 'sn', given_name: 'givenName' },
      ...{ usual_name: 'sn', uid: 'uid', rio: 'rio', direction: 'direction', roles: 'roles' },
    })),
  };
}
