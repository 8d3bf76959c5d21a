/** Who looked at rows of people, and how: kept for good, beside what was published by whom. */
import { createHash, randomUUID } from 'node:crypto';
import { type CollectionSpec, put, type Store } from '../../lrs/index.ts';

export interface UseRecord {
  act: 'query' | 'extract';
  /** Id of a person, 'link' or 'console'. */
  by: string;
  /** Milliseconds. */
  time: number;
  /** What was asked; of an extract nothing, for it is everything. */
  sql?: string;
  /** SHA-256 of the SQL, hex. */
  sqlHash?: string;
  /** 'begun' until it is over, and for ever where the process ended first; 'refused' also when whoever asked had gone. */
  outcome: 'begun' | 'answered' | 'refused';
  /** Rows that were given. */
  rows?: number;
}

export const USES: CollectionSpec<UseRecord> = { name: 'reporting.sqlUses', indexes: { time: { fields: ['time'] } } };

/**
 * Notes a use before it happens, and how it went after. Rejects as `work` does; where it cannot be noted, nothing
 * happens.
 */
export async function noted<T>(
  store: Store,
  use: Pick<UseRecord, 'act' | 'by' | 'time' | 'sql'>,
  work: () => Promise<T>,
  rowsOf: (result: T) => number,
): Promise<T> {
  const id = randomUUID();
  const { sql } = use;
  const hash = sql === undefined ? {} : { sqlHash: createHash('sha256').update(sql).digest('hex') };
  const note = (more: Pick<UseRecord, 'outcome' | 'rows'>) =>
    store.commit({ changes: [put(USES, id, { ...use, ...hash, ...more })] });
  await note({ outcome: 'begun' });
  try {
    const result = await work();
    await note({ outcome: 'answered', rows: rowsOf(result) });
    return result;
  } catch (error) {
    await note({ outcome: 'refused' });
    throw error;
  }
}
