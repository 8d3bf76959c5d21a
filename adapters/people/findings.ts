/** What an import found and did: counts, and examples for who wants to look before, or after. */
import type { Outcome, Place, Role, Tree } from '../../lrs/directory/index.ts';
import type { Header } from './read-file.ts';
import type { Row } from './row.ts';

/** How many lines went which way; a line about a person already met in the file counts by what it changed. */
export interface Counts {
  lines: number;
  new: number;
  changed: number;
  unchanged: number;
  refused: number;
}

/** A line as it was understood. Times are ms since 1970. */
export interface Understood extends Place {
  line: number;
  identifier: string;
  familyName?: string;
  givenName?: string;
  email?: string;
  roles: Role[];
  from?: number;
  to?: number;
}

export interface Move {
  line: number;
  from: Place;
  to: Place;
}

/** Why nobody was closed: lines of which nobody can tell whose they are, or more than can have left. */
export type NotClosed = 'unread' | 'tooMany';

/** People of the file's providers who belong somewhere and are not in a file that is said to be complete. */
export interface Left {
  found: number;
  /** Of those, who was closed; in a dry run who would be. */
  closed: number;
  /** Those of each provider: who is known by several is of each of them. First where the most are missing. */
  providers: { provider: string; found: number; of: number; refused?: NotClosed }[];
  /** Ids of the first of them. */
  examples: string[];
  /** There where somebody was not closed. */
  refused?: NotClosed;
}

export interface Findings extends Counts {
  /** The columns as they were recognised. */
  columns: Header[];
  first: Understood[];
  /** Directions that were not known before, the first of them in order of their names. */
  newDirections: { count: number; names: string[] };
  /** People who belong elsewhere than before. */
  moves: { count: number; examples: Move[] };
  /** There where the file is said to be complete. */
  left?: Left;
}

const FIRST_LINES = 5;
const MOST_MOVES = 20;
const MOST_NAMES = 100;

const understood = (line: number, { agentKey, record: { identifiers: _identifiers, membership, ...names } }: Row) => ({
  line,
  identifier: agentKey,
  ...names,
  ...membership,
});

/** Collects what is found in one file. */
export class Collector {
  readonly counts: Counts = { lines: 0, new: 0, changed: 0, unchanged: 0, refused: 0 };
  columns: Header[] = [];
  left: Left | undefined;
  readonly #tree: Tree;
  readonly #first: Understood[] = [];
  readonly #directions = new Set<string>();
  readonly #moves: Move[] = [];
  #moved = 0;

  /** `tree`: as it was before. */
  constructor(tree: Tree) {
    this.#tree = tree;
  }

  read(line: number, row: Row): void {
    const { direction } = row.record.membership;
    if (this.#first.length < FIRST_LINES) this.#first.push(understood(line, row));
    if (this.#tree.direction(direction) === undefined) this.#directions.add(direction);
  }

  /** `again`: an earlier line was about the same person, so that nobody is new (a dry run stores nothing). */
  done(line: number, outcome: Exclude<Outcome, { change: 'refused' }>, again: boolean): void {
    const change = outcome.change === 'new' && again ? 'changed' : outcome.change;
    this.counts[change] += 1;
    const move = outcome.changes.find((each) => each.what === 'moved');
    if (change === 'new' || move?.from === undefined) return;
    this.#moved += 1;
    if (this.#moves.length < MOST_MOVES) this.#moves.push({ line, from: move.from, to: move.to });
  }

  findings(): Findings {
    const names = [...this.#directions].sort((a, b) => a.localeCompare(b, 'fr'));
    return {
      ...this.counts,
      columns: this.columns,
      first: this.#first,
      newDirections: { count: names.length, names: names.slice(0, MOST_NAMES) },
      moves: { count: this.#moved, examples: this.#moves },
      ...(this.left && { left: this.left }),
    };
  }
}
