import { expect } from 'chai';
import { type Position, type Store, storedAt } from '../../lrs/store/store.ts';
import { Follower } from './follower.ts';
import {
  type Line,
  type Promised,
  type ReadStatement,
  type Refused,
  STATEMENTS_A_BATCH,
  type Stored,
} from './lines.ts';

/** What one process told. */
export interface Account {
  stored: Stored[];
  refused: Refused[];
  /** Where in the feed it began, and has come to. */
  after: Position;
  through: Position;
  read: ReadStatement[];
  promised: Promised[];
  /** Whether its writers have ended. */
  ended: boolean;
}

/** Everything that was told by processes that write to one store and read from it, to be held against what is there. */
export class Ledger {
  readonly accounts: Account[] = [];

  /** A new process, whose reader begins at `after`. */
  open(after: Position): Account {
    const account: Account = { stored: [], refused: [], after, through: after, read: [], promised: [], ended: false };
    this.accounts.push(account);
    return account;
  }

  get acknowledged(): Stored[] {
    return this.accounts.flatMap(({ stored }) => stored);
  }

  /** Asserts that no process was told anything that is not so. */
  async holdsIn(store: Store): Promise<void> {
    const all = await this.#readAll(store);
    expectWholeBatches(all);
    const places = new Map(all.map(({ batch, position }) => [batch, position]));
    for (const { batch, stored, before } of this.acknowledged) {
      const place = places.get(batch);
      expect(place, `batch ${batch} was acknowledged and is not there`).to.not.equal(undefined);
      expect(storedAt(place ?? 0), 'stored as it was told').to.equal(stored);
      expect(stored, 'stored after what was consistent before').to.be.greaterThan(before);
    }
    for (const account of this.accounts) {
      expectGrowth(account);
      expectSameFeed(account, all);
      expectKept(account, all);
    }
  }

  /** The feed from its start, up to everything that was acknowledged. */
  async #readAll(store: Store): Promise<ReadStatement[]> {
    const all: ReadStatement[] = [];
    const follower = new Follower(store.statements, 0, (line) => {
      if (line.kind === 'read') all.push(...line.statements);
    });
    const last = Math.max(...this.acknowledged.map(({ stored }) => stored));
    while ((await follower.catchUp()) < last) await new Promise((resolve) => setTimeout(resolve, 100));
    return all;
  }
}

/** Adds to an account what its process told. */
export function note(account: Account, line: Line): void {
  if (line.kind === 'stored') account.stored.push(line);
  if (line.kind === 'refused') account.refused.push(line);
  if (line.kind === 'ended') account.ended = true;
  if (line.kind === 'promised') account.promised.push(line);
  if (line.kind === 'read') {
    account.read.push(...line.statements);
    account.through = line.through;
  }
}

/** Each statement once, each batch whole. */
function expectWholeBatches(all: readonly ReadStatement[]): void {
  expect(new Set(all.map(({ id }) => id)).size, 'statements in the feed once').to.equal(all.length);
  const sizes = new Map<string, number>();
  for (const { batch } of all) sizes.set(batch, (sizes.get(batch) ?? 0) + 1);
  const cut = [...sizes].filter(([, size]) => size !== STATEMENTS_A_BATCH);
  expect(cut, 'half batches').to.deep.equal([]);
}

/** A writer that has heard of one commit asks for the next: that one is stored later. */
function expectGrowth({ stored }: Account): void {
  const last = new Map<number, number>();
  for (const { writer, stored: at } of stored) {
    expect(at, 'stored grows').to.be.greaterThan(last.get(writer) ?? 0);
    last.set(writer, at);
  }
}

/** What the reader read while all this went on is what stands there now: nothing left out, nothing twice, nothing moved. */
function expectSameFeed({ after, read }: Account, all: readonly ReadStatement[]): void {
  const there = all.filter(({ position }) => position > after).slice(0, read.length);
  expect(read.map(({ id }) => id)).to.deep.equal(there.map(({ id }) => id));
}

/** Where the store promised that nothing more would be stored, nothing more was. */
function expectKept({ after, promised }: Account, all: readonly ReadStatement[]): void {
  const times = all.filter(({ position }) => position > after).map(({ position }) => storedAt(position));
  let found = 0;
  for (const promise of promised) {
    while ((times[found] ?? Number.POSITIVE_INFINITY) <= promise.through) found++;
    expect(promise.found, `read up to ${promise.through}, which was promised`).to.equal(found);
  }
}
