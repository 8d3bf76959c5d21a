import { type Position, positionAt, type StatementQuery } from './store.ts';

/** Positions from `low` to `high`, both included. */
export interface PositionRange {
  low: Position;
  high: Position;
}

/** Where a query looks: `since`, `until` and the cursor as positions. Empty where low > high. */
export function rangeOf({ since, until, after, ascending }: StatementQuery): PositionRange {
  let low = since === undefined ? 0 : positionAt(since + 1);
  let high = until === undefined ? Number.MAX_SAFE_INTEGER : positionAt(until + 1) - 1;
  if (after !== undefined) {
    if (ascending) low = Math.max(low, after + 1);
    else high = Math.min(high, after - 1);
  }
  return { low, high };
}
