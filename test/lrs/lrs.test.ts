import { mkdtemp, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createLrs, type Lrs } from '../../lrs/lrs.ts';
import { openSqliteStore } from '../../lrs/store/sqlite/index.ts';
import type { Store } from '../../lrs/store/store.ts';
import { given, refused } from '../contract/given.ts';

const TWO_DAYS_AGO = new Date(Date.now() - 2 * 24 * 60 * 60 * 1000);

describe('the jobs of the LRS', () => {
  let folder: string;
  let store: Store;
  let lrs: Lrs;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'livret-lrs-'));
    store = await openSqliteStore(folder);
    lrs = await createLrs({
      store,
      settings: {
        version: '0.0.0',
        access: { siteUrl: 'https://livret.example', requestsPerMinute: 0, failedLoginsPerMinute: 0 },
        xapi: {
          fallbackVersion: '1.0.3',
          maxBodyBytes: 1_000,
          maxStatements: 10,
          maxAttachmentBytes: 1_000,
          maxMultipartBytes: 1_000,
          pageSize: { default: 10, max: 10 },
        },
      },
      report: () => {},
    });
  });
  afterEach(async () => {
    await lrs.close();
    await store.close();
    await rm(folder, { recursive: true });
  });

  const received = async (contents: string, when?: Date): Promise<string> => {
    const { blob } = await store.blobs.put(Buffer.from(contents));
    if (when) await utimes(join(folder, 'blobs', blob.slice(0, 2), blob), when, when);
    return blob;
  };

  it('clear away contents that no statement came to refer to within a day', async () => {
    const [kept, refusedLongAgo, justNow] = await Promise.all([
      received('of a statement', TWO_DAYS_AGO),
      received('of a statement that was refused', TWO_DAYS_AGO),
      received('of a statement that is being read'),
    ]);
    const attachments = [{ sha2: kept, contentType: 'text/plain', blob: kept }];
    await store.commit({ statements: [{ ...given(), attachments }] });
    for (const job of lrs.jobs) await job.run();
    expect(await store.blobs.get(kept)).to.have.length(14);
    expect(await store.blobs.get(justNow)).to.have.length(33);
    await refused(store.blobs.get(refusedLongAgo), 'blob.missing');
  });
});
