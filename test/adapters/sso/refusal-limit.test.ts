import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { onEachEngine } from '../../engines/index.ts';
import { type HouseSite, openHouseSite } from '../../house/open-house.ts';
import { idpMetadata } from './saml/identity-provider.ts';
import { pairOf } from './saml/keys.ts';

onEachEngine('whoever is refused again and again', (engine) => {
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

  it('is not listened to for the rest of the minute, while logins can still be begun', async () => {
    const handIn = async (): Promise<number> => {
      const body = new URLSearchParams({ SAMLResponse: 'bm9uc2Vuc2U=' });
      return (await fetch(`${site.origin}/sso/idp/acs`, { method: 'POST', body, redirect: 'manual' })).status;
    };
    const statuses: number[] = [];
    for (let i = 0; i < 103; i++) statuses.push(await handIn());
    expect(new Set(statuses.slice(0, 100))).to.deep.equal(new Set([403]));
    expect(statuses.slice(100)).to.deep.equal([429, 429, 429]);
    expect(site.told.filter(({ what }) => what === 'a login was refused')).to.have.length(100);
    const { status, location } = await site.get('/login?to=/people');
    expect(status).to.equal(303);
    const begun = await site.get(location ?? '');
    expect(begun.location).to.match(/^https:\/\/idp\.test\/sso\?SAMLRequest=/);
  });
});
