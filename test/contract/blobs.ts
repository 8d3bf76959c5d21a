import { createHash, randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { type CollectionSpec, put } from '../../lrs/store/store.ts';
import { type Engine, withStore } from '../engines/index.ts';
import { refused } from './given.ts';

const PAGES: CollectionSpec<{ title: string }> = { name: 'pages', indexes: {} };

async function collect(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export function blobsContract(engine: Engine): void {
  describe('blobs', () => {
    const store = withStore(engine);

    it('streams in and out, named by SHA-256, once however often it comes', async () => {
      const contents = randomBytes(300_000);
      async function* chunks() {
        for (let at = 0; at < contents.length; at += 70_000) yield contents.subarray(at, at + 70_000);
      }
      const { blob, length } = await store.blobs.put(chunks());
      expect(blob).to.equal(createHash('sha256').update(contents).digest('hex'));
      expect(length).to.equal(300_000);
      expect((await store.blobs.put(contents)).blob).to.equal(blob);
      expect(Buffer.from(await store.blobs.get(blob))).to.deep.equal(contents);
      expect(await collect(store.blobs.stream(blob))).to.deep.equal(contents);
    });

    it('a source that breaks leaves nothing', async () => {
      async function* broken() {
        yield randomBytes(10);
        throw new Error('gone');
      }
      const error = await store.blobs.put(broken()).catch((reason: unknown) => reason);
      expect((error as Error).message).to.equal('gone');
      expect(await store.blobs.sweep(-1)).to.equal(0);
    });

    it('sweeps what nothing refers to, and nothing else', async () => {
      const kept = await store.blobs.put(randomBytes(10));
      const loose = await store.blobs.put(randomBytes(10));
      await store.commit({ changes: [put(PAGES, 'p', { title: 't' }, { blobs: [kept.blob] })] });
      expect(await store.blobs.sweep(60_000)).to.equal(0);
      expect(await store.blobs.sweep(-1)).to.equal(1);
      expect(await store.blobs.get(kept.blob)).to.have.length(10);
      await refused(store.blobs.get(loose.blob), 'blob.missing');
      await refused(store.blobs.get('../store.sqlite'), 'blob.missing');
    });
  });
}
