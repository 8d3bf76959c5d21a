/** What a writing process tells whoever started it, a line of JSON each. */

/** A commit of STATEMENTS_A_BATCH statements, whose registration is the batch. */
export interface Stored {
  kind: 'stored';
  /** Of this process; its commits are one after the other. */
  writer: number;
  batch: string;
  /** consistentThrough, as it was before the commit was asked for. */
  before: number;
  stored: number;
}

export interface Refused {
  kind: 'refused';
  batch: string;
  /** Code of the error, and how many ms it took to come. */
  code: string;
  took: number;
}

/** A page of the feed. */
export interface Read {
  kind: 'read';
  through: number;
  statements: ReadStatement[];
}

export interface ReadStatement {
  position: number;
  id: string;
  batch: string;
}

/** consistentThrough as it was asked for, and how many statements this process has then read at or before it. */
export interface Promised {
  kind: 'promised';
  through: number;
  found: number;
}

/** Told to write no more, its writers have heard of their last commits. */
export interface Ended {
  kind: 'ended';
}

export type Line = Stored | Refused | Read | Promised | Ended;

export const STATEMENTS_A_BATCH = 3;
