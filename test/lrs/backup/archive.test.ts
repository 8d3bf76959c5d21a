import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { LAST_LINE_BYTES, sha256 } from '../../../lrs/backup/format.ts';
import { entryLine, parseEntry } from '../../../lrs/backup/lines.ts';
import { BLOCK, readTarHeader, tarHeader } from '../../../lrs/backup/tar.ts';
import { type ErrorCode, LivretError } from '../../../lrs/errors.ts';
import type { DumpEntry } from '../../../lrs/store/dump.ts';
import { openStore } from '../../../lrs/store/open.ts';
import type { Store } from '../../../lrs/store/store.ts';
import { collect, fillWithEverything, ofKind } from '../../contract/dump.ts';
import { refused } from '../../contract/given.ts';
import { sqlite } from '../../engines/sqlite.ts';
import { archiveOf, openBackupSite, resealed, withArchive } from './site.ts';

const run = promisify(execFile);

describe('an archive', function () {
  this.timeout(60_000);
  let site: Awaited<ReturnType<typeof openBackupSite>>;
  let data: string;
  let store: Store;
  let file: string;
  let entries: DumpEntry[];
  let bytes: Buffer;
  before(async () => {
    site = await openBackupSite();
    file = site.path('backup.livret');
    const { folder, engine } = await sqlite.place();
    data = folder;
    store = await openStore({ folder, engine });
    await fillWithEverything(store);
    entries = await collect(store.dump());
    ({ bytes } = await archiveOf(store));
  });
  after(async () => {
    await store.close();
    await rm(data, { recursive: true });
    await site.close();
  });

  /** What is said of an archive of these bytes; undefined when nothing is wrong. */
  async function complaint(altered: Buffer): Promise<{ code: ErrorCode; message: string } | undefined> {
    try {
      await withArchive(file, altered, (archive) => archive.check());
      return undefined;
    } catch (error) {
      if (!(error instanceof LivretError)) throw error;
      return { code: error.code, message: error.message };
    }
  }

  const flipped = (at: number, bit = 0, from = bytes): Buffer => {
    const copy = Buffer.from(from);
    copy[at] = (copy[at] ?? 0) ^ (1 << bit);
    return copy;
  };

  /** Where the contents of a file of the archive begin. */
  function placeOf(name: string): number {
    for (let at = 0; at < bytes.length; at += BLOCK) {
      if (readTarHeader(bytes.subarray(at, at + BLOCK))?.name === name) return at + BLOCK;
    }
    throw new Error(`there is no ${name}`);
  }

  it('gives back every entry and every blob', async () => {
    const blobs: Buffer[] = [];
    const read = await withArchive(file, bytes, async (archive) => {
      await archive.blobs(async (source) => {
        const blob = Buffer.concat(await collect(source));
        blobs.push(blob);
        return (await store.blobs.put(blob)).blob;
      });
      return collect(archive.entries());
    });
    expect(read).to.deep.equal(entries);
    expect(blobs.map(({ length }) => length).sort()).to.deep.equal([100, 5_000]);
  });

  it('says what it holds, and of when it is', async () => {
    const before = Date.now();
    const { written, bytes: again } = await archiveOf(store);
    expect(written.counts).to.include({ clock: 1, statement: 7, event: 2, document: 4, item: 2, blob: 2, erasure: 1 });
    expect(written.bytes).to.equal(again.length);
    expect(written.missing).to.deep.equal([]);
    const about = await withArchive(file, again, async (archive) => archive.about);
    expect(about).to.include({ format: 'livret-backup', version: 1, livret: '1.2.3', engine: 'sqlite' });
    expect(Date.parse(about.created)).to.be.within(before, Date.now());
  });

  it('can be read with tar and gunzip alone', async () => {
    await writeFile(file, bytes);
    const { stdout } = await run('tar', ['-tf', file]);
    const names = stdout.trim().split('\n');
    expect([names[0], names.at(-1)]).to.deep.equal(['livret-backup.json', 'manifest.json']);
    const part = await run('tar', ['-xOf', file, 'entries/000001.jsonl.gz'], { encoding: 'buffer' });
    const lines = gunzipSync(part.stdout).toString('utf8').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).kind)).to.deep.equal(entries.map(({ kind }) => kind));
  });

  it('is refused when one bit of it has changed, wherever that is', async () => {
    for (let at = 0; at < bytes.length; at += 11) {
      const said = await complaint(flipped(at, at % 8));
      expect(said?.code, `byte ${at} of ${bytes.length}`).to.be.oneOf(['backup.invalid', 'backup.newer']);
    }
  });

  it('says which part has changed', async () => {
    const [blob] = ofKind(entries, 'blob');
    for (const name of ['livret-backup.json', 'entries/000001.jsonl.gz', `blobs/${blob?.blob}`, 'manifest.json']) {
      const said = await complaint(flipped(placeOf(name) + 90, 1));
      expect(said, name).to.deep.equal({
        code: 'backup.invalid',
        message: `The backup is damaged, or is none. ${name} is damaged.`,
      });
    }
    const header = await complaint(flipped(placeOf('manifest.json') - BLOCK));
    expect(header?.message).to.include('What comes after entries/000001.jsonl.gz cannot be read.');
    const between = await complaint(flipped(bytes.length - LAST_LINE_BYTES - 1));
    expect(between?.message).to.include('What stands between its parts has changed.');
  });

  it('is refused when its digest fits and its parts do not', async () => {
    const [blob] = ofKind(entries, 'blob');
    const changed = resealed(flipped(placeOf(`blobs/${blob?.blob}`)));
    await withArchive(file, changed, async (archive) => {
      await archive.check();
      await refused(
        archive.blobs(async (source) => sha256(Buffer.concat(await collect(source)))),
        'backup.invalid',
      );
    });
  });

  it('is refused when it was cut off, or goes on after its end', async () => {
    for (const length of [
      0,
      1,
      100,
      BLOCK,
      3 * BLOCK,
      bytes.length >> 1,
      bytes.length - LAST_LINE_BYTES,
      bytes.length - 1,
    ]) {
      expect((await complaint(bytes.subarray(0, length)))?.code, `${length} bytes`).to.equal('backup.invalid');
    }
    expect((await complaint(Buffer.concat([bytes, Buffer.from('\n')])))?.code).to.equal('backup.invalid');
    expect((await complaint(Buffer.concat([bytes, bytes])))?.code).to.equal('backup.invalid');
    expect((await complaint(randomBytes(10_000)))?.code).to.equal('backup.invalid');
  });

  it('is refused when a newer Livret wrote it', async () => {
    const at = placeOf('livret-backup.json');
    const about = bytes.toString('latin1', at, at + 200).replace('"version": 1', '"version": 2');
    const newer = Buffer.from(bytes);
    newer.write(about, at, 'latin1');
    const said = await complaint(resealed(newer));
    expect(said?.code).to.equal('backup.newer');
    expect(said?.message).to.include('Livret 1.2.3');
  });

  it('holds the rest where the store has lost a blob, and says so', async () => {
    const [lost, cut] = ofKind(entries, 'blob').map(({ blob }) => blob);
    if (!lost || !cut) throw new Error('there are no two blobs');
    const place = (blob: string): string => join(data, 'blobs', blob.slice(0, 2), blob);
    const contents = [await store.blobs.get(lost), await store.blobs.get(cut)];
    await rm(place(lost));
    await writeFile(place(cut), 'cut');
    const { bytes: rest, written } = await archiveOf(store);
    expect(written.missing.sort()).to.deep.equal([lost, cut].sort());
    await withArchive(file, rest, async (archive) => {
      await archive.check();
      const anew = async (source: AsyncIterable<Uint8Array>) => (await store.blobs.put(source)).blob;
      await archive.blobs(anew);
      expect(await collect(archive.entries())).to.deep.equal(entries);
    });
    for (const each of contents) await store.blobs.put(each);
  });
});

describe('what an archive is made of', () => {
  it('an entry is a line, and the line that entry, whatever its bytes', () => {
    const text = fc.string({ unit: 'binary' });
    const bytes = fc.oneof(
      fc.uint8Array().map((array) => Buffer.from(array)),
      text.map((value) => Buffer.from(value)),
      fc.constant(Buffer.from('\uFEFF{"a": 1}\r\n\u2028')),
    );
    const statement = fc.record({
      kind: fc.constant('statement' as const),
      position: fc.maxSafeNat(),
      id: fc.uuid(),
      text: bytes,
      hasTimestamp: fc.boolean(),
      voids: fc.boolean(),
      voided: fc.boolean(),
      attachments: fc.array(fc.record({ sha2: fc.uuid(), contentType: text, blob: fc.uuid() })),
    });
    fc.assert(
      fc.property(statement, (entry) => {
        const line = entryLine(entry);
        expect(line.indexOf('\n')).to.equal(line.length - 1);
        expect(parseEntry(line)).to.deep.equal(entry);
      }),
    );
  });

  it('what lacks something is no entry', () => {
    const event = { kind: 'event', position: 1, event: 'voided', ids: [] };
    expect(parseEntry(JSON.stringify(event))).to.deep.equal(event);
    for (const wrong of [{ ...event, kind: 'else' }, { ...event, position: '1' }, { ...event, ids: undefined }, {}]) {
      expect(() => parseEntry(JSON.stringify(wrong))).to.throw(TypeError);
    }
  });

  it('a header says the name and the size, however large', () => {
    for (const size of [0, 1, 511, 8 ** 11 - 1, 8 ** 11, 2 ** 50]) {
      expect(readTarHeader(tarHeader({ name: 'blobs/x', size }))).to.deep.equal({ name: 'blobs/x', size });
    }
    expect(readTarHeader(Buffer.alloc(BLOCK))).to.equal(undefined);
  });
});
