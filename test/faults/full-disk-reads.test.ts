import { join } from 'node:path';
import { expect } from 'chai';
import { SESSIONS } from '../../lrs/access/people/sessions.ts';
import { put } from '../../lrs/index.ts';
import { writePublished } from '../../reporting/sql/publish.ts';
import { databaseIn, PublishedFiles } from '../../reporting/sql/published-files.ts';
import type { Engine } from '../engines/engine.ts';
import { sqlite } from '../engines/sqlite.ts';
import { type HouseSite, type LoggedIn, openHouseSite } from '../house/open-house.ts';
import { mountSmallDisk, onSmallDisks, type SmallDisk } from './small-disk.ts';

onSmallDisks('a full disk, for who reads', function () {
  this.timeout(120_000);
  let disk: SmallDisk;
  let site: HouseSite;
  let root: LoggedIn;
  let key: Record<string, string>;

  before(async () => {
    disk = await mountSmallDisk(64 * 2 ** 20);
    const engine: Engine = {
      ...sqlite,
      place: async () => ({ engine: 'sqlite', folder: join(disk.folder, 'data'), remove: async () => {} }),
    };
    site = await openHouseSite(engine);
    root = await site.logIn('Root', 'SG', ['administrator']);
    const { key: name, secret } = await site.house.lrs.access.keys.add({ label: 'reader', scopes: ['reports/read'] });
    key = { Authorization: `Basic ${Buffer.from(`${name}:${secret}`).toString('base64')}` };
    const sessions = await site.house.store.collection(SESSIONS).find();
    // When they are in use is noted every minute.
    const aged = sessions.map(({ id, value }) => put(SESSIONS, id, { ...value, seen: value.seen - 120_000 }));
    await site.house.store.commit({ changes: aged });
    await disk.fill();
  });
  after(async () => {
    await disk.free();
    await site.close();
    await disk.remove();
  });

  const ask = async (path: string, headers: Record<string, string>, body?: object): Promise<string> => {
    const json = { 'Content-Type': 'application/json', 'X-CSRF-Token': root.csrf, 'Sec-Fetch-Site': 'same-origin' };
    const answer = await fetch(site.origin + path, {
      headers: { Accept: 'application/json', ...(body && json), ...headers },
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return `${answer.status} ${answer.status === 200 ? '' : JSON.parse(text).error.code}`.trim();
  };

  it('does not keep them from reading, not by their first request either', async () => {
    for (const path of ['/reports', '/api/reports']) {
      expect(await ask(path, key), path).to.equal('200');
      expect(await ask(path, { Cookie: root.cookie }), path).to.equal('200');
    }
  });

  it('is said to whoever asks for a file that is to be written first', async () => {
    const folder = join(disk.folder, 'files');
    const files = await PublishedFiles.open(folder, 1).catch(() => undefined);
    const rows = Array.from({ length: 1000 }, (_, n) => ['x'.repeat(1000), n]);
    const description = { fr: '', en: '' };
    const columns = [
      { name: 'text', type: 'VARCHAR', description },
      { name: 'n', type: 'INTEGER', description },
    ];
    const make = (at: string) => writePublished([{ name: 'cells', description, columns, rows }], databaseIn(at));
    const failed: unknown = await files?.use('key', make, async () => undefined).catch((error: unknown) => error);
    expect(failed).to.include({ code: 'store.unavailable', detail: 'The disk is full.' });
    const cookie = { Cookie: root.cookie };
    for (const path of ['/api/extract/cells.duckdb', '/api/extract/rows.duckdb', '/reports/sql?query=FROM+cells']) {
      expect(await ask(path, cookie), path).to.equal('503 store.unavailable');
    }
    for (const over of ['cells', 'rows']) {
      expect(await ask(`/api/sql/${over}`, cookie, { sql: 'SELECT 1' }), over).to.equal('503 store.unavailable');
    }
  });
});
