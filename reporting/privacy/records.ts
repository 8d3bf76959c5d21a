/** What publishing keeps in the store, so that no rebuild, move or erasure changes a figure that was given out (rule 8). */
import type { CollectionSpec } from '../../lrs/index.ts';
import type { Quartiles } from './figures.ts';

/** The merge tree of a family and year. Id: `<family>:<year>`. */
export interface TreeRecord {
  family: string;
  year: number;
  /** Decides how counts are rounded (see draw.ts). */
  secret: string;
  /** See encode.ts. */
  root: string;
}

export const TREES: CollectionSpec<TreeRecord> = { name: 'reporting.mergeTrees', indexes: {} };

/** Atoms in a row, by their places: from the one up to before the other. */
export interface Row {
  from: number;
  end: number;
}

/** A node of the tree with people enough for quartiles. */
export interface NodeRecord extends Row {
  quartiles: Record<string, Quartiles>;
}

/** What was counted up to the end of a period. */
export interface HorizonRecord {
  /** Name of that period: the publication's own, or a later one of a cohort. */
  through: string;
  /** Milliseconds: everything stored at or before it was counted, as far as a republication takes what came late. */
  asOf: number;
  publishedAt: number;
  /** Of what was published again: its first `asOf`. Whoever was erased since may be among those who were counted then. */
  firstAsOf?: number;
  nodes: NodeRecord[];
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
  /** Another one after every change. */
  revision: number;
  /** Milliseconds: everything stored at or before it was counted. */
  asOf: number;
  publishedAt: number;
  /** The settings the figures were made with. */
  minimum: number;
  timeZone: string;
  settings: Record<string, unknown>;
  atoms: number;
  /** Atoms that have 4k people together; histograms are given of whole blocks alone. */
  blocks: Row[];
  /** Oldest first; one unless it is a cohort. Empty unless published. */
  horizons: HorizonRecord[];
}

export const PUBLICATIONS: CollectionSpec<PublicationRecord> = {
  name: 'reporting.frozen',
  indexes: { metric: { fields: ['metric', 'start'] }, family: { fields: ['family', 'start'] } },
};

/**
 * What is asked of a publication again and again, and small. Written in the same commit as its record, so that its version
 * tells whether a record in memory still stands. Id: as its record.
 */
export type HeadRecord = Pick<PublicationRecord, 'metric' | 'period' | 'start' | 'state' | 'revision' | 'asOf'>;

export const HEADS: CollectionSpec<HeadRecord> = { name: 'reporting.frozenHeads', indexes: {} };

/** When a period was last looked at by the job that found what it had found before. Id: as its record. */
export interface LookRecord {
  /** Milliseconds since 1970. */
  at: number;
}

export const LOOKS: CollectionSpec<LookRecord> = { name: 'reporting.looks', indexes: {} };

/** What a publication is of. */
export type Name = Pick<PublicationRecord, 'metric' | 'period'>;

/** The leaves of some atoms of a publication; see atom-parts.ts. Id: `<metric>:<period>:<part>`. */
export interface AtomsRecord {
  metric: string;
  period: string;
  part: number;
  rows: string;
}

export const ATOMS: CollectionSpec<AtomsRecord> = {
  name: 'reporting.frozenAtoms',
  indexes: { publication: { fields: ['metric', 'period', 'part'] } },
};

/** The sums of some atoms up to the end of a period; see atom-parts.ts. Id: `<metric>:<period>:<through>:<part>`. */
export interface SumsRecord {
  metric: string;
  period: string;
  through: string;
  part: number;
  rows: string;
}

export const SUMS: CollectionSpec<SumsRecord> = {
  name: 'reporting.frozenSums',
  indexes: { publication: { fields: ['metric', 'period', 'through', 'part'] } },
};

/** All atoms of a publication together, up to each of its horizons; see totals.ts. Id: as its record. */
export interface TotalsRecord {
  metric: string;
  period: string;
  rows: string;
}

export const TOTALS: CollectionSpec<TotalsRecord> = { name: 'reporting.frozenTotals', indexes: {} };

/**
 * Some of those who stood behind the atoms of a publication, for audit, republication and erasure; never shown. See
 * members.ts. Id: `<metric>:<period>:<part>`.
 */
export interface MembersRecord {
  metric: string;
  period: string;
  part: number;
  rows: string;
}

export const MEMBERS: CollectionSpec<MembersRecord> = {
  name: 'reporting.frozenMembers',
  indexes: { publication: { fields: ['metric', 'period', 'part'] } },
};

/** Who published what when. */
export interface ActRecord {
  act: 'publish' | 'republish' | 'horizon';
  metric: string;
  period: string;
  /** 'job', 'console' or the id of a key. */
  by: string;
  /** Milliseconds. */
  time: number;
  state: PublicationState;
  /** Of a horizon: up to the end of which period. */
  through?: string;
  /** Of how many atoms the figures were replaced, and of how many they stayed. */
  replaced: number;
  kept: number;
}

export const ACTS: CollectionSpec<ActRecord> = { name: 'reporting.acts', indexes: { time: { fields: ['time'] } } };
