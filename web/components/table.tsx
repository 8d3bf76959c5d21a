/** A table of data: caption, units in the column heads, numbers on the right, a scroll region that the keyboard reaches. */
import type { ComponentChildren } from 'preact';
import { formatNumber } from '../format.ts';
import type { Language } from '../language.ts';
import { words } from '../words.ts';
import { ScrollRegion } from './scroll.tsx';

export interface Column<Row> {
  heading: string;
  /** Written after the heading, in brackets: « h », « % », « personnes ». */
  unit?: string;
  /** What the cell shows. Numbers are written the way of the language; null is a dash that says « pas de valeur ». */
  value: (row: Row) => ComponentChildren;
  /** Right-aligned, with figures of one width. */
  numeric?: boolean;
  /** At most this many decimals; 2. */
  digits?: number;
  /** The cells of this column name their row (th scope=row). */
  rowHeader?: boolean;
}

export interface DataTableProps<Row> {
  /** Unique in the page; the caption is `<id>-caption`. */
  id: string;
  lang: Language;
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  /** Said in place of the rows when there are none. */
  empty?: string;
}

export function DataTable<Row>({ id, lang, caption, columns, rows, empty }: DataTableProps<Row>) {
  return (
    <ScrollRegion labelledBy={`${id}-caption`}>
      <table class="table" id={id}>
        <caption id={`${id}-caption`}>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th scope="col" class={alignment(column)} key={column.heading}>
                {column.heading}
                {column.unit && <span class="unit"> ({column.unit})</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.length === 0 && (
            <tr>
              <td colSpan={columns.length}>{empty ?? words[lang].noRows}</td>
            </tr>
          )}
          {rows.map((row, index) => (
            <tr key={index}>
              {columns.map((column) => (
                <Cell column={column} lang={lang} value={column.value(row)} key={column.heading} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function Cell<Row>({ column, lang, value }: { column: Column<Row>; lang: Language; value: ComponentChildren }) {
  const content = shown(value, lang, column.digits);
  return column.rowHeader ? (
    <th scope="row" class={alignment(column)}>
      {content}
    </th>
  ) : (
    <td class={alignment(column)}>{content}</td>
  );
}

const alignment = (column: { numeric?: boolean }): string | undefined => (column.numeric ? 'numeric' : undefined);

function shown(value: ComponentChildren, lang: Language, digits?: number): ComponentChildren {
  if (typeof value === 'number') return Number.isFinite(value) ? formatNumber(lang, value, digits) : noValue(lang);
  return value === null || value === undefined ? noValue(lang) : value;
}

const noValue = (lang: Language) => (
  <>
    <span aria-hidden="true">–</span>
    <span class="visually-hidden">{words[lang].noValue}</span>
  </>
);
