import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { onEachEngine, withStore } from '../../../engines/index.ts';
import { type IdentityProvider, idpMetadata, openIdentityProvider } from './identity-provider.ts';
import { pairOf } from './keys.ts';
import { inSeconds, newId } from './messages.ts';
import { type Begun, Browser, begin, goodResponse, handIn, openSite, type Site, settingsOf } from './site.ts';

onEachEngine('logging in by SAML', (engine) => {
  const store = withStore(engine);
  let folder: string;
  let idp: IdentityProvider;
  let other: IdentityProvider;
  let site: Site;
  const open = (): Promise<Site> => {
    const settings = [settingsOf(idp), settingsOf(other), settingsOf(idp, { id: 'open', idpInitiated: true })];
    return openSite({ store, folder, settings });
  };
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'livret-saml-'));
    idp = await openIdentityProvider('idp');
    other = await openIdentityProvider('other');
  });
  beforeEach(async () => {
    site = await open();
  });
  afterEach(() => site.close());
  after(async () => {
    await idp.close();
    await other.close();
    await rm(folder, { recursive: true });
  });

  /** Goes on where the answer led, and gives the session it came to. */
  const finish = async ({ browser }: Begun, location: string | null) => {
    const finished = await browser.ask(site.url + location);
    expect(finished, String(site.reason())).to.include({ status: 303, location: '/me' });
    return JSON.parse((await browser.ask(`${site.url}/me`)).body);
  };

  const refused = (answer: { status: number; location: string | null }): void => {
    expect(answer).to.include({ status: 403, location: null });
  };

  it('lets in whom the provider answers for', async () => {
    const begun = await begin(site, idp);
    const answer = await handIn(site, 'idp', goodResponse(idp, begun.way));
    expect(answer.status, String(site.reason())).to.equal(303);
    const session = await finish(begun, answer.location);
    expect(session.origin).to.include({ provider: 'idp', subject: 'f3ab91', index: 'session-1' });
    const person = await site.directory.person(session.person);
    expect(person).to.include({ familyName: 'Élève', givenName: 'Hélène' });
  });

  it('the session ends when the provider says so, at the latest', async () => {
    const begun = await begin(site, idp);
    const sessionEnds = inSeconds(90);
    const { location } = await handIn(site, 'idp', goodResponse(idp, begun.way, { sessionEnds }));
    expect((await finish(begun, location)).ends).to.equal(Date.parse(sessionEnds));
  });

  it('replay: the same answer a second time is refused', async () => {
    const { way } = await begin(site, idp);
    const xml = goodResponse(idp, way);
    expect((await handIn(site, 'idp', xml)).status).to.equal(303);
    refused(await handIn(site, 'idp', xml));
  });

  it('replay: of three at once one is taken', async () => {
    const { way } = await begin(site, idp);
    const xml = goodResponse(idp, way);
    const answers = await Promise.all([1, 2, 3].map(() => handIn(site, 'idp', xml)));
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([303, 403, 403]);
  });

  it('replay: another process of the site refuses it too', async () => {
    const { way } = await begin(site, idp);
    const xml = goodResponse(idp, way);
    const second = await open();
    try {
      expect((await handIn(second, 'idp', xml)).status, 'any process takes the first').to.equal(303);
      refused(await handIn(site, 'idp', xml));
    } finally {
      await second.close();
    }
  });

  it('replay: after a restart it is refused too', async () => {
    const { way } = await begin(site, idp);
    const xml = goodResponse(idp, way);
    expect((await handIn(site, 'idp', xml)).status).to.equal(303);
    await site.close();
    await store.reopen();
    site = await open();
    refused(await handIn(site, 'idp', xml));
  });

  it('replay: what nobody asked for is taken once, where it is taken', async () => {
    const { way } = await begin(site, idp, 'open');
    const unasked = { ...way, inResponseTo: undefined };
    const xml = goodResponse(idp, unasked);
    expect((await handIn(site, 'open', xml)).status).to.equal(303);
    refused(await handIn(site, 'open', xml));
  });

  it('replay: an assertion in a new Response is refused', async () => {
    const { way } = await begin(site, idp, 'open');
    const unasked = { ...way, inResponseTo: undefined };
    const xml = goodResponse(idp, unasked);
    expect((await handIn(site, 'open', xml)).status).to.equal(303);
    refused(await handIn(site, 'open', xml.replace(/(<samlp:Response.*? ID=")[^"]+/, `$1${newId()}`)));
  });

  it('replay: a second assertion for a login that was answered is refused', async () => {
    const { way } = await begin(site, idp);
    expect((await handIn(site, 'idp', goodResponse(idp, way))).status).to.equal(303);
    refused(await handIn(site, 'idp', goodResponse(idp, way)));
  });

  it('an answer to a login that nobody began is refused', async () => {
    const { way } = await begin(site, idp);
    refused(await handIn(site, 'idp', goodResponse(idp, { ...way, inResponseTo: newId() })));
  });

  it('an answer to a login at another provider is refused', async () => {
    const elsewhere = await begin(site, other);
    const { way } = await begin(site, idp);
    refused(await handIn(site, 'idp', goodResponse(idp, { ...way, inResponseTo: elsewhere.way.inResponseTo })));
    expect(site.reason()).to.include('another provider');
  });

  it('an answer of one provider at the address of another is refused', async () => {
    const { way } = await begin(site, idp);
    refused(await handIn(site, 'other', goodResponse(idp, way)));
    const forOther = await begin(site, other);
    refused(await handIn(site, 'other', goodResponse(idp, forOther.way)));
    refused(
      await handIn(
        site,
        'other',
        goodResponse({ ...idp, pair: other.pair }, { ...forOther.way, issuer: idp.entityId }),
      ),
    );
  });

  it('login CSRF: an answer to the login of one browser lets no other in', async () => {
    const { way } = await begin(site, idp);
    const { location } = await handIn(site, 'idp', goodResponse(idp, way));
    const victim = await begin(site, idp);
    refused(await victim.browser.ask(site.url + location));
    refused(await new Browser().ask(site.url + location));
  });

  it('login CSRF: what nobody asked for lets in only whoever says so', async () => {
    const { way } = await begin(site, idp, 'open');
    const { location } = await handIn(site, 'open', goodResponse(idp, { ...way, inResponseTo: undefined }));
    const victim = new Browser();
    expect((await victim.ask(site.url + location)).status).to.equal(200);
    expect((await victim.ask(`${site.url}/me`)).body).to.equal('{}');
  });

  it('a RelayState leads nowhere', async () => {
    const { way, browser } = await begin(site, idp);
    const form = {
      SAMLResponse: Buffer.from(goodResponse(idp, way)).toString('base64'),
      RelayState: 'https://evil.test/',
    };
    const { location } = await browser.post(`${site.url}/sso/idp/acs`, form);
    expect(location).to.match(/^\/sso\/idp\/finish\?ticket=\w+$/);
    expect(await browser.ask(site.url + location)).to.include({ status: 303, location: '/me' });
  });

  it('a path to a foreign site is not where a login leads', async () => {
    for (const to of ['https://evil.test/', '//evil.test/', '/\\evil.test']) {
      const { way, browser } = await begin(site, idp, 'idp', to);
      const { location } = await handIn(site, 'idp', goodResponse(idp, way));
      expect((await browser.ask(site.url + location)).location, to).to.equal('/');
    }
  });

  it('certificates can be exchanged while it runs', async () => {
    const { pair } = idp;
    const [before, after] = [await begin(site, idp), await begin(site, idp)];
    try {
      idp.pair = await pairOf('idp, after');
      // The first that is signed with the new one has the metadata read again, the second finds it there.
      const asked = idp.asked;
      expect((await handIn(site, 'idp', goodResponse(idp, before.way))).status).to.equal(303);
      expect((await handIn(site, 'idp', goodResponse(idp, after.way))).status).to.equal(303);
      expect(idp.asked).to.equal(asked + 1);
      expect(site.told.map(({ what }) => what)).to.include('the keys of a provider changed');
      const old = await begin(site, idp);
      refused(await handIn(site, 'idp', goodResponse({ ...idp, pair }, old.way)));
    } finally {
      idp.pair = pair;
    }
  });

  it('two certificates count side by side', async () => {
    const next = await pairOf('idp, next');
    idp.served = () => idpMetadata(idp.entityId, [idp.pair, next]);
    try {
      await site.close();
      site = await open();
      for (const pair of [idp.pair, next]) {
        const { way } = await begin(site, idp);
        expect((await handIn(site, 'idp', goodResponse({ ...idp, pair }, way))).status).to.equal(303);
      }
    } finally {
      idp.served = () => idpMetadata(idp.entityId, [idp.pair]);
    }
  });

  it('whoever sends wrong signatures cannot have the metadata read more than once a minute', async () => {
    const attacker = { ...idp, pair: await pairOf('attacker') };
    const { way } = await begin(site, idp);
    const asked = idp.asked;
    for (let i = 0; i < 5; i++) refused(await handIn(site, 'idp', goodResponse(attacker, way)));
    expect(idp.asked - asked).to.be.at.most(1);
  });
});
