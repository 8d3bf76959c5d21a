import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { MOST_BEGUN, MOST_REFUSALS } from '../../../adapters/sso/address-limit.ts';
import { onEachEngine } from '../../engines/index.ts';
import { type HouseSite, openHouseSite } from '../../house/open-house.ts';
import { idpMetadata } from './saml/identity-provider.ts';
import { pairOf } from './saml/keys.ts';

onEachEngine('one address', (engine) => {
  let folder: string;
  let site: HouseSite;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'livret-sso-'));
    await writeFile(join(folder, 'idp.xml'), idpMetadata('https://idp.test/metadata', [await pairOf('idp')]));
    const provider = {
      ...{ id: 'idp', protocol: 'saml', label: { fr: 'IdP', en: 'IdP' }, homePage: 'https://idp.test' },
      ...{ metadata: 'idp.xml', attributes: { identifier: 'rio' } },
    };
    await writeFile(join(folder, 'sso.json'), JSON.stringify({ providers: [provider] }));
    site = await openHouseSite(engine, { LIVRET_SSO: join(folder, 'sso.json') });
  });
  after(async () => {
    await site.close();
    await rm(folder, { recursive: true });
  });

  /** As if so many had been before within the minute. */
  async function happened(what: string, count: number): Promise<void> {
    for (let i = 0; i < count; i++) await site.house.store.counters.add(`${what} 127.0.0.1`, 60_000);
  }

  it('that is refused is told so plainly, with a number that finds it in the log, and without the reason', async () => {
    const body = new URLSearchParams({ SAMLResponse: 'bm9uc2Vuc2U=' });
    const headers = { Accept: 'text/html', 'Accept-Language': 'fr' };
    const answer = await fetch(`${site.origin}/sso/idp/acs`, { method: 'POST', headers, body, redirect: 'manual' });
    const page = await answer.text();
    expect(answer.status).to.equal(403);
    const told = site.told.at(-1)?.details as { request: string; reason: string };
    expect(told.reason).to.contain('well-formed');
    expect(page).to.contain(told.request).and.to.contain('La connexion n’a pas abouti').and.to.contain('href="/login"');
    expect(page).not.to.contain('well-formed');
  });

  it('that was refused too often is not listened to for the rest of the minute, but can begin to log in', async () => {
    const handIn = async (): Promise<number> => {
      const body = new URLSearchParams({ SAMLResponse: 'bm9uc2Vuc2U=' });
      return (await fetch(`${site.origin}/sso/idp/acs`, { method: 'POST', body, redirect: 'manual' })).status;
    };
    await happened('sso refused', MOST_REFUSALS - 3);
    expect([await handIn(), await handIn(), await handIn(), await handIn()]).to.deep.equal([403, 403, 429, 429]);
    expect(site.told.filter(({ what }) => what === 'a login was refused')).to.have.length(3);
    const { status, location } = await site.get('/login?to=/people');
    expect(status).to.equal(303);
    const begun = await site.get(location ?? '');
    expect(begun.location).to.match(/^https:\/\/idp\.test\/sso\?SAMLRequest=/);
  });

  it('begins so many logins a minute', async () => {
    const begin = async (): Promise<number> => (await site.get('/sso/idp/login')).status;
    await happened('sso begun', MOST_BEGUN - 2);
    expect([await begin(), await begin(), await begin()]).to.deep.equal([303, 429, 429]);
  });
});
