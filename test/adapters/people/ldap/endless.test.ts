import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { openLdap } from '../../../../adapters/people/ldap/index.ts';
import { LIMITS, type Limits } from '../../../../adapters/people/ldap/limits.ts';
import { type Page, startEndless } from '../../../ldap/endless.ts';

describe('livret people import --ldap, from a server that never comes to an end', () => {
  let work: string;
  before(async () => {
    work = await mkdtemp(join(tmpdir(), 'livret-endless-'));
  });
  after(() => rm(work, { recursive: true }));

  async function read(page: (number: number) => Page, limits: Partial<Limits> = {}) {
    const server = await startEndless(page);
    const file = join(work, 'annuaire.json');
    const attributes = { identifier: 'uid', direction: 'departmentNumber' };
    await writeFile(
      file,
      JSON.stringify({ url: server.url, base: 'o=x', homePage: 'https://sso.example', attributes }),
    );
    const { input } = await openLdap(file, { environment: {}, complete: false, limits: { ...LIMITS, ...limits } });
    let lines = 0;
    try {
      for await (const _ of input) lines += 1;
      throw new Error('It came to an end.');
    } catch (error) {
      return { lines, told: `${(error as { code?: string }).code} ${(error as Error).message}` };
    } finally {
      server.stop();
    }
  }

  it('is refused once there are more entries than can be', async () => {
    const { lines, told } = await read((number) => ({ uids: [`a${number}`, `b${number}`] }), { entries: 1_000 });
    expect(told).to.match(/^people\.ldap .*more than 1000 entries/);
    expect(lines).to.equal(1_001);
  });

  it('is refused where nobody is on a hundred pages', async () => {
    expect((await read(() => ({ referral: 'ldap://elsewhere' }))).told).to.match(
      /people\.ldap .*100 pages have nobody/,
    );
  });

  it('is refused where a page has too many bytes, long before the memory is full', async () => {
    const begun = performance.now();
    const { told } = await read(() => ({ unending: true }), { pageBytes: 4_000_000 });
    expect(told).to.match(/people\.ldap .*more than 4000000 bytes: try a smaller pageSize/);
    expect(performance.now() - begun, 'ms').to.be.below(10_000);
  });

  it('is refused where it takes too long', async () => {
    expect((await read(() => ({ uids: ['a'] }), { duration: 100 })).told).to.match(/people\.ldap .*too long/);
  });
});
