import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { onEachEngine, withStore } from '../../../engines/index.ts';
import { type IdentityProvider, idpMetadata, openIdentityProvider } from './identity-provider.ts';
import { fingerprintOf } from './keys.ts';
import { later, openProviders } from './providers.ts';
import { SITE_URL, settingsOf } from './site.ts';

onEachEngine('metadata of a provider', (engine) => {
  const store = withStore(engine);
  let folder: string;
  let idp: IdentityProvider;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'livret-saml-'));
  });
  beforeEach(async () => {
    idp = await openIdentityProvider();
  });
  afterEach(() => idp.close());
  after(() => rm(folder, { recursive: true }));

  const unavailable = async (start: () => Promise<string>, reason: string): Promise<void> => {
    const error = await start().then(
      () => undefined,
      (cause: unknown) => cause,
    );
    expect(error).to.include({ code: 'sso.unavailable' });
    expect((error as Error).message).to.include(reason);
  };

  it('are read when they are needed, and once', async () => {
    const { start, status, provider } = openProviders(store, folder, [settingsOf(idp)]);
    await Promise.all([start(), start(), start()]);
    await provider.refresh();
    await start();
    expect(idp.asked).to.equal(1);
    const { issuer, read, failure, keys, addresses } = await status();
    expect({ issuer, failure }).to.deep.equal({ issuer: idp.entityId, failure: undefined });
    expect(read).to.be.closeTo(Date.now(), 5000);
    expect(keys.map(({ name }) => name)).to.deep.equal([fingerprintOf(idp.pair)]);
    expect(keys[0]?.expires).to.be.greaterThan(Date.now());
    expect(addresses).to.deep.equal({
      entityId: `${SITE_URL}/sso/idp/metadata`,
      acs: `${SITE_URL}/sso/idp/acs`,
      slo: `${SITE_URL}/sso/idp/slo`,
    });
  });

  it('are read again after an hour, or sooner where they say so', async () => {
    const { start, provider } = openProviders(store, folder, [settingsOf(idp)]);
    await start();
    await later(59 * 60_000, () => provider.refresh());
    expect(idp.asked).to.equal(1);
    await later(61 * 60_000, () => provider.refresh());
    expect(idp.asked).to.equal(2);
    idp.served = () => idpMetadata(idp.entityId, [idp.pair], { head: ' cacheDuration="PT10M"' });
    await later(130 * 60_000, () => provider.refresh());
    await later(139 * 60_000, () => provider.refresh());
    expect(idp.asked).to.equal(3);
    await later(141 * 60_000, () => provider.refresh());
    expect(idp.asked).to.equal(4);
  });

  it('that were good stay while the provider is down, and after a restart', async () => {
    const first = openProviders(store, folder, [settingsOf(idp)]);
    await first.start();
    idp.served = () => undefined;
    await later(2 * 3600_000, () => first.provider.refresh());
    expect((await first.status()).failure).to.include('503');
    expect(first.told.join()).to.include('cannot be read');
    await first.start();
    const second = openProviders(store, folder, [settingsOf(idp)]);
    expect(await second.start()).to.match(/^https:\/\/idp\.test\/sso\?SAMLRequest=/);
    expect((await second.status()).issuer).to.equal(idp.entityId);
  });

  it('that were kept do not count for another address, or another entityId', async () => {
    await openProviders(store, folder, [settingsOf(idp)]).start();
    idp.served = () => undefined;
    await unavailable(openProviders(store, folder, [settingsOf({ ...idp, url: `${idp.url}?2` })]).start, '503');
    await unavailable(openProviders(store, folder, [settingsOf(idp, { entityId: 'https://x.test' })]).start, '503');
  });

  it('are used until they expire, and no longer', async () => {
    const validUntil = new Date(Date.now() + 3600_000).toISOString();
    idp.served = () => idpMetadata(idp.entityId, [idp.pair], { head: ` validUntil="${validUntil}"` });
    const { start } = openProviders(store, folder, [settingsOf(idp)]);
    await start();
    idp.served = () => undefined;
    await later(3590_000, start);
    await later(3601_000, () => unavailable(start, '503'));
  });

  it('are asked for again when the provider is up, after it was down', async () => {
    idp.served = () => undefined;
    const { start } = openProviders(store, folder, [settingsOf(idp)]);
    await unavailable(start, '503');
    await unavailable(start, '503');
    expect(idp.asked, 'not at once').to.equal(1);
    idp.served = () => idpMetadata(idp.entityId, [idp.pair]);
    await later(6_000, start);
  });
});
