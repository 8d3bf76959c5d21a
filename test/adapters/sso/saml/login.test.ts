import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { onEachEngine, withStore } from '../../../engines/index.ts';
import { type IdentityProvider, openIdentityProvider } from './identity-provider.ts';
import { begin, goodResponse, handIn, openSite, type Site, settingsOf } from './site.ts';

onEachEngine('logging in by SAML', (engine) => {
  const store = withStore(engine);
  let folder: string;
  let idp: IdentityProvider;
  let site: Site;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'livret-saml-'));
    idp = await openIdentityProvider();
  });
  beforeEach(async () => {
    site = await openSite({ store, folder, settings: [settingsOf(idp)] });
  });
  afterEach(() => site.close());
  after(async () => {
    await idp.close();
    await rm(folder, { recursive: true });
  });

  it('lets in whom the provider answers for', async () => {
    const { browser, way } = await begin(site, idp);
    const answer = await handIn(site, 'idp', goodResponse(idp, way));
    expect(site.reason()).to.equal(undefined);
    expect(answer.status).to.equal(303);
    const finished = await browser.ask(site.url + answer.location);
    expect(finished).to.include({ status: 303, location: '/me' });
    const me = JSON.parse((await browser.ask(`${site.url}/me`)).body);
    expect(me.origin).to.include({ provider: 'idp', subject: 'f3ab91', index: 'session-1' });
  });
});
