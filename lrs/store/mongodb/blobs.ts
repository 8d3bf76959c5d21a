/** Blobs in GridFS. A file that has its SHA-256 as name is whole; one on its way in is called `incoming`. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { GridFSBucket, ObjectId } from 'mongodb';
import { LivretError } from '../../errors.ts';
import type { Blobs } from '../store.ts';
import { type Connection, unavailable, WRITE_CONCERN } from './connection.ts';
import { areBlobsHeld } from './holds.ts';
import { BUCKET, type Collections, codeOf, DUPLICATE_KEY } from './schema.ts';

const NAME = /^[0-9a-f]{64}$/;
const INCOMING = 'incoming';

export class GridBlobs implements Blobs {
  readonly #connection: Connection;
  readonly #bucket: GridFSBucket;
  readonly #files: Collections['blobs'];
  readonly #chunks: Collections['chunks'];
  readonly #uploads: Collections['uploads'];

  constructor(connection: Connection) {
    const { blobs, chunks, uploads } = connection.collections;
    this.#connection = connection;
    this.#bucket = new GridFSBucket(blobs.db, { bucketName: BUCKET, writeConcern: WRITE_CONCERN });
    this.#files = blobs;
    this.#chunks = chunks;
    this.#uploads = uploads;
  }

  async put(source: AsyncIterable<Uint8Array> | Uint8Array): Promise<{ blob: string; length: number }> {
    const _id = new ObjectId();
    await this.#run(() => this.#uploads.insertOne({ _id, begun: Date.now() }));
    const { blob, length } = await this.#upload(_id, source);
    await this.#run(() => this.#settle(_id, blob));
    // Where it broke off, or this fails, the sweep sees to what is left.
    await this.#run(() => this.#uploads.deleteOne({ _id })).catch(() => undefined);
    return { blob, length };
  }

  async get(blob: string): Promise<Uint8Array> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of this.stream(blob)) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  async *stream(blob: string): AsyncIterable<Uint8Array> {
    const file = NAME.test(blob) ? await this.#run(() => this.#files.findOne({ filename: blob })) : undefined;
    if (!file) throw new LivretError('blob.missing', { detail: blob });
    try {
      yield* this.#bucket.openDownloadStream(file._id) as AsyncIterable<Uint8Array>;
    } catch (cause) {
      throw new LivretError('blob.missing', { detail: blob, cause });
    }
  }

  async size(blob: string): Promise<number> {
    const file = NAME.test(blob) ? await this.#run(() => this.#files.findOne({ filename: blob })) : undefined;
    if (!file) throw new LivretError('blob.missing', { detail: blob });
    return file.length;
  }

  async sweep(olderThan: number): Promise<number> {
    if (await areBlobsHeld(this.#connection)) return 0;
    const before = Date.now() - olderThan;
    const removed = await this.#sweepFiles(before);
    const left = await this.#run(() => this.#uploads.find({ begun: { $lt: before } }).toArray());
    for (const { _id } of left) await this.#run(() => this.#sweepUpload(_id));
    return removed;
  }

  async #sweepFiles(before: number): Promise<number> {
    let removed = 0;
    for await (const { _id, filename } of this.#files.find({ 'metadata.touched': { $lt: before } })) {
      if (await this.#inUse(filename)) continue;
      // Whoever sends it meanwhile makes it young again.
      const gone = await this.#run(() => this.#files.findOneAndDelete({ _id, 'metadata.touched': { $lt: before } }));
      if (!gone) continue;
      await this.#run(() => this.#chunks.deleteMany({ files_id: _id }));
      removed++;
    }
    return removed;
  }

  /** What was not brought to its end; a blob that has its name is whole, and only its row was left behind. */
  async #sweepUpload(_id: ObjectId): Promise<void> {
    await this.#files.deleteOne({ _id, 'metadata.named': { $exists: false } });
    if (await this.#files.findOne({ _id })) await this.#uploads.deleteOne({ _id });
    else await this.#clear(_id);
  }

  async #upload(
    _id: ObjectId,
    source: AsyncIterable<Uint8Array> | Uint8Array,
  ): Promise<{ blob: string; length: number }> {
    const hash = createHash('sha256');
    let length = 0;
    const upload = this.#bucket.openUploadStreamWithId(_id, INCOMING, { metadata: { touched: Date.now() } });
    const ended = once(upload, 'finish');
    // Whoever waits for it below is told.
    ended.catch(() => undefined);
    try {
      for await (const chunk of source instanceof Uint8Array ? [source] : source) {
        hash.update(chunk);
        length += chunk.length;
        if (!upload.write(chunk)) await Promise.race([once(upload, 'drain'), ended]);
      }
      upload.end();
      await ended;
      return { blob: hash.digest('hex'), length };
    } catch (error) {
      upload.destroy();
      await this.#clear(_id).catch(() => undefined);
      throw unavailable(error);
    }
  }

  /** Gives the file its name, or lets go of it where one of that name is there, which is young again then. */
  async #settle(_id: ObjectId, blob: string): Promise<void> {
    for (;;) {
      const { matchedCount } = await this.#files.updateOne(
        { filename: blob },
        { $set: { 'metadata.touched': Date.now() } },
      );
      if (matchedCount > 0) return this.#clear(_id);
      try {
        await this.#files.updateOne({ _id }, { $set: { filename: blob, 'metadata.named': true } });
        return;
      } catch (error) {
        if (codeOf(error) !== DUPLICATE_KEY) throw error;
      }
    }
  }

  async #clear(_id: ObjectId): Promise<void> {
    await this.#files.deleteOne({ _id });
    await this.#chunks.deleteMany({ files_id: _id });
    await this.#uploads.deleteOne({ _id });
  }

  async #inUse(blob: string): Promise<boolean> {
    const { statements, items } = this.#connection.collections;
    return this.#connection.run(
      async (session) =>
        (await statements.findOne({ 'attachments.blob': blob }, { session, projection: { _id: 1 } })) !== null ||
        (await items.findOne({ blobs: blob }, { session, projection: { _id: 1 } })) !== null,
    );
  }

  /** The bucket has no sessions; the errors become ours all the same. */
  #run<T>(work: () => Promise<T>): Promise<T> {
    return this.#connection.run(work);
  }
}
