import { X509Certificate } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readOwnKeys } from '../../../../adapters/sso/saml/own-keys.ts';
import { type Pair, pairOf } from './keys.ts';

describe('our own keys for SAML', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'livret-saml-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const siteUrl = 'https://livret.test';
  const make = () => readOwnKeys({ settings: undefined, folder: join(folder, 'data'), siteUrl });

  it('are made once, for whoever runs this site alone', async () => {
    const first = await make();
    expect(await make()).to.deep.equal(first);
    expect(await readdir(join(folder, 'data'))).to.deep.equal(['saml-keys.pem']);
    const { mode } = await stat(join(folder, 'data', 'saml-keys.pem'));
    expect(mode & 0o777).to.equal(0o600);
    const { subject, validTo, publicKey } = new X509Certificate(first.current.certificate);
    expect(subject).to.equal('CN=livret.test');
    expect(publicKey.asymmetricKeyDetails?.modulusLength).to.equal(3072);
    expect(Date.parse(validTo) - Date.now()).to.be.greaterThan(9 * 365 * 86_400_000);
  });

  it('are the same for all who come at once', async () => {
    const all = await Promise.all([make(), make(), make()]);
    expect(new Set(all.map(({ current }) => current.key)).size).to.equal(1);
    expect(await readdir(join(folder, 'data'))).to.deep.equal(['saml-keys.pem']);
  });

  const at = (name: string) => ({ key: join(folder, `${name}.key`), certificate: join(folder, `${name}.crt`) });
  const write = async (name: string, { key, certificate }: Pair) => {
    await writeFile(at(name).key, key);
    await writeFile(at(name).certificate, certificate);
    return at(name);
  };

  it('may be given, and those to come', async () => {
    const [one, two] = [await pairOf('sp'), await pairOf('sp, next')];
    const settings = { ...(await write('one', one)), next: await write('two', two) };
    const keys = await readOwnKeys({ settings, folder, siteUrl });
    expect(new X509Certificate(keys.current.certificate).raw).to.deep.equal(new X509Certificate(one.certificate).raw);
    expect(new X509Certificate(keys.next?.certificate ?? '').raw).to.deep.equal(
      new X509Certificate(two.certificate).raw,
    );
    expect(await readdir(folder)).to.not.include('saml-keys.pem');
  });

  it('that cannot be used are refused, without a word of the key', async () => {
    const [one, two] = [await pairOf('sp'), await pairOf('sp, next')];
    const unusable: Record<string, Pair> = {
      'of different pairs': { key: one.key, certificate: two.certificate },
      'too short': await pairOf('weak', { bits: 1024 }),
      'not PEM': { key: 'x', certificate: one.certificate },
      'without a certificate': { key: one.key, certificate: one.key },
    };
    for (const [what, pair] of Object.entries(unusable)) {
      const settings = await write('x', pair);
      const error = await readOwnKeys({ settings, folder, siteUrl }).then(
        () => undefined,
        (cause: Error) => cause,
      );
      expect(error, what).to.include({ code: 'config.invalid' });
      expect(error?.message, what).to.include(settings.key).and.not.include('BEGIN');
    }
    const settings = at('nothing');
    const error = await readOwnKeys({ settings, folder, siteUrl }).catch((cause: unknown) => cause);
    expect(error).to.include({ code: 'config.invalid' });
  });

  it('that were damaged are not replaced by others', async () => {
    await make();
    const file = join(folder, 'data', 'saml-keys.pem');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.slice(0, 500));
    expect(await make().catch((cause: unknown) => cause)).to.include({ code: 'config.invalid' });
    expect(await readFile(file, 'utf8')).to.equal(text.slice(0, 500));
  });
});
