/** The figures of a metric as people read them: a column a figure, with its margin or its quartiles in one. */
import type { ComponentChildren } from 'preact';
import { type Column, formatNumber, formatPercent, type Language } from '../../../web/index.ts';
import type { AnswerCell } from '../../answer.ts';
import { type FigureSpec, isPercent, type Metric } from '../../metrics/metric.ts';
import { type By, fieldsOf } from '../../privacy/index.ts';
import { words } from '../words.ts';

/** One number of a cell. */
export interface FigureField {
  field: string;
  heading: string;
  unit?: string;
  percent: boolean;
  digits: number;
  value(cell: AnswerCell): number | null;
}

/** A row of a table: a cell, and the same of an earlier period where it is compared. */
export type Row = AnswerCell;

export const numberIn =
  (field: string) =>
  (cell: AnswerCell | null | undefined): number | null => {
    const value = cell?.[field];
    return typeof value === 'number' ? value : null;
  };

/** Decimals at which small values can be told apart. */
function digitsOf(values: readonly (number | null)[]): number {
  const most = Math.max(0, ...values.map((value) => Math.abs(value ?? 0)));
  if (most >= 100) return 0;
  if (most >= 10) return 1;
  if (most >= 1) return 2;
  return most >= 0.1 ? 3 : 4;
}

/** What is one number in a row; a tally is where the rows are what it counts. */
export const numbersOf = ({ figures }: Metric, by: By): FigureSpec[] =>
  figures.filter(({ kind }) =>
    by === 'module' ? kind === 'people' || kind === 'tally' : kind !== 'tally' && kind !== 'histogram',
  );

/** What a field shows, so that a chart can take it. */
export function fieldOf(
  metric: Metric,
  by: By,
  field: string,
  lang: Language,
  cells: readonly AnswerCell[],
): FigureField {
  const spec = numbersOf(metric, by).find((each) => fieldsOf(each).includes(field));
  if (!spec) throw new Error(`${metric.name} has no ${field}`);
  const { heading, unit } = spec.texts[lang];
  const part = words[lang].parts[field.slice(spec.name.length)];
  const value = numberIn(field);
  const percent = isPercent(spec);
  return {
    field,
    heading: part ? `${heading}, ${part}` : heading,
    ...(unit !== undefined && { unit }),
    percent,
    // What is shown as percent has its decimals there.
    digits: percent ? 0 : digitsOf(cells.map(value)),
    value,
  };
}

export function writtenNumber(
  lang: Language,
  value: number,
  { percent, digits }: Pick<FigureField, 'percent' | 'digits'>,
): string {
  return percent ? formatPercent(lang, value, digits) : formatNumber(lang, value, digits);
}

/** A column each for what is a number; of `names` alone where they are given, in their order. */
export function figureColumns(
  metric: Metric,
  by: By,
  lang: Language,
  cells: readonly AnswerCell[],
  names?: readonly string[],
): Column<Row>[] {
  const all = numbersOf(metric, by);
  const specs = names ? names.flatMap((name) => all.filter((each) => each.name === name)) : all;
  return specs.map((spec) => columnOf(spec, metric, by, lang, cells));
}

function columnOf(spec: FigureSpec, metric: Metric, by: By, lang: Language, cells: readonly AnswerCell[]): Column<Row> {
  const [first = '', ...others] = fieldsOf(spec).map((field) => fieldOf(metric, by, field, lang, cells));
  if (first === '') throw new Error(`${spec.name} is no number`);
  const { heading, unit } = spec.texts[lang];
  const column = { heading, numeric: true, ...(unit !== undefined && { unit }) };
  const text = (figure: FigureField, cell: Row): string | null => {
    const value = figure.value(cell);
    return value === null ? null : writtenNumber(lang, value, figure);
  };
  if (spec.kind === 'quartiles') {
    const [median, third] = others;
    if (!median || !third) throw new Error(`${spec.name} has no quartiles`);
    const between = (cell: Row): ComponentChildren => {
      const middle = text(median, cell);
      return middle === null ? null : <Beside main={middle} beside={[`${text(first, cell)} – ${text(third, cell)}`]} />;
    };
    return { ...column, heading: words[lang].quartiles(heading), value: between };
  }
  const [margin] = others;
  return {
    ...column,
    value: (cell) => {
      const value = text(first, cell);
      const about = margin ? text({ ...margin, digits: first.digits }, cell) : null;
      return value !== null && about !== null ? <Beside main={value} beside={[`± ${about}`]} /> : value;
    },
  };
}

/** A number, and in brackets what stands beside it, or `under` it. */
export function Beside({ main, beside, under }: { main: string; beside: readonly string[]; under?: boolean }) {
  return (
    <>
      {main}
      {beside.map((each) => (
        <>
          {' '}
          <span class={under ? 'livret-beside livret-under' : 'livret-beside'} key={each}>
            ({each})
          </span>
        </>
      ))}
    </>
  );
}
