/** The SAML side of the demo's identity provider, by samlify. */
import { createHash, randomBytes } from 'node:crypto';
import { XMLValidator } from 'fast-xml-parser';
import samlify from 'samlify';
import { generate } from 'selfsigned';
import type { DemoPerson } from '../people.ts';

const { Constants, IdentityProvider, SamlLib, ServiceProvider, setSchemaValidator } = samlify;

type Idp = ReturnType<typeof IdentityProvider>;
type Sp = ReturnType<typeof ServiceProvider>;

export type Binding = 'redirect' | 'post';

/** A message of SAML as it came: by the query of an address, or in a form. */
export interface Received {
  binding: Binding;
  query: Record<string, unknown>;
  body: Record<string, unknown>;
  /** The query as it was written: redirect signatures are about its bytes. */
  rawQuery: string;
}

/** A request that is answered. */
type Asked = Parameters<Idp['createLogoutResponse']>[1];

/** Somebody who is logged in here. */
export interface IdpSession {
  person: DemoPerson;
  nameId: string;
  index: string;
}

/** What a page must post to the service provider. */
export interface Posting {
  action: string;
  fields: Record<string, string>;
}

const PERSISTENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent';
const BASIC = 'urn:oasis:names:tc:SAML:2.0:attrname-format:basic';
const PASSWORD = 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport';
const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';

const newId = (): string => `_${randomBytes(20).toString('hex')}`;

/** Opaque, and the same at each start. */
const nameIdOf = ({ rio }: DemoPerson): string =>
  createHash('sha256').update(`livret-demo ${rio}`).digest('hex').slice(0, 32);

export const newSession = (person: DemoPerson): IdpSession => ({ person, nameId: nameIdOf(person), index: newId() });

/** The messages that may come here, and where the schema lets each begin. */
const ROOTS = /^(<\?xml[^>]*\?>)?\s*<(\w+:)?(AuthnRequest|LogoutRequest|LogoutResponse)[\s>]/;

/**
 * samlify has no validator of its own and refuses to work without one. Ours sees to it that a message is one well-formed
 * document of an expected kind, without a document type; samlify then checks what it uses, and the signature.
 */
function validate(xml: string): Promise<string> {
  const good = !/<!(DOCTYPE|ENTITY)/i.test(xml) && ROOTS.test(xml) && XMLValidator.validate(xml) === true;
  return good ? Promise.resolve('OK') : Promise.reject(new Error('This is no message that SAML knows.'));
}

/** `base` is our own address, without a slash at its end. Its keys live as long as the process. */
export async function createSamlIdp(base: string): Promise<SamlIdp> {
  setSchemaValidator({ validate });
  const pems = await generate([{ name: 'commonName', value: 'Livret demo' }], { keySize: 2048, algorithm: 'sha256' });
  const both = (location: string) =>
    (['redirect', 'post'] as const).map((binding) => ({
      Binding: Constants.namespace.binding[binding],
      Location: base + location,
    }));
  const idp = IdentityProvider({
    entityID: `${base}/metadata`,
    privateKey: pems.private,
    signingCert: pems.cert,
    requestSignatureAlgorithm: RSA_SHA256,
    nameIDFormat: [PERSISTENT],
    singleSignOnService: both('/sso'),
    singleLogoutService: both('/slo'),
    wantAuthnRequestsSigned: true,
    wantLogoutRequestSigned: true,
    wantLogoutResponseSigned: true,
    generateID: newId,
  });
  return new SamlIdp(idp);
}

export class SamlIdp {
  readonly #idp: Idp;

  constructor(idp: Idp) {
    this.#idp = idp;
  }

  get metadata(): string {
    return this.#idp.getMetadata();
  }

  /** The service provider that this metadata (XML) describes. Everything that goes there is signed. */
  partner(metadata: string): Sp {
    return ServiceProvider({
      metadata,
      ...{ wantMessageSigned: true, wantLogoutRequestSigned: true, wantLogoutResponseSigned: true },
    });
  }

  /** A signed AuthnRequest; gives its id. Rejects what is none. */
  async readLoginRequest(sp: Sp, received: Received): Promise<{ id: string; forced: boolean }> {
    const { extract } = await this.#idp.parseLoginRequest(sp, received.binding, envelopeOf(received, 'SAMLRequest'));
    const request = (extract as { request?: Record<string, string> }).request ?? {};
    const issuer: unknown = extract.issuer;
    if (issuer !== sp.entityMeta.getEntityID())
      throw new Error('The request is from a service provider that is not known.');
    return { id: request.id ?? '', forced: request.forceAuthn === 'true' };
  }

  /** A signed Response with a signed Assertion about who is logged in. */
  async answerLogin(sp: Sp, inResponseTo: string, session: IdpSession, relayState?: string): Promise<Posting> {
    const extract = { request: { id: inResponseTo } };
    const answer = await this.#idp.createLoginResponse(
      sp,
      { extract },
      'post',
      {},
      {
        ...(relayState !== undefined && { relayState }),
        customTagReplacement: () => this.#fill(sp, inResponseTo, session),
      },
    );
    return postingOf(answer as unknown as Sent, relayState);
  }

  /** A signed LogoutRequest; gives what the answer has to refer to. Rejects what is none. */
  async readLogoutRequest(sp: Sp, received: Received): Promise<Asked> {
    return { ...(await this.#idp.parseLogoutRequest(sp, received.binding, envelopeOf(received, 'SAMLRequest'))) };
  }

  answerLogout(sp: Sp, request: Asked, relayState?: string): string {
    return this.#idp.createLogoutResponse(sp, request, 'redirect', relayState === undefined ? {} : { relayState })
      .context;
  }

  /** The address at the service provider that ends its session. */
  askLogout(sp: Sp, { nameId, index }: IdpSession): string {
    return this.#idp.createLogoutRequest(sp, 'redirect', { logoutNameID: nameId, sessionIndex: index }).context;
  }

  async readLogoutResponse(sp: Sp, received: Received): Promise<void> {
    await this.#idp.parseLogoutResponse(sp, received.binding, envelopeOf(received, 'SAMLResponse'));
  }

  #fill(sp: Sp, inResponseTo: string, { person, nameId, index }: IdpSession): { id: string; context: string } {
    const [id, now] = [newId(), Date.now()];
    const acs = sp.entityMeta.getAssertionConsumerService('post') as string;
    const { rio, sn, givenName, mail, direction, service, site, profil } = person;
    const attributes = Object.entries({ rio, sn, givenName, mail, direction, service, site, profil });
    const tags = {
      ...{ ID: id, AssertionID: newId(), InResponseTo: inResponseTo, Destination: acs, SubjectRecipient: acs },
      ...{ Issuer: this.#idp.entityMeta.getEntityID(), Audience: sp.entityMeta.getEntityID() },
      ...{ NameIDFormat: PERSISTENT, NameID: nameId, SessionIndex: index, StatusCode: Constants.StatusCode.Success },
      IssueInstant: new Date(now).toISOString(),
      ...{ ConditionsNotBefore: new Date(now).toISOString(), ConditionsNotOnOrAfter: soon(now) },
      SubjectConfirmationDataNotOnOrAfter: soon(now),
      ...Object.fromEntries(attributes.map(([name, value]) => [`attr-${name}`, value])),
    };
    const template = SamlLib.defaultLoginResponseTemplate.context
      .replace('{AuthnStatement}', AUTHN)
      .replace('{AttributeStatement}', statementOf(attributes.map(([name]) => name)));
    return { id, context: SamlLib.replaceTagsByValue(template, tags) };
  }
}

const soon = (now: number): string => new Date(now + 5 * 60_000).toISOString();

const AUTHN = `<saml:AuthnStatement AuthnInstant="{IssueInstant}" SessionIndex="{SessionIndex}"><saml:AuthnContext><saml:AuthnContextClassRef>${PASSWORD}</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>`;

const statementOf = (names: readonly string[]): string =>
  `<saml:AttributeStatement>${names
    .map(
      (name) =>
        `<saml:Attribute Name="${name}" NameFormat="${BASIC}"><saml:AttributeValue xsi:type="xs:string">{attr-${name}}</saml:AttributeValue></saml:Attribute>`,
    )
    .join('')}</saml:AttributeStatement>`;

interface Sent {
  context: string;
  entityEndpoint: string;
}

const postingOf = ({ context, entityEndpoint }: Sent, relayState: string | undefined): Posting => ({
  action: entityEndpoint,
  fields: { SAMLResponse: context, ...(relayState !== undefined && { RelayState: relayState }) },
});

/** What samlify wants of a request; what was signed are the members as they were written (SAML Bindings 3.4.4.1). */
function envelopeOf({ binding, query, body, rawQuery }: Received, message: 'SAMLRequest' | 'SAMLResponse') {
  if (binding === 'post') return { body };
  const written = rawQuery.split('&');
  const octetString = [message, 'RelayState', 'SigAlg']
    .flatMap((name) => written.find((member) => member.startsWith(`${name}=`)) ?? [])
    .join('&');
  return { query, octetString };
}
