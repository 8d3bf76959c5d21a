import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { BlobFolder } from '../../../lrs/store/sqlite/blob-folder.ts';

const DAY = 24 * 60 * 60 * 1000;
const TWO_DAYS_AGO = new Date(Date.now() - 2 * DAY);
const CONTENTS = Buffer.from('a certificate');

describe('sweeping the folder of blobs', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'livret-blobs-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const pathOf = (blob: string): string => join(folder, blob.slice(0, 2), blob);

  it('leaves alone what comes again while it is under way', async () => {
    const blobs = new BlobFolder(folder, async () => {
      // Somebody sends it again between the look at its age and its removal.
      await blobs.put(CONTENTS);
      return [];
    });
    const { blob } = await blobs.put(CONTENTS);
    await utimes(pathOf(blob), TWO_DAYS_AGO, TWO_DAYS_AGO);
    expect(await blobs.sweep(DAY)).to.equal(0);
    expect(Buffer.from(await blobs.get(blob))).to.deep.equal(CONTENTS);
  });

  it('clears away what a crash left half received', async () => {
    const blobs = new BlobFolder(folder, async () => []);
    await mkdir(join(folder, 'incoming'));
    const [old, young] = [join(folder, 'incoming', 'old'), join(folder, 'incoming', 'young')];
    await Promise.all([writeFile(old, 'half'), writeFile(young, 'half')]);
    await utimes(old, TWO_DAYS_AGO, TWO_DAYS_AGO);
    expect(await blobs.sweep(DAY)).to.equal(1);
    expect(await readdir(join(folder, 'incoming'))).to.deep.equal(['young']);
  });

  it('goes on while others receive: a file that is gone is no failure', async () => {
    const blobs = new BlobFolder(folder, async () => []);
    const received = Promise.all(Array.from({ length: 200 }, (_, n) => blobs.put(Buffer.from(`file ${n}`))));
    for (let n = 0; n < 20; n++) expect(await blobs.sweep(DAY)).to.equal(0);
    await received;
  });
});
