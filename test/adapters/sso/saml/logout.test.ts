import { createVerify } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { expect } from 'chai';
import { type Pair, pairOf } from './keys.ts';
import {
  inSeconds,
  type LogoutOptions,
  logoutRequestXml,
  logoutResponseXml,
  newId,
  queryOf,
  sign,
} from './messages.ts';
import { openSetting, type Setting } from './setting.ts';
import { type Answer, addressesOf, Browser, begin, goodResponse, handIn, SITE_URL } from './site.ts';

describe('single logout', () => {
  let setting: Setting;
  let way: { issuer: string; slo: string };
  const { slo } = addressesOf('idp');
  before(async () => {
    setting = await openSetting();
    way = { issuer: setting.idp.entityId, slo };
  });
  after(() => setting.close());

  /** A browser that is logged in, under a name and a session of its own. */
  const logIn = async (nameId: string = newId(), sessionIndex: string | undefined = newId()) => {
    const { site, idp } = setting;
    const begun = await begin(site, idp);
    const { location } = await handIn(site, 'idp', goodResponse(idp, begun.way, { nameId, sessionIndex }));
    await begun.browser.ask(site.url + location);
    const browser = begun.browser;
    const session = async () => JSON.parse((await browser.ask(`${site.url}/me`)).body);
    expect(await session()).to.have.property('id');
    return { browser, nameId, sessionIndex, session, isIn: async () => 'id' in (await session()) };
  };

  const message = (address: string | null, kind: string): string =>
    inflateRawSync(Buffer.from(new URL(address ?? '').searchParams.get(kind) ?? '', 'base64')).toString();

  /** Checks the octets of a query as a provider does. */
  const isSigned = (address: string | null, certificate: string): boolean => {
    const query = (address ?? '').split('?')[1] ?? '';
    const [signed = '', signature = ''] = query.split('&Signature=');
    expect(signed).to.match(/(^|&)SigAlg=http%3A%2F%2Fwww.w3.org%2F2001%2F04%2Fxmldsig-more%23rsa-sha256$/);
    const ours = signed.slice(signed.search(/SAML(Request|Response)=/));
    return createVerify('sha256')
      .update(ours)
      .verify(certificate, Buffer.from(decodeURIComponent(signature), 'base64'));
  };

  const ownCertificate = async (): Promise<string> => {
    const { body } = await new Browser().ask(`${setting.site.url}/sso/idp/metadata`);
    const base64 = /<ds:X509Certificate>([^<]+)/.exec(body)?.[1] ?? '';
    return `-----BEGIN CERTIFICATE-----\n${base64.trim()}\n-----END CERTIFICATE-----\n`;
  };

  /** Hands a query to our address for logging out. */
  const ask = (query: string, provider = 'idp'): Promise<Answer> =>
    new Browser().ask(`${setting.site.url}/sso/${provider}/slo?${query}`);

  const post = (form: Record<string, string>): Promise<Answer> =>
    new Browser().post(`${setting.site.url}/sso/idp/slo`, form);
  const encoded = (xml: string): string => Buffer.from(xml).toString('base64');

  const refused = (answer: Answer, reason: string): void => {
    expect(answer).to.include({ status: 403, location: null, type: 'text/html; charset=utf-8' });
    expect(setting.site.reason()).to.include(reason);
    expect(setting.site.errors).to.deep.equal([]);
  };

  describe('begun at the provider', () => {
    it('by redirect: ends the session, and says so, signed', async () => {
      const { nameId, sessionIndex, isIn } = await logIn();
      const xml = logoutRequestXml(way, { nameId, indexes: [sessionIndex ?? ''] });
      const { status, location } = await ask(queryOf('SAMLRequest', xml, setting.idp.pair.key));
      expect(status, String(setting.site.reason())).to.equal(303);
      expect(await isIn()).to.equal(false);
      expect(location).to.match(/^https:\/\/idp\.test\/slo\?SAMLResponse=/);
      const answer = message(location, 'SAMLResponse');
      expect(answer).to.include(`InResponseTo="${/ ID="([^"]+)"/.exec(xml)?.[1]}"`);
      expect(answer).to.include('Destination="https://idp.test/slo"').and.include('status:Success');
      expect(answer).to.include(`>${SITE_URL}/sso/idp/metadata</saml:Issuer>`);
      expect(isSigned(location, await ownCertificate())).to.equal(true);
    });

    it('gives the RelayState back as it came, under a signature that still fits', async () => {
      const { nameId, isIn } = await logIn();
      const relayState = "a b&c=d'(x)~*!+é";
      const xml = logoutRequestXml(way, { nameId, indexes: [] });
      const { location } = await ask(queryOf('SAMLRequest', xml, setting.idp.pair.key, { relayState }));
      expect(await isIn()).to.equal(false);
      expect(new URL(location ?? '').searchParams.get('RelayState')).to.equal(relayState);
      expect(isSigned(location, await ownCertificate())).to.equal(true);
    });

    it('by POST: ends the session, and says so', async () => {
      const { nameId, sessionIndex, isIn } = await logIn();
      const xml = sign(
        logoutRequestXml(way, { nameId, indexes: [sessionIndex ?? ''] }),
        'LogoutRequest',
        setting.idp.pair,
      );
      const { status, location } = await post({ SAMLRequest: encoded(xml), RelayState: 'r' });
      expect(status, String(setting.site.reason())).to.equal(303);
      expect(await isIn()).to.equal(false);
      expect(message(location, 'SAMLResponse')).to.include('status:Success');
    });

    it('ends the session that is named, and no other of the same person', async () => {
      const nameId = newId();
      const [one, two, three] = [await logIn(nameId), await logIn(nameId), await logIn(nameId)];
      const indexes = [one.sessionIndex ?? '', three.sessionIndex ?? ''];
      await ask(queryOf('SAMLRequest', logoutRequestXml(way, { nameId, indexes }), setting.idp.pair.key));
      expect([await one.isIn(), await two.isIn(), await three.isIn()]).to.deep.equal([false, true, false]);
    });

    it('ends all sessions of the person where none is named, and nobody else’s', async () => {
      const nameId = newId();
      const [one, two, other] = [await logIn(nameId), await logIn(nameId), await logIn()];
      await ask(queryOf('SAMLRequest', logoutRequestXml(way, { nameId, indexes: [] }), setting.idp.pair.key));
      expect([await one.isIn(), await two.isIn(), await other.isIn()]).to.deep.equal([false, false, true]);
    });

    it('of a session that is over already succeeds', async () => {
      const xml = logoutRequestXml(way, { nameId: newId() });
      const { location } = await ask(queryOf('SAMLRequest', xml, setting.idp.pair.key));
      expect(message(location, 'SAMLResponse')).to.include('status:Success');
    });

    const rejected: Record<string, [string, (nameId: string, pair: Pair) => string | Promise<string>]> = {
      'that is not signed': ['not signed', (nameId) => queryOf('SAMLRequest', logoutRequestXml(way, { nameId }))],
      'that another key signed': [
        'fits no key',
        async (nameId) => queryOf('SAMLRequest', logoutRequestXml(way, { nameId }), (await pairOf('attacker')).key),
      ],
      'that another provider of ours signed': [
        'fits no key',
        (nameId) => queryOf('SAMLRequest', logoutRequestXml(way, { nameId }), setting.other.pair.key),
      ],
      'of another issuer': ['Issuer', signedWith({ issuer: 'https://elsewhere.test' })],
      'for another destination': ['Destination', signedWith({ destination: `${SITE_URL}/sso/other/slo` })],
      'without a destination': ['Destination', signedWith({ destination: undefined })],
      'that is over': ['expired', (nameId, pair) => signedWith({ notOnOrAfter: inSeconds(-61) })(nameId, pair)],
      'made long ago': ['long ago', signedWith({ issueInstant: inSeconds(-3700) })],
      'without a name': ['NameID', signedWith({ nameId: '' })],
      'by SHA-1': [
        'rsa-sha1 is not taken',
        (nameId, { key }) =>
          queryOf('SAMLRequest', logoutRequestXml(way, { nameId }), key, {
            algorithm: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1',
            hash: 'sha1',
          }),
      ],
      'by the algorithm of another URI that ends in the same': [
        'is not taken',
        (nameId, { key }) =>
          queryOf('SAMLRequest', logoutRequestXml(way, { nameId }), key, {
            algorithm: 'https://evil.test/#RSA-SHA256',
          }),
      ],
      'whose RelayState was changed': [
        'fits no key',
        (nameId, { key }) =>
          queryOf('SAMLRequest', logoutRequestXml(way, { nameId }), key, { relayState: 'a' }).replace(
            'RelayState=a',
            'RelayState=b',
          ),
      ],
      'with a RelayState put in': [
        'fits no key',
        (nameId, { key }) => `RelayState=x&${queryOf('SAMLRequest', logoutRequestXml(way, { nameId }), key)}`,
      ],
      'twice in one query': [
        'not one SAMLRequest',
        (nameId, { key }) =>
          `${queryOf('SAMLRequest', logoutRequestXml(way), key)}&${queryOf('SAMLRequest', logoutRequestXml(way, { nameId }))}`,
      ],
      'beside a response': [
        'not one SAMLRequest',
        (nameId, { key }) => `${queryOf('SAMLRequest', logoutRequestXml(way, { nameId }), key)}&SAMLResponse=x`,
      ],
      'whose name is written otherwise': [
        'not one SAMLRequest',
        (nameId, { key }) =>
          queryOf('SAMLRequest', logoutRequestXml(way, { nameId }), key).replace('SAMLRequest', 'SAMLReques%74'),
      ],
      'in another encoding': [
        'is not taken',
        (nameId, { key }) => `${queryOf('SAMLRequest', logoutRequestXml(way, { nameId }), key)}&SAMLEncoding=x`,
      ],
      'that inflates to megabytes': [
        'too large',
        (_, { key }) => queryOf('SAMLRequest', `<x>${'a'.repeat(2_000_000)}</x>`, key),
      ],
      'that cannot be inflated': ['inflated', () => 'SAMLRequest=AAAA&SigAlg=x&Signature=AAAA'],
      'with a document type': [
        'document type',
        (nameId, { key }) => queryOf('SAMLRequest', `<!DOCTYPE x>${logoutRequestXml(way, { nameId })}`, key),
      ],
      'with a comment in the name': [
        'comment',
        (nameId, { key }) => queryOf('SAMLRequest', logoutRequestXml(way, { nameId: `${nameId}<!-- -->` }), key),
      ],
      'that is a response': ['no LogoutRequest', (_, { key }) => queryOf('SAMLRequest', logoutResponseXml(way), key)],
    };
    function signedWith(options: LogoutOptions) {
      return (nameId: string, { key }: Pair): string =>
        queryOf('SAMLRequest', logoutRequestXml(way, { nameId, indexes: [], ...options }), key);
    }
    for (const [what, [reason, make]] of Object.entries(rejected)) {
      it(`a request ${what} is refused`, async () => {
        const { nameId, isIn } = await logIn();
        refused(await ask(await make(nameId, setting.idp.pair)), reason);
        expect(await isIn()).to.equal(true);
      });
    }

    it('a request that comes again is refused', async () => {
      const nameId = newId();
      await logIn(nameId);
      const query = queryOf('SAMLRequest', logoutRequestXml(way, { nameId, indexes: [] }), setting.idp.pair.key);
      expect((await ask(query)).status).to.equal(303);
      const { isIn } = await logIn(nameId);
      const again = await ask(query);
      expect(again).to.include({ status: 403, location: null });
      expect(await isIn()).to.equal(true);
    });

    it('a request of one provider does not end a session at another', async () => {
      const { nameId, isIn } = await logIn();
      const toOther = { issuer: setting.other.entityId, slo: addressesOf('other').slo };
      const query = queryOf('SAMLRequest', logoutRequestXml(toOther, { nameId, indexes: [] }), setting.other.pair.key);
      expect((await ask(query, 'other')).status).to.equal(303);
      expect(await isIn()).to.equal(true);
    });

    it('requests by POST are refused that are not signed, or wrapped', async () => {
      const { nameId, isIn } = await logIn();
      const { pair } = setting.idp;
      const xml = logoutRequestXml(way, { nameId, indexes: [] });
      refused(await post({ SAMLRequest: encoded(xml) }), 'not signed');
      refused(
        await post({ SAMLRequest: encoded(sign(xml, 'LogoutRequest', await pairOf('attacker'))) }),
        'fits no key',
      );
      const signed = sign(logoutRequestXml(way, { nameId: newId() }), 'LogoutRequest', pair);
      refused(
        await post({ SAMLRequest: encoded(signed.replace(/(<saml:NameID[^>]*>)[^<]+/, `$1${nameId}`)) }),
        'fits no key',
      );
      const signature = /<ds:Signature.*<\/ds:Signature>/s.exec(signed)?.[0] ?? '';
      const object = `<ds:Object>${signed.replace(signature, '')}</ds:Object></ds:Signature>`;
      const wrapped = xml.replace('</saml:Issuer>', (end) => end + signature.replace('</ds:Signature>', () => object));
      refused(await post({ SAMLRequest: encoded(wrapped) }), 'Signature holds Object');
      const sha1 = sign(xml, 'LogoutRequest', pair, { signature: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1' });
      refused(await post({ SAMLRequest: encoded(sha1) }), 'rsa-sha1 is not taken');
      refused(await post({}), 'not one SAMLRequest');
      expect(await isIn()).to.equal(true);
    });

    it('a new certificate is looked for here too', async () => {
      const { pair } = setting.other;
      const toOther = { issuer: setting.other.entityId, slo: addressesOf('other').slo };
      setting.other.pair = await pairOf('other, after');
      try {
        const query = queryOf('SAMLRequest', logoutRequestXml(toOther), setting.other.pair.key);
        expect((await ask(query, 'other')).status).to.equal(303);
      } finally {
        setting.other.pair = pair;
      }
    });
  });

  describe('begun here', () => {
    it('sends the browser to the provider with a signed request that names person and session', async () => {
      const { browser, nameId, sessionIndex, session } = await logIn('a name with “é” &amp; &lt;');
      const { csrf } = await session();
      const { site } = setting;
      const headers = { Origin: site.url };
      const body = new URLSearchParams({ _csrf: csrf });
      const { status, body: page } = await browser.ask(`${site.url}/logout`, { method: 'POST', headers, body });
      expect(status, page).to.equal(200);
      const address = /href="(https:\/\/idp\.test\/slo[^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
      const request = message(address, 'SAMLRequest');
      expect(request).to.include('Destination="https://idp.test/slo"');
      expect(request).to.include('Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"');
      expect(request).to.include(`${nameId}</saml:NameID>`);
      expect(request).to.include(`${sessionIndex}</saml2p:SessionIndex>`);
      expect(isSigned(address, await ownCertificate())).to.equal(true);
    });

    const signedResponse = (options: Parameters<typeof logoutResponseXml>[1] = {}): string =>
      queryOf('SAMLResponse', logoutResponseXml(way, options), setting.idp.pair.key);

    it('the answer of the provider leads to the page that says goodbye', async () => {
      expect(await ask(signedResponse())).to.include({ status: 303, location: '/logged-out' });
      const xml = sign(logoutResponseXml(way), 'LogoutResponse', setting.idp.pair);
      expect(await post({ SAMLResponse: encoded(xml) })).to.include({ status: 303, location: '/logged-out' });
    });

    it('an answer that it did not succeed everywhere leads there too, and is told', async () => {
      const status = 'urn:oasis:names:tc:SAML:2.0:status:PartialLogout';
      expect(await ask(signedResponse({ status }))).to.include({ status: 303, location: '/logged-out' });
      expect(setting.site.told.at(-1)?.details).to.deep.equal({ provider: 'idp', status });
    });

    it('an answer that is not the provider’s is refused', async () => {
      refused(await ask(queryOf('SAMLResponse', logoutResponseXml(way))), 'not signed');
      refused(
        await ask(queryOf('SAMLResponse', logoutResponseXml(way), (await pairOf('attacker')).key)),
        'fits no key',
      );
      refused(await ask(signedResponse({ issuer: 'https://elsewhere.test' })), 'Issuer');
      refused(await ask(signedResponse({ destination: 'https://elsewhere.test' })), 'Destination');
      refused(await post({ SAMLResponse: encoded(logoutResponseXml(way)) }), 'not signed');
      const forged = sign(logoutResponseXml(way), 'LogoutResponse', await pairOf('attacker'));
      refused(await post({ SAMLResponse: encoded(forged) }), 'fits no key');
    });
  });
});
