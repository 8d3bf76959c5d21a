import { LivretError } from '../../errors.ts';
import type { Commit, Committed } from '../store.ts';
import type { GroupWriter } from './group-writer.ts';

/** Statements in one transaction: enough to share its cost, few enough to answer soon. */
const GROUP_STATEMENTS = 500;
const GROUP_COMMITS = 200;
/** Characters of JSON in one transaction. */
const GROUP_TEXT = 8 * 2 ** 20;
/** While some are on their way to the disks the next are gathered. */
const GROUPS_UNDER_WAY = 2;
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
  #groups = 0;
  #alone = 0;
  #closing = false;

  constructor(writer: GroupWriter) {
    this.#writer = writer;
  }

  run(commit: Required<Commit>): Promise<Committed> {
    if (this.#closing) return Promise.reject(new LivretError('store.unavailable', { detail: 'It is closing.' }));
    return new Promise((resolve, reject) => {
      (commit.changes.length > 0 ? this.#changing : this.#plain).push({ commit, resolve, reject });
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
      this.#groups++;
      this.#write(this.#take(), () => this.#groups--);
    }
    while (this.#changing.length > 0 && this.#alone < ALONE_UNDER_WAY) {
      this.#alone++;
      this.#write(this.#changing.splice(0, 1), () => this.#alone--);
    }
  }

  #take(): Waiting[] {
    let statements = 0;
    let text = 0;
    let end = 0;
    for (const { commit } of this.#plain) {
      statements += commit.statements.length;
      text += commit.statements.reduce((sum, statement) => sum + statement.text.length, 0);
      if (end > 0 && (statements > GROUP_STATEMENTS || text > GROUP_TEXT || end >= GROUP_COMMITS)) break;
      end++;
    }
    return this.#plain.splice(0, end);
  }

  async #write(waiting: Waiting[], done: () => void): Promise<void> {
    const results = await this.#writer.run(waiting.map(({ commit }) => commit));
    done();
    this.#send();
    results.forEach((result, n) => {
      if ('error' in result) waiting[n]?.reject(result.error);
      else waiting[n]?.resolve(result.value);
    });
  }
}
