/** The one door through which figures about groups leave: published cells (facts/published-cells.md). */
export {
  type Ask,
  type By,
  byOf,
  type Cell,
  cellsOf,
  exactlyNamed,
  idOf,
  knownCellsOf,
  leavesIn,
  type Publication,
  quartileMinimum,
  sizeOfCells,
  totalOf,
  type Whole,
  wholeOf,
} from './cells.ts';
export { cutUnits } from './cut-atoms.ts';
export { DIMENSIONS, type Dimension, setsOf, valueIn } from './dimensions.ts';
export { ROUNDING } from './draw.ts';
export { duePeriods, periodsWithStatements } from './due.ts';
export { type Figure, fieldsOf } from './figures.ts';
export { moveFootings } from './footing.ts';
export { erasedAt, forgetErased, isErasedSince } from './forget.ts';
export { completeHeads, publicationId, readHeads, readHeadVersions } from './heads.ts';
export { holdingLabel, MINISTRY, type NameOf } from './holding.ts';
export { LATER_PERIODS, publishHorizons } from './horizons.ts';
export { labelOf } from './label.ts';
export { Layout } from './layout.ts';
export { idsNow, peopleKnown, readUnits } from './members.ts';
export { perimetersOf } from './perimeters.ts';
export { JOB, publish } from './publish.ts';
export type { Publisher } from './publisher.ts';
export { readStanding, readWhole, type Standing } from './read.ts';
export { type Name, PUBLICATIONS, type PublicationRecord, type PublicationState } from './records.ts';
export { republish } from './republish.ts';
export { unlessConflict } from './retry.ts';
export type { Leaf } from './tree.ts';
