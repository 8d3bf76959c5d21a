/** Queries that people keep by name, each for themselves. */
import type { CollectionSpec } from '../../../lrs/index.ts';

/** What a query is over: published cells, or rows of people. */
export type Over = 'cells' | 'rows';

/** Characters. */
export const LONGEST_NAME = 100;

export interface KeptQuery {
  /** Id of a person. */
  owner: string;
  over: Over;
  /** At most LONGEST_NAME. */
  name: string;
  /** The name as names are compared: one query of a person each. */
  folded: string;
  sql: string;
  /** Milliseconds. */
  updatedAt: number;
}

export const KEPT: CollectionSpec<KeptQuery> = {
  name: 'reporting.sqlQueries',
  indexes: { name: { fields: ['owner', 'over', 'folded'], unique: true } },
};
