/** A table of data: caption, units in the column heads, numbers on the right, a scroll region that the keyboard reaches. */
import type { ComponentChildren } from 'preact';
import { formatNumber, formatPercent } from '../format.ts';
import type { Language } from '../language.ts';
import { usePage } from '../page-context.ts';
import { linkWith, type Sort } from '../query.ts';
import { words } from '../words.ts';
import { isLong, widthOf } from './table-width.ts';

export interface Column<Row> {
  heading: string;
  /** Written after the heading, in brackets: « h », « % », « personnes ». */
  unit?: string;
  /** What the cell shows. Numbers are written the way of the language; null is a dash that says « pas de valeur ». */
  value: (row: Row) => ComponentChildren;
  /** Right-aligned, with figures of one width. */
  numeric?: boolean;
  /** At most this many decimals; 2, of a percentage 1. */
  digits?: number;
  /** Numbers are shares: 0.86 is written « 86 % ». */
  percent?: boolean | undefined;
  /** The cells of this column name their row (th scope=row). In the first column they stay where they are while the others scroll. */
  rowHeader?: boolean;
  /** Name by which the rows can be ordered (`sort=NAME` in the address; see `sortOf`); without it they cannot. */
  sort?: string;
}

export interface DataTableProps<Row> {
  /** Unique in the page; the caption is `<id>-caption`. */
  id: string;
  /** The page's by default. */
  lang?: Language;
  caption: string;
  /** The heading over it says the same: the caption is there for screen readers alone. */
  captionHidden?: boolean;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  /** How the rows are ordered now. */
  sort?: Sort | undefined;
  /** Said in place of the rows when there are none. */
  empty?: string;
}

export function DataTable<Row>({
  id,
  caption,
  captionHidden,
  columns,
  rows,
  sort,
  empty,
  ...props
}: DataTableProps<Row>) {
  const page = usePage();
  const lang = props.lang ?? page.lang;
  return (
    <div class={`fr-table${captionHidden ? ' fr-table--no-caption' : ''}${widthOf(columns)}`}>
      <div class="fr-table__wrapper">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard (WCAG 2.1.1). */}
        <section class="fr-table__container" tabIndex={0} aria-labelledby={`${id}-caption`}>
          <div class="fr-table__content">
            <table id={id}>
              <caption id={`${id}-caption`}>{caption}</caption>
              <thead>
                <tr>
                  {columns.map((column, index) => (
                    <Heading
                      first={index === 0}
                      column={column}
                      lang={lang}
                      path={page.path}
                      sort={sort}
                      key={column.heading}
                    />
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
                    {columns.map((column, position) => (
                      <Cell
                        first={position === 0}
                        column={column}
                        lang={lang}
                        value={column.value(row)}
                        key={column.heading}
                      />
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
      </div>
    </div>
  );
}

interface HeadingProps<Row> {
  column: Column<Row>;
  first: boolean;
  lang: Language;
  path: string;
  sort: Sort | undefined;
}

function Heading<Row>({ column, first, lang, path, sort }: HeadingProps<Row>) {
  const title = (
    <>
      {column.heading}
      {column.unit && <span class="livret-unit"> ({column.unit})</span>}
    </>
  );
  if (column.sort === undefined) {
    return (
      <th scope="col" class={look(column, first)}>
        {title}
      </th>
    );
  }
  const now = sort?.key === column.sort ? (sort.descending ? 'descending' : 'ascending') : undefined;
  const next = now === 'ascending' ? 'descending' : 'ascending';
  const say = words[lang].sort;
  const order = now === undefined ? '' : ` fr-btn--sort-${now === 'ascending' ? 'asc' : 'desc'}`;
  return (
    <th scope="col" class={look(column, first)} aria-sort={now}>
      <div class="fr-cell--sort">
        <span class="fr-cell__title">{title}</span>
        <a
          class={`fr-btn fr-btn--sort fr-btn--sm${order}`}
          href={linkWith(path, { sort: next === 'descending' ? `-${column.sort}` : column.sort, page: undefined })}
        >
          {`${say.by(column.heading)} (${say[next]})`}
        </a>
      </div>
    </th>
  );
}

interface CellProps<Row> {
  column: Column<Row>;
  first: boolean;
  lang: Language;
  value: ComponentChildren;
}

function Cell<Row>({ column, first, lang, value }: CellProps<Row>) {
  const content = shown(value, lang, column);
  const long = !(first && column.rowHeader) && isLong(value);
  return column.rowHeader ? (
    <th scope="row" class={look(column, first, long)}>
      {content}
    </th>
  ) : (
    <td class={look(column, first, long)}>{content}</td>
  );
}

function look(
  { numeric, rowHeader }: Pick<Column<unknown>, 'numeric' | 'rowHeader'>,
  first: boolean,
  long = false,
): string | undefined {
  const fixed = first && rowHeader ? ['fr-cell--fixed'] : [];
  const right = numeric ? ['fr-cell--right', 'livret-numeric'] : [];
  return [...fixed, ...right, ...(long ? ['livret-long'] : [])].join(' ') || undefined;
}

function shown(
  value: ComponentChildren,
  lang: Language,
  { digits, percent }: Pick<Column<unknown>, 'digits' | 'percent'>,
): ComponentChildren {
  if (typeof value !== 'number') return value === null || value === undefined ? noValue(lang) : value;
  if (!Number.isFinite(value)) return noValue(lang);
  return percent ? formatPercent(lang, value, digits) : formatNumber(lang, value, digits);
}

const noValue = (lang: Language) => (
  <>
    <span aria-hidden="true">–</span>
    <span class="fr-sr-only">{words[lang].noValue}</span>
  </>
);
