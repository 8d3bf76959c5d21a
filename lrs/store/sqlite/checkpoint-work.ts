/** What the writer and the thread that copies beside it say to each other. */

/** What the thread does. FAILED: what it copied may not have reached the disk, and nobody knows which of it. */
export const CopyState = { IDLE: 0, COPYING: 1, COPIED: 2, FAILED: 3 } as const;

export interface CheckpointWork {
  file: string;
  /** The file, open. */
  descriptor: number;
  /** Pages that may be left to the writer. */
  few: number;
  /** One CopyState, shared: a writer that is never idle would not come to read a message. */
  state: Int32Array;
}
