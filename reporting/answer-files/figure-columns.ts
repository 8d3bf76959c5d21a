/** The figures of a metric as columns. */
import { formatNumber, type Language } from '../../web/index.ts';
import type { ColumnType, ExportColumn } from '../exports/index.ts';
import { headingOfField } from '../figures/field.ts';
import { type FigureSpec, isPercent, type Metric } from '../metrics/metric.ts';
import { fieldsOf } from '../privacy/index.ts';
import { words } from './words.ts';

const TYPES: Record<FigureSpec['kind'], ColumnType> = {
  people: 'integer',
  sum: 'integer',
  count: 'integer',
  tally: 'integer',
  histogram: 'integer',
  mean: 'number',
  quartiles: 'number',
  share: 'percent',
};

const DIGITS = 6;

/** A column each for what is one number; `by` module the tallies are. */
export function figureColumns(metric: Metric, lang: Language, byModule = false): ExportColumn[] {
  const specs = metric.figures.filter(({ kind }) =>
    byModule ? kind === 'people' || kind === 'tally' : kind !== 'tally' && kind !== 'histogram',
  );
  return specs.flatMap((spec) => fieldsOf(spec).map((field) => columnOf(spec, field, lang)));
}

/** The figures that have several numbers: each is a table of its own. */
export const severalOf = (metric: Metric): FigureSpec[] =>
  metric.figures.filter(({ kind }) => kind === 'tally' || kind === 'histogram');

function columnOf(spec: FigureSpec, field: string, lang: Language): ExportColumn {
  const { unit } = spec.texts[lang];
  return {
    name: field,
    heading: headingOfField(spec, field, lang),
    type: isPercent(spec) ? 'percent' : TYPES[spec.kind],
    ...(unit !== undefined && { unit }),
    description: describe(spec, field.slice(spec.name.length), lang),
  };
}

function describe(spec: FigureSpec, ending: string, lang: Language): string {
  const { kinds, margin, capped, stepped } = words[lang];
  if (ending === 'Margin') return margin;
  const kind = kinds[spec.kind];
  if (spec.kind === 'mean') return `${kind} ${capped(formatNumber(lang, spec.cap, DIGITS))}`;
  if (spec.kind === 'quartiles') return `${kind} ${stepped(formatNumber(lang, spec.grid, DIGITS))}`;
  return kind;
}
