/** A table of data: caption, units in the column heads, numbers on the right, a scroll region that the keyboard reaches. */
import type { ComponentChildren } from 'preact';
import { formatNumber } from '../format.ts';
import type { Language } from '../language.ts';
import { usePage } from '../page-context.ts';
import { linkWith, type Sort } from '../query.ts';
import { words } from '../words.ts';

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
  /** Name by which the rows can be ordered (`sort=NAME` in the address; see `sortOf`); without it they cannot. */
  sort?: string;
}

export interface DataTableProps<Row> {
  /** Unique in the page; the caption is `<id>-caption`. */
  id: string;
  /** The page's by default. */
  lang?: Language;
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  /** How the rows are ordered now. */
  sort?: Sort | undefined;
  /** Said in place of the rows when there are none. */
  empty?: string;
}

export function DataTable<Row>({ id, caption, columns, rows, sort, empty, ...props }: DataTableProps<Row>) {
  const page = usePage();
  const lang = props.lang ?? page.lang;
  return (
    <div class="fr-table">
      <div class="fr-table__wrapper">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard (WCAG 2.1.1). */}
        <section class="fr-table__container" tabIndex={0} aria-labelledby={`${id}-caption`}>
          <div class="fr-table__content">
            <table id={id}>
              <caption id={`${id}-caption`}>{caption}</caption>
              <thead>
                <tr>
                  {columns.map((column) => (
                    <Heading column={column} lang={lang} path={page.path} sort={sort} key={column.heading} />
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
          </div>
        </section>
      </div>
    </div>
  );
}

interface HeadingProps<Row> {
  column: Column<Row>;
  lang: Language;
  path: string;
  sort: Sort | undefined;
}

function Heading<Row>({ column, lang, path, sort }: HeadingProps<Row>) {
  const title = (
    <>
      {column.heading}
      {column.unit && <span class="livret-unit"> ({column.unit})</span>}
    </>
  );
  if (column.sort === undefined) {
    return (
      <th scope="col" class={alignment(column)}>
        {title}
      </th>
    );
  }
  const now = sort?.key === column.sort ? (sort.descending ? 'descending' : 'ascending') : undefined;
  const next = now === 'ascending' ? 'descending' : 'ascending';
  const say = words[lang].sort;
  const look = now === undefined ? '' : ` fr-btn--sort-${now === 'ascending' ? 'asc' : 'desc'}`;
  return (
    <th scope="col" class={alignment(column)} aria-sort={now}>
      <div class="fr-cell--sort">
        <span class="fr-cell__title">{title}</span>
        <a
          class={`fr-btn fr-btn--sort fr-btn--sm${look}`}
          href={linkWith(path, { sort: next === 'descending' ? `-${column.sort}` : column.sort, page: undefined })}
        >
          {`${say.by(column.heading)} (${say[next]})`}
        </a>
      </div>
    </th>
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

const alignment = (column: { numeric?: boolean }): string | undefined =>
  column.numeric ? 'fr-cell--right livret-numeric' : undefined;

function shown(value: ComponentChildren, lang: Language, digits?: number): ComponentChildren {
  if (typeof value === 'number') return Number.isFinite(value) ? formatNumber(lang, value, digits) : noValue(lang);
  return value === null || value === undefined ? noValue(lang) : value;
}

const noValue = (lang: Language) => (
  <>
    <span aria-hidden="true">–</span>
    <span class="fr-sr-only">{words[lang].noValue}</span>
  </>
);
