/** A row of a maintained table: what it is of, and its columns by name. Instants in ms, days as YYYY-MM-DD. */
export type Column = string | number | null;

export interface TableRow {
  /** The columns that tell it from the person's other rows. */
  key: readonly Column[];
  columns: Readonly<Record<string, Column>>;
}
