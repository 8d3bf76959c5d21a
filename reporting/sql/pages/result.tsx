/** What a query gave: table, chart, ways out; or why it gave nothing. */
import {
  Alert,
  Button,
  ButtonGroup,
  Chart,
  type Column,
  DataTable,
  Form,
  formatNumber,
  type Language,
  linkWith,
} from '../../../web/index.ts';
import { EXPORT_FORMATS } from '../../exports/index.ts';
import { FileLinks, FORMAT_NAMES } from '../../pages/panels/files.tsx';
import { distinct, isNumeric, numberOf } from '../answer-table.ts';
import type { Shown, SqlColumn } from '../job.ts';
import type { Over } from '../kept/index.ts';
import type { SqlAnswer } from '../run.ts';
import { type Asked, addressOf, LONGEST_ADDRESS, PAGES } from './address.ts';
import { AS_IT_IS } from './as-it-is.ts';
import { shapeOf } from './drawing.ts';
import type { Failed } from './failures.ts';
import { rowsOf, words } from './words.ts';

/** What stands on a page: more is for the files. It is written in a few hundredths of a second. */
export const SHOWN: Shown = { rows: 200, columns: 100, cells: 5000, characters: 500 };

export interface ResultProps {
  lang: Language;
  over: Over;
  asked: Asked;
  answer: SqlAnswer;
}

export function Result({ lang, over, asked, answer }: ResultProps) {
  const say = words[lang];
  const { columns, columnCount, rows, count: found, truncated, milliseconds } = answer;
  const names = distinct(columns.map(({ name }) => name));
  const values = rows.map((row): unknown[] => JSON.parse(row));
  const number = (value: number): string => formatNumber(lang, value, 0);
  const count = `${number(found)} ${rowsOf[lang](found)}`;
  return (
    <section aria-labelledby="result-title" id="result">
      <h2 id="result-title">{say.result}</h2>
      {/* On paper its form is not there. */}
      <pre class="livret-code livret-printed">
        <code>{asked.sql}</code>
      </pre>
      {truncated && <Alert kind="warning">{say.truncated(number(found))}</Alert>}
      {rows.length === found && <Drawing {...{ lang, asked, columns, names, values }} />}
      <DataTable
        id="answer"
        caption={say.rowCount(count, number(Math.max(1, Math.round(milliseconds))))}
        columns={columns.map((column, index) => columnOf(lang, names[index] ?? '', column, index))}
        rows={values}
        empty={say.noRows}
      />
      {rows.length < found && <p class="fr-text--sm">{say.shownFirst(number(rows.length))}</p>}
      {columns.length < columnCount && (
        <p class="fr-text--sm">{say.shownColumns(number(columns.length), number(columnCount))}</p>
      )}
      <div class="livret-on-screen">
        <WaysOut {...{ lang, over, asked }} />
        {over === 'cells' && <Share {...{ lang, asked }} />}
      </div>
    </section>
  );
}

export function Failure({ lang, failed: { why, said, place } }: { lang: Language; failed: Failed }) {
  const say = words[lang];
  return (
    <div class="fr-alert fr-alert--error fr-mb-3w" role="alert" tabIndex={-1} data-first-focus>
      <h2 class="fr-alert__title">{say.refused[why]}</h2>
      {said !== undefined && (
        <p>
          {place && `${say.place(place.line, place.column)} `}
          <code lang="en">{said}</code>
        </p>
      )}
    </div>
  );
}

interface DrawingProps {
  lang: Language;
  asked: Asked;
  columns: readonly SqlColumn[];
  names: readonly string[];
  values: readonly unknown[][];
}

function Drawing({ lang, asked: { chart = 'bars' }, columns, names, values }: DrawingProps) {
  const shape = chart === 'none' ? undefined : shapeOf(columns, names, values);
  if (!shape) return null;
  const say = words[lang];
  const { label, labels, series } = shape;
  const drawn = {
    id: 'drawn',
    lang,
    title: say.chartTitle(series.map(({ name }) => name).join(', '), label),
    description: say.chartDescription(values.length),
    labels,
    series,
  };
  if (chart === 'lines') return <Chart kind="lines" {...drawn} />;
  return <Chart {...drawn} bars={labels.every((each) => each.length <= SHORT) ? 'vertical' : 'horizontal'} />;
}

/** Characters of a label that stands under its bar. */
const SHORT = 8;

const columnOf = (lang: Language, heading: string, { type }: SqlColumn, index: number): Column<unknown[]> => ({
  heading,
  numeric: isNumeric(type),
  value: (row) => (row[index] === null ? null : shown(lang, row[index], type)),
});

/** Decimals of a number of any size. */
const digitsOf = (value: number): number => (value !== 0 && Math.abs(value) < 0.01 ? 8 : 4);

function shown(lang: Language, value: unknown, type: string) {
  if (isNumeric(type)) {
    const number = numberOf(value);
    return number === undefined ? String(value) : formatNumber(lang, number, digitsOf(number));
  }
  if (typeof value === 'boolean') return value ? words[lang].isTrue : words[lang].isFalse;
  const plain = Array.isArray(value) && value.every((each) => typeof each !== 'object');
  // Data, in whatever language they are.
  return (
    <span {...AS_IT_IS}>
      {plain ? value.join(', ') : typeof value === 'object' ? JSON.stringify(value) : String(value)}
    </span>
  );
}

function WaysOut({ lang, over, asked }: { lang: Language; over: Over; asked: Asked }) {
  const say = words[lang];
  const address = over === 'cells' ? addressOf(over, { sql: asked.sql }) : undefined;
  if (address !== undefined) {
    return (
      <p class="fr-mt-3w">
        <FileLinks lead={say.download} to={(format) => PAGES[over] + linkWith(address, { format, lang })} />
      </p>
    );
  }
  return (
    <>
      <p class="fr-mt-3w fr-mb-1w">{say.download}</p>
      <Form action={PAGES[over]}>
        <input type="hidden" name="query" value={asked.sql} />
        <ButtonGroup>
          {EXPORT_FORMATS.map((format) => (
            <Button kind="secondary" size="sm" name="format" value={format} key={format}>
              {FORMAT_NAMES[format]}
            </Button>
          ))}
        </ButtonGroup>
        {over === 'rows' && <p class="fr-hint-text">{say.again}</p>}
      </Form>
    </>
  );
}

function Share({ lang, asked: { sql, chart } }: { lang: Language; asked: Asked }) {
  const say = words[lang];
  const address = addressOf('cells', { sql, chart });
  return (
    <p class="fr-text--sm">
      {address === undefined ? (
        say.tooLongToShare(formatNumber(lang, LONGEST_ADDRESS))
      ) : (
        <a href={address}>{say.shareLink}</a>
      )}
    </p>
  );
}
