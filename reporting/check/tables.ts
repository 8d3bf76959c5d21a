/** The maintained tables of the read model against their recount, for a slice of people. */
import type { Query, Row } from '../projection/database.ts';
import { type Findings, isSame } from './differences.ts';
import { activeHourRows } from './recount/tables/active-hours.ts';
import { attemptRows } from './recount/tables/attempts.ts';
import { enrolmentRows } from './recount/tables/enrolments.ts';
import type { Column, TableRow } from './recount/tables/row.ts';
import { sessionRows } from './recount/tables/sessions.ts';
import type { RecountCalendar, RecountPerson, RecountSite } from './recount/types.ts';
import { IN_SLICE } from './slices.ts';

interface Table {
  name: string;
  select: string;
  /** Columns of the key, then the others: all of the table but person. */
  key: readonly string[];
  recount(person: RecountPerson): TableRow[];
}

/** A cast would write 0001-01-01 (BC) for the first day of the year 0. */
const DAYS_AS_TEXT = "* REPLACE (strftime(day, '%Y-%m-%d') AS day)";

export function tablesOf(site: RecountSite, nameOf: (calendar: RecountCalendar) => string): Table[] {
  return [
    { name: 'sessions', select: '*', key: ['starts'], recount: (person) => sessionRows(person, site, nameOf) },
    { name: 'active_hours', select: DAYS_AS_TEXT, key: ['day', 'hour'], recount: activeHourRows },
    {
      name: 'attempts',
      select: '*',
      key: ['parcours', 'module', 'registration'],
      recount: (person) => attemptRows(person, site),
    },
    { name: 'enrolments', select: '*', key: ['parcours'], recount: enrolmentRows },
  ];
}

export interface TableSlice {
  query: Query;
  slice: number;
  slices: number;
  people: ReadonlyMap<string, RecountPerson>;
  /** Whether a person is compared. */
  counts(person: string): boolean;
  pause(): Promise<void>;
}

/** Metrics have such names, too. */
const whatOf = (table: string): string => `table ${table}`;

/** Compares one table, person by person. */
export async function compareTable(
  { name, select, key, recount }: Table,
  { query, slice, slices, people, counts, pause }: TableSlice,
  findings: Findings,
): Promise<void> {
  const found = new Map<string, Map<string, Row>>();
  for (const row of await query(`SELECT ${select} FROM ${name} WHERE ${IN_SLICE}`, { slice, slices })) {
    const person = String(row.person);
    const rows = found.get(person) ?? new Map<string, Row>();
    found.set(person, rows);
    const own = keyText(key.map((column) => columnOf(row[column])));
    if (rows.has(own)) {
      findings.differ({ what: whatOf(name), period: null, person, where: own, read: 'twice', recounted: 'once' });
    }
    rows.set(own, row);
  }
  for (const person of new Set([...found.keys(), ...people.keys()])) {
    if (!counts(person)) continue;
    await pause();
    const rows = found.get(person) ?? new Map<string, Row>();
    const known = people.get(person);
    const wanted = new Map((known ? recount(known) : []).map((row) => [keyText(row.key), row]));
    findings.compared(whatOf(name), wanted.size);
    comparePerson(whatOf(name), person, rows, wanted, findings);
  }
}

/** Instants as people read them. */
const shown = (column: string, value: Column): Column =>
  typeof value === 'number' && (column === 'ends' || column.endsWith('_at')) ? new Date(value).toISOString() : value;

const keyText = (key: readonly Column[]): string =>
  key.map((part) => (typeof part === 'number' && part > 1e10 ? new Date(part).toISOString() : String(part))).join(' ');

function comparePerson(
  what: string,
  person: string,
  found: ReadonlyMap<string, Row>,
  wanted: ReadonlyMap<string, TableRow>,
  findings: Findings,
): void {
  for (const [where, { columns }] of wanted) {
    const row = found.get(where);
    const about = { what, period: null, person };
    if (!row) {
      findings.differ({ ...about, where, read: null, recounted: 'a row' });
      continue;
    }
    for (const [column, recounted] of Object.entries(columns)) {
      const read = columnOf(row[column]);
      if (isSame(read, recounted)) continue;
      const [shownRead, shownRecounted] = [shown(column, read), shown(column, recounted)];
      findings.differ({ ...about, where: `${where}: ${column}`, read: shownRead, recounted: shownRecounted });
    }
  }
  for (const where of found.keys()) {
    if (!wanted.has(where)) findings.differ({ what, period: null, person, where, read: 'a row', recounted: null });
  }
}

/** What DuckDB gives, as a recount has it. */
function columnOf(value: unknown): Column {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.getTime();
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'number' ? value : String(value);
}
