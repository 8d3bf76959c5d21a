import { LivretError } from '../../errors.ts';
import type { Commit, Committed } from '../store.ts';
import { isOutOfReach } from './connection.ts';
import type { GroupWriter } from './group-writer.ts';

/** Statements in one transaction: enough to share its cost, few enough to answer soon. */
const GROUP_STATEMENTS = 500;
const GROUP_COMMITS = 200;
/** Characters of JSON in one transaction. */
const GROUP_TEXT = 8 * 2 ** 20;
/** While some are on their way to the disks the next are gathered; so many statements need not wait for them. */
const GROUPS_UNDER_WAY = 2;
const LARGE = 100;
/**
 * ms that the next group waits for those who have just been answered: mostly they ask again. A transaction costs some
 * milliseconds however small it is, and half of the clients in each of two groups would pay them twice as often.
 */
const GATHERED_WITHIN = 2;
/** ms after which a group holds the next ones up no longer: it waits for something else than the disk. */
const SLOW = 50;
/** Commits that change collections go alone, since each may be refused for what it expects. */
const ALONE_UNDER_WAY = 8;

interface Waiting {
  commit: Required<Commit>;
  resolve(committed: Committed): void;
  reject(error: unknown): void;
}

/** Gathers the commits that are asked for at the same time into groups. */
export class CommitQueue {
  readonly #writer: GroupWriter;
  readonly #plain: Waiting[] = [];
  readonly #changing: Waiting[] = [];
  /** In all of #plain. */
  #statements = 0;
  #groups = 0;
  #alone = 0;
  /** When the last group began, and when one was done. */
  #begun = 0;
  #done = 0;
  /** Commits that were asked for at the same time when the last group was done. */
  #expected = 0;
  #waiting: NodeJS.Timeout | undefined;
  #closing = false;

  constructor(writer: GroupWriter) {
    this.#writer = writer;
  }

  run(commit: Required<Commit>): Promise<Committed> {
    if (this.#closing) return Promise.reject(new LivretError('store.unavailable', { detail: 'It is closing.' }));
    return new Promise((resolve, reject) => {
      const waiting = { commit, resolve, reject };
      if (commit.changes.length > 0) this.#changing.push(waiting);
      else {
        this.#plain.push(waiting);
        this.#statements += commit.statements.length;
      }
      // requests read in the same turn of the event loop join the group
      setImmediate(() => this.#send());
    });
  }

  /** Takes nothing more, and resolves once what was taken is answered. */
  async close(): Promise<void> {
    this.#closing = true;
    while (this.#plain.length + this.#changing.length + this.#groups + this.#alone > 0) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  #send(): void {
    while (this.#plain.length > 0 && this.#groups < GROUPS_UNDER_WAY) {
      const patience = this.#statements < LARGE ? this.#patience() : 0;
      clearTimeout(this.#waiting);
      if (patience > 0) {
        this.#waiting = setTimeout(() => this.#send(), patience);
        break;
      }
      this.#groups++;
      this.#begun = performance.now();
      const group = this.#take();
      this.#write(group, () => {
        this.#groups--;
        this.#done = performance.now();
        this.#expected = group.length + this.#plain.length;
      });
    }
    while (this.#changing.length > 0 && this.#alone < ALONE_UNDER_WAY) {
      this.#alone++;
      this.#write(this.#changing.splice(0, 1), () => this.#alone--);
    }
  }

  /** ms to wait for more: until the group under way is done, or those who were just answered have asked again. */
  #patience(): number {
    if (this.#groups > 0) return this.#begun + SLOW - performance.now();
    return this.#plain.length < this.#expected ? this.#done + GATHERED_WITHIN - performance.now() : 0;
  }

  #take(): Waiting[] {
    let statements = 0;
    let text = 0;
    let end = 0;
    for (const { commit } of this.#plain) {
      const { length } = commit.statements;
      text += commit.statements.reduce((sum, statement) => sum + statement.text.length, 0);
      if (end > 0 && (statements + length > GROUP_STATEMENTS || text > GROUP_TEXT || end >= GROUP_COMMITS)) break;
      statements += length;
      end++;
    }
    this.#statements -= statements;
    return this.#plain.splice(0, end);
  }

  async #write(waiting: Waiting[], done: () => void): Promise<void> {
    const results = await this.#writer.run(waiting.map(({ commit }) => commit));
    done();
    const gone = results.find((result) => 'error' in result && isOutOfReach(result.error));
    // Those who have waited behind it would wait for MongoDB as long again.
    if (gone && 'error' in gone) this.#refuse(gone.error);
    this.#send();
    results.forEach((result, n) => {
      if ('error' in result) waiting[n]?.reject(result.error);
      else waiting[n]?.resolve(result.value);
    });
  }

  #refuse(error: unknown): void {
    this.#statements = 0;
    for (const { reject } of [...this.#plain.splice(0), ...this.#changing.splice(0)]) reject(error);
  }
}
