import { randomUUID } from 'node:crypto';
import { type Collection, type Db, type Document, MongoClient } from 'mongodb';

/** What opening a store makes of an empty database: by collection, the documents in it. */
type Blank = ReadonlyMap<string, readonly Document[]>;

/** ms after which a database is given up that cannot be emptied: a process that was killed may hold it for a minute more. */
const EMPTIED_WITHIN = 5_000;

/** Databases for the tests. Making its indexes takes longer than most tests: each is emptied and given out again. */
export class DatabasePool {
  readonly #address: string;
  readonly #prepare: (address: string) => Promise<void>;
  readonly #client: MongoClient;
  readonly #blanks = new Map<string, Blank>();
  readonly #free: string[] = [];

  /** `address` is of the server; `prepare` makes what an empty store needs in a database, given its address. */
  constructor(address: string, prepare: (address: string) => Promise<void>) {
    this.#address = address;
    this.#prepare = prepare;
    this.#client = new MongoClient(address, { writeConcern: { w: 'majority' } });
  }

  /** The address of a database with an empty store in it. */
  async take(): Promise<string> {
    const used = this.#free.pop();
    if (used !== undefined) return this.#addressOf(used);
    const name = `livret-test-${randomUUID().slice(0, 8)}`;
    await this.#prepare(this.#addressOf(name));
    this.#blanks.set(name, await contentsOf(this.#client.db(name)));
    return this.#addressOf(name);
  }

  /** Takes a database back and empties it. */
  async giveBack(address: string): Promise<void> {
    const name = [...this.#blanks.keys()].find((each) => this.#addressOf(each) === address);
    const blank = name === undefined ? undefined : this.#blanks.get(name);
    if (name === undefined || blank === undefined) throw new Error(`not of this pool: ${address}`);
    try {
      await empty(this.#client.db(name), blank);
      this.#free.push(name);
    } catch {
      // Left as it is until the end.
    }
  }

  /** Removes them all. */
  async close(): Promise<void> {
    const names = [...this.#blanks.keys()];
    await Promise.allSettled(names.map((name) => this.#client.db(name).dropDatabase()));
    await this.#client.close();
  }

  #addressOf(name: string): string {
    return this.#address.replace(/^([a-z+]+:\/\/[^/?]+)(\/[^?]*)?/, `$1/${name}`);
  }
}

async function contentsOf(database: Db): Promise<Blank> {
  const collections = await database.collections();
  return new Map(
    await Promise.all(collections.map(async (each) => [each.collectionName, await each.find().toArray()] as const)),
  );
}

async function empty(database: Db, blank: Blank): Promise<void> {
  const restore = async (collection: Collection): Promise<void> => {
    const documents = blank.get(collection.collectionName);
    if (documents === undefined) return void (await collection.drop());
    await collection.deleteMany({}, { maxTimeMS: EMPTIED_WITHIN });
    if (documents.length > 0) await collection.insertMany([...documents]);
  };
  await Promise.all((await database.collections()).map(restore));
}
