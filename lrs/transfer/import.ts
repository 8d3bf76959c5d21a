/** Stores statements in bulk: some hundreds a commit, several commits under way, and a refused one alone. */
import { LivretError } from '../errors.ts';
import { asLivretError } from '../refusals.ts';
import type { Received } from '../resources/statement-attachments.ts';
import type { NewStatement, Store } from '../store/store.ts';
import type { Piece } from './piece.ts';
import { type ImportRules, prepare, readPiece } from './read-piece.ts';

export interface Counts {
  /** Statements looked at. */
  read: number;
  stored: number;
  /** Already there: an equal one, or one that was erased. */
  same: number;
  refused: number;
}

/** A statement that was not taken, and why. */
export interface Refused {
  /** Line of the source on which it begins; of a page, when the source is another LRS. */
  line: number;
  id: string | null;
  error: LivretError;
  text: Buffer;
}

interface Entry {
  piece: Piece;
  statement: NewStatement;
}

/** Statements and bytes of a commit: large enough that the disk is not waited for, small enough to validate in a breath. */
const BATCH = 500;
const BATCH_BYTES = 4 * 1024 * 1024;
const COMMITS_UNDER_WAY = 4;

/** One import. Idempotent: what is there already is counted as such. */
export class StatementImport {
  readonly counts: Counts = { read: 0, stored: 0, same: 0, refused: 0 };
  readonly #store: Store;
  readonly #rules: ImportRules;
  readonly #refused: (refused: Refused) => Promise<void>;
  readonly #underWay = new Set<Promise<void>>();
  #batch = new Map<string, Entry>();
  #bytes = 0;
  #failure: { error: unknown } | undefined;

  constructor(store: Store, rules: ImportRules, refused: (refused: Refused) => Promise<void>) {
    this.#store = store;
    this.#rules = rules;
    this.#refused = refused;
  }

  /**
   * Takes some statements, with the contents of attachments that came along. Resolves when it can take more; rejects with
   * what the store failed with (`store.unavailable`) on these or on earlier ones.
   */
  async take(pieces: readonly Piece[], received: Received = new Map()): Promise<void> {
    for (const piece of pieces) {
      this.counts.read++;
      try {
        const statement = prepare(readPiece(piece.text, this.#rules), received, this.#rules);
        // Of two of one id only the store can say whether they are equal: each in a commit of its own.
        if (this.#batch.has(statement.id)) await this.#send();
        this.#batch.set(statement.id, { piece, statement });
        this.#bytes += piece.text.length;
      } catch (error) {
        await this.#refuse(piece, error);
      }
      if (this.#batch.size >= BATCH || this.#bytes >= BATCH_BYTES) await this.#send();
    }
  }

  /** Resolves once everything taken is on disk or refused. */
  async flush(): Promise<void> {
    await this.#send();
    await Promise.all(this.#underWay);
    if (this.#failure) throw this.#failure.error;
  }

  async #send(): Promise<void> {
    while (this.#underWay.size >= COMMITS_UNDER_WAY) await Promise.race(this.#underWay);
    if (this.#failure) throw this.#failure.error;
    if (this.#batch.size === 0) return;
    const entries = [...this.#batch.values()];
    this.#batch = new Map();
    this.#bytes = 0;
    const commit = this.#commit(entries)
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => this.#underWay.delete(commit));
    this.#underWay.add(commit);
  }

  /** Together; where that is refused, each alone, so that it takes no neighbour along. */
  async #commit(entries: readonly Entry[]): Promise<void> {
    try {
      const { outcomes } = await this.#store.commit({ statements: entries.map(({ statement }) => statement) });
      for (const outcome of outcomes) this.counts[outcome]++;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const [entry] = entries;
      if (entries.length > 1) await Promise.all(entries.map((each) => this.#commit([each])));
      else if (entry !== undefined) await this.#refuse(entry.piece, error, entry.statement.id);
    }
  }

  async #refuse({ line, text }: Piece, thrown: unknown, id: string | null = null): Promise<void> {
    const error = asLivretError(thrown);
    if (error === undefined || !isRefusal(error)) throw thrown;
    this.counts.refused++;
    await this.#refused({ line, id, error, text });
  }
}

/** True where the statement is to blame, and not the store. */
const isRefusal = (error: unknown): boolean => error instanceof LivretError && error.status < 500;
