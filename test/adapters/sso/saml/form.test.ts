/** How a Response may be handed in, and clocks that differ. */
import { expect } from 'chai';
import { type AssertionOptions, assertionXml, inSeconds, responseXml, sign, type Way } from './messages.ts';
import { openSetting, type Setting } from './setting.ts';
import { type Answer, Browser, begin, goodResponse, handIn } from './site.ts';

describe('handing an answer in', () => {
  let setting: Setting;
  before(async () => {
    setting = await openSetting();
  });
  after(() => setting?.close());

  const browser = new Browser();
  const acs = (query = ''): string => `${setting.site.url}/sso/idp/acs${query}`;
  const encoded = (xml: string): string => Buffer.from(xml).toString('base64');
  const right = async (): Promise<{ xml: string; way: Way }> => {
    const { way } = await begin(setting.site, setting.idp);
    return { xml: goodResponse(setting.idp, way), way };
  };
  const refused = (answer: Answer, reason: string): void => {
    expect(answer).to.include({ status: 403, location: null, type: 'text/html; charset=utf-8' });
    expect(setting.site.reason()).to.include(reason);
    expect(setting.site.errors).to.deep.equal([]);
  };

  it('base64 with line ends is taken', async () => {
    const { xml } = await right();
    const lines = encoded(xml).replace(/.{76}/g, '$&\r\n');
    expect((await browser.post(acs(), { SAMLResponse: lines })).status).to.equal(303);
  });

  const bad: Record<string, (base64: string) => string> = {
    'characters that base64 does not have': (base64) => `${base64.slice(0, 40)}*${base64.slice(40)}`,
    'spaces in base64': (base64) => `${base64.slice(0, 40)} ${base64.slice(40)}`,
    'base64 for addresses': (base64) => base64.replace(/.$/, '_'),
    'base64 that breaks off': (base64) => base64.slice(0, -1).replace(/=$/, ''),
    'more padding than base64 needs': (base64) => `${base64}====`,
    'bits that are left over': () => 'QR==',
    'no text': () => '',
  };
  for (const [what, change] of Object.entries(bad)) {
    it(`${what} is refused`, async () => {
      const { xml } = await right();
      refused(await browser.post(acs(), { SAMLResponse: change(encoded(xml)) }), 'base64');
    });
  }

  it('a form without SAMLResponse is refused', async () => {
    refused(await browser.post(acs(), { RelayState: 'x' }), 'not one SAMLResponse');
  });

  it('a form with two SAMLResponse is refused', async () => {
    const { xml } = await right();
    const body = new URLSearchParams([1, 2].map(() => ['SAMLResponse', encoded(xml)]));
    refused(await browser.ask(acs(), { method: 'POST', body }), 'not one SAMLResponse');
  });

  it('no form at all is refused', async () => {
    refused(await browser.ask(acs(), { method: 'POST' }), 'not one SAMLResponse');
  });

  it('JSON is refused', async () => {
    const { xml } = await right();
    const body = JSON.stringify({ SAMLResponse: encoded(xml) });
    const headers = { 'Content-Type': 'application/json' };
    refused(await browser.ask(acs(), { method: 'POST', headers, body }), 'not one SAMLResponse');
  });

  it('a body of megabytes is refused', async () => {
    refused(await browser.post(acs(), { SAMLResponse: 'A'.repeat(3_000_000) }), 'too large');
  });

  it('a message in the query, which passport-saml would look at first, is refused', async () => {
    const { xml } = await right();
    for (const name of ['SAMLRequest', 'SAMLResponse', 'x']) {
      const query = `?${new URLSearchParams({ [name]: encoded(xml) })}`;
      refused(await browser.post(acs(query), { SAMLResponse: encoded(xml) }), 'query');
    }
  });

  it('a logout in the form, which passport-saml would take for one, is refused', async () => {
    refused(await browser.post(acs(), { SAMLRequest: encoded('<x/>') }), 'not one SAMLResponse');
  });

  it('at the address of a provider that there is not: 404', async () => {
    const { xml } = await right();
    expect((await handIn(setting.site, 'nobody', xml)).status).to.equal(404);
    expect((await browser.ask(`${setting.site.url}/sso/nobody/metadata`)).status).to.equal(404);
    expect((await browser.ask(`${setting.site.url}/sso/nobody/slo`)).status).to.equal(404);
  });

  it('a GET of the assertion consumer is not there', async () => {
    expect((await browser.ask(acs())).status).to.equal(404);
  });

  describe('by a clock that differs from ours by', () => {
    // The skew is 60 s.
    const cases: Record<string, [AssertionOptions | (() => AssertionOptions), number]> = {
      '45 s, ahead': [() => ({ issueInstant: inSeconds(45), notBefore: inSeconds(45) }), 303],
      '90 s, ahead': [() => ({ issueInstant: inSeconds(0), notBefore: inSeconds(90) }), 403],
      '45 s, behind': [() => ({ notOnOrAfter: inSeconds(-45), confirmedUntil: inSeconds(-45) }), 303],
      '75 s, behind, at the end of the conditions': [() => ({ notOnOrAfter: inSeconds(-75) }), 403],
      '75 s, behind, at the end of the confirmation': [() => ({ confirmedUntil: inSeconds(-75) }), 403],
      '75 s, behind, at the end of the session': [() => ({ sessionEnds: inSeconds(-75) }), 403],
    };
    for (const [what, [options, status]] of Object.entries(cases)) {
      it(`${what}: ${status === 303 ? 'taken' : 'refused'}`, async () => {
        const { way } = await begin(setting.site, setting.idp);
        const xml = goodResponse(setting.idp, way, typeof options === 'function' ? options() : options);
        expect((await handIn(setting.site, 'idp', xml)).status, String(setting.site.reason())).to.equal(status);
      });
    }
  });

  describe('signed', () => {
    const MORE = 'http://www.w3.org/2001/04/xmldsig-more#';
    const DS = 'http://www.w3.org/2000/09/xmldsig#';
    const accepted = async (xml: (way: Way) => string, provider = 'idp', values?: Record<string, string[]>) => {
      const { site } = setting;
      const begun = await begin(site, setting.idp, provider);
      const answer = await handIn(site, provider, xml(begun.way));
      expect(answer.status, String(site.reason())).to.equal(303);
      expect((await begun.browser.ask(site.url + answer.location)).location).to.equal('/me');
      return values;
    };
    const response = (way: Way, options: AssertionOptions = {}): string => responseXml(way, assertionXml(way, options));

    it('in the assertion alone', () => accepted((way) => goodResponse(setting.idp, way)));

    it('in Response and assertion', () =>
      accepted((way) => sign(goodResponse(setting.idp, way), 'Response', setting.idp.pair)));

    it('in the Response alone', () => accepted((way) => sign(response(way), 'Response', setting.idp.pair)));

    it('in the assertion alone, of a Response that leaves out its issuer and destination', () =>
      accepted((way) =>
        goodResponse(setting.idp, way, {}, { destination: undefined }).replace(/<saml:Issuer>[^<]*<\/saml:Issuer>/, ''),
      ));

    it('by RSA-SHA512', () =>
      accepted((way) =>
        sign(response(way), 'Assertion', setting.idp.pair, {
          signature: `${MORE}rsa-sha512`,
          digest: 'http://www.w3.org/2001/04/xmlenc#sha512',
        }),
      ));

    it('by RSA-PSS', () =>
      accepted((way) =>
        sign(response(way), 'Assertion', setting.idp.pair, {
          signature: 'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1',
        }),
      ));

    it('by SHA-1, where the settings take it', () =>
      accepted(
        (way) =>
          sign(response(way), 'Assertion', setting.idp.pair, { signature: `${DS}rsa-sha1`, digest: `${DS}sha1` }),
        'old',
      ));

    it('with a declaration, white space and line ends of Windows', () =>
      accepted((way) => `<?xml version="1.0" encoding="UTF-8"?>\r\n${goodResponse(setting.idp, way)}\r\n`));

    it('with several values, whatever letters, and names that objects have', async () => {
      const { site, idp } = setting;
      const values = {
        // Text and elements in one value are no identifier, whatever they would read as together.
        uid: ['RIO-002', 'RIO-<b>00</b>3'],
        sn: ['Œdipe &amp; “Ł” 日本 &#x1F600;'],
        roles: ['a', 'b'],
        ['__proto__']: ['x'],
        constructor: ['y'],
      };
      const { way, browser: own } = await begin(site, idp);
      const { location } = await handIn(site, 'idp', goodResponse(idp, way, { values }));
      expect((await own.ask(site.url + location)).location).to.equal('/me');
      const me = JSON.parse((await own.ask(`${site.url}/me`)).body);
      expect((await site.directory.person(me.person))?.familyName).to.equal('Œdipe & “Ł” 日本 😀');
    });
  });
});
