/** One number of a cell: what it is called, and how it is written. */
import { type Bilingual, formatNumber, formatPercent, type Language } from '../../web/index.ts';
import type { AnswerCell } from '../answer.ts';
import { type FigureSpec, isPercent, type Metric } from '../metrics/metric.ts';
import { type By, fieldsOf } from '../privacy/index.ts';

export interface FigureField {
  field: string;
  heading: string;
  unit?: string;
  percent: boolean;
  digits: number;
  value(cell: AnswerCell): number | null;
}

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

/** Kinds of figures that are counted. */
const WHOLE: readonly FigureSpec['kind'][] = ['people', 'sum', 'count', 'tally'];

/** What is one number in a row; a tally is where the rows are what it counts. */
export const numbersOf = ({ figures }: Metric, by: By): FigureSpec[] =>
  figures.filter(({ kind }) =>
    by === 'module' ? kind === 'people' || kind === 'tally' : kind !== 'tally' && kind !== 'histogram',
  );

/** What an ending of a figure's name means. */
const PARTS: Bilingual<Record<string, string>> = {
  fr: { Margin: '± (95\u00a0%)', Q1: '1er quartile', Median: 'médiane', Q3: '3e quartile' },
  en: { Margin: '± (95%)', Q1: 'first quartile', Median: 'median', Q3: 'third quartile' },
};

/** « Minutes, médiane » */
export function headingOfField({ name, texts }: FigureSpec, field: string, lang: Language): string {
  const { heading } = texts[lang];
  const part = PARTS[lang][field.slice(name.length)];
  return part ? `${heading}, ${part}` : heading;
}

/** With its unit: over a column, or along an axis. */
export const axisOf = ({ heading, unit }: Pick<FigureField, 'heading' | 'unit'>): string =>
  unit === undefined ? heading : `${heading} (${unit})`;

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
  const { unit } = spec.texts[lang];
  const value = numberIn(field);
  const percent = isPercent(spec);
  return {
    field,
    heading: headingOfField(spec, field, lang),
    ...(unit !== undefined && { unit }),
    percent,
    // What is shown as percent has its decimals there, and there are no parts of people.
    digits: percent || WHOLE.includes(spec.kind) ? 0 : digitsOf(cells.map(value)),
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
