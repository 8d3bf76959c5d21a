/** What publishing keeps in the store, so that no rebuild, move or erasure changes a figure that was given out (rule 8). */
import type { CollectionSpec } from '../../lrs/index.ts';
import type { Figures } from '../metrics/metric.ts';
import type { Leaf, TreeNode } from './tree.ts';

/** The merge tree of a family and year. Id: `<family>:<year>`. */
export interface TreeRecord {
  family: string;
  year: number;
  root: TreeNode;
}

export const TREES: CollectionSpec<TreeRecord> = { name: 'reporting.trees', indexes: {} };

/** A figure about these directions, and what was not given. */
export interface Cell {
  directions: string[];
  figures: Figures;
  /** Names of the figures not given because too few people stand behind them. */
  withheld: string[];
}

/** What was found when a period was looked at: figures, or why there are none. Only figures are frozen. */
export type PublicationState = 'published' | 'nobody' | 'tooFew';

/** A metric of a period. Id: `<metric>:<period>`. */
export interface PublicationRecord {
  metric: string;
  family: string;
  period: string;
  /** First instant of the period and the first one after it, milliseconds. */
  start: number;
  end: number;
  state: PublicationState;
  /** Milliseconds: everything stored at or before it was counted. */
  asOf: number;
  publishedAt: number;
  /** The settings the figures were made with. */
  minimum: number;
  timeZone: string;
  /** Empty unless published. */
  cells: Cell[];
  ministry: Cell | null;
  atoms: number;
}

export const PUBLICATIONS: CollectionSpec<PublicationRecord> = {
  name: 'reporting.publications',
  indexes: { metric: { fields: ['metric', 'start'] }, family: { fields: ['family', 'start'] } },
};

/** Internal id of a person, which leaf of the atom they stand in, and the values of the metric. */
export type Member = readonly [person: string, leaf: number, ...values: number[]];

/**
 * Who stood behind an atom, for audit, republication and erasure; never shown. Every version stays: what was once given
 * out can be subtracted for ever. Id: `<metric>:<period>:<number>:<version>`.
 */
export interface AtomRecord {
  metric: string;
  period: string;
  number: number;
  version: number;
  leaves: Leaf[];
  members: Member[];
}

export const ATOMS: CollectionSpec<AtomRecord> = {
  name: 'reporting.atoms',
  indexes: { publication: { fields: ['metric', 'period', 'number', 'version'] } },
};

/** Who published what when. */
export interface ActRecord {
  act: 'publish' | 'republish';
  metric: string;
  period: string;
  /** 'job', 'console' or the id of a key. */
  by: string;
  /** Milliseconds. */
  time: number;
  state: PublicationState;
  /** Of how many atoms the figures were replaced, and of how many they stayed. */
  replaced: number;
  kept: number;
}

export const ACTS: CollectionSpec<ActRecord> = { name: 'reporting.acts', indexes: { time: { fields: ['time'] } } };
