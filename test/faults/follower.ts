import { type FeedEntry, positionAt, type Statements, storedAt } from '../../lrs/store/store.ts';
import type { Promised, Read, ReadStatement } from './lines.ts';

const PAGE = 50;

/** Follows the feed, and notes how much there was each time the store promised that no more would come. */
export class Follower {
  readonly #statements: Statements;
  readonly #tell: (line: Read | Promised) => void;
  readonly #positions: number[] = [];
  #after: number;
  #below = 0;

  /** Begins after this place in the feed. */
  constructor(statements: Statements, after: number, tell: (line: Read | Promised) => void) {
    this.#statements = statements;
    this.#after = after;
    this.#tell = tell;
  }

  /** Reads to the present end. Gives the promise that it began with (ms). */
  async catchUp(): Promise<number> {
    const promised = await this.#statements.consistentThrough();
    for (;;) {
      const { entries, through } = await this.#statements.feed(this.#after, PAGE);
      this.#after = through;
      const statements = entries.flatMap(readStatement);
      this.#positions.push(...statements.map(({ position }) => position));
      if (statements.length > 0) this.#tell({ kind: 'read', through, statements });
      if (entries.length === 0 || through >= positionAt(promised + 1) - 1) break;
    }
    while (storedAt(this.#positions[this.#below] ?? Number.POSITIVE_INFINITY) <= promised) this.#below++;
    this.#tell({ kind: 'promised', through: promised, found: this.#below });
    return promised;
  }
}

function readStatement(entry: FeedEntry): ReadStatement[] {
  if (entry.kind !== 'statement') return [];
  const { position, id, text } = entry.statement;
  return [{ position, id, batch: JSON.parse(Buffer.from(text).toString('utf8')).context.registration }];
}
