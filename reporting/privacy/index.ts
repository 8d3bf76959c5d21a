/** The one door through which figures about groups leave: published cells (facts/published-cells.md). */
export { quartileMinimum } from './cells.ts';
export { duePeriods } from './due.ts';
export { labelOf } from './label.ts';
export { findPublication, publish } from './publish.ts';
export type { Publisher } from './publisher.ts';
export { type Cell, PUBLICATIONS, type PublicationRecord, type PublicationState } from './records.ts';
export { republish } from './republish.ts';
