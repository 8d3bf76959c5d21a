/** What the reports answer, as schemas: made from the metrics themselves. */
import { METRICS } from '../metrics/index.ts';
import type { FigureSpec, Metric } from '../metrics/metric.ts';
import { byOf, fieldsOf } from '../privacy/index.ts';
import {
  any,
  bilingual,
  day,
  instant,
  list,
  map,
  number,
  object,
  oneOf,
  orNull,
  period,
  ref,
  type Schema,
  says,
  text,
  whole,
} from './json-schema.ts';

const yes: Schema = { const: true };

const STATE = oneOf('published', 'nobody', 'tooFew', 'notPublished');

/** `Answer-completion` */
export const answerName = ({ name }: Pick<Metric, 'name'>): string => `Answer-${name}`;
const rowName = ({ name }: Pick<Metric, 'name'>): string => `Row-${name}`;

function figureSchema(spec: FigureSpec): Schema {
  switch (spec.kind) {
    case 'people':
    case 'count':
    case 'sum':
      return whole;
    case 'share':
      return orNull({ type: 'number', minimum: 0, maximum: 1 });
    case 'tally':
      return map(whole);
    case 'histogram':
      return orNull({ type: 'array', items: whole, minItems: spec.size, maxItems: spec.size });
    default:
      return orNull(number);
  }
}

const describe = (spec: FigureSpec, field: string): string => {
  const { heading, unit } = spec.texts.en;
  const ending = field.slice(spec.name.length);
  const part = {
    Margin: ', half-width of the 95% interval',
    Q1: ', first quartile',
    Median: ', median',
    Q3: ', third quartile',
  }[ending];
  return `${heading}${part ?? ''}${unit ? ` (${unit})` : ''}`;
};

/** Names and schemas of a figure in a row. */
const fields = (spec: FigureSpec, schema: Schema): [string, Schema][] =>
  fieldsOf(spec).map((field) => [
    field,
    says(field.endsWith('Margin') ? orNull(number) : schema, describe(spec, field)),
  ]);

const HOLDS = {
  label: says(text, 'What the row holds: « CAB et DAC ».'),
  directions: list(text),
  parcours: list(text),
  services: list(text),
  sites: list(text),
};

const sometimes = (metric: Metric): Record<string, Schema> => ({
  direction: says(text, 'The label again, where the rows are directions.'),
  wider: says(yes, 'It holds more than was asked for, which is too small to stand alone.'),
  nobody: says(yes, 'Nobody of it contributed.'),
  headcount: says(whole, 'People of its directions by the imported headcounts, where they are known of all of them.'),
  withheld: says(list(text), 'Figures that are null because too few people stand behind them.'),
  earlier: says(
    object({ kind: oneOf('same', 'sum', 'none'), cell: orNull(ref(rowName(metric))) }, { says: bilingual(text) }),
    'The earlier period of `compare`: of the same, or of what became it.',
  ),
});

function rowSchema(metric: Metric): Schema {
  const row = object(
    { ...HOLDS, ...Object.fromEntries(metric.figures.flatMap((spec) => fields(spec, figureSchema(spec)))) },
    sometimes(metric),
  );
  if (!byOf(metric).includes('module')) return row;
  const counted = metric.figures.filter(({ kind }) => kind === 'people' || kind === 'tally');
  const byModule = object(
    {
      ...HOLDS,
      module: says(text, 'IRI of the module, where the rows are modules.'),
      ...Object.fromEntries(counted.flatMap((spec) => fields(spec, whole))),
    },
    sometimes(metric),
  );
  return any(row, byModule);
}

const TEXTS = bilingual(object({ title: text, definition: text, unit: text, notEnoughData: text }));
const SETTINGS = says({ type: 'object' }, 'With which the figures were made.');

const COMPARED = object({
  ...{ period, from: day, to: day, through: orNull(period), state: STATE, asOf: orNull(instant) },
  settings: says({ type: 'object' }, 'Settings of then that are others than now.'),
});

const answerSchema = (metric: Metric): Schema =>
  object(
    {
      report: { const: metric.name },
      period,
      from: day,
      to: day,
      state: STATE,
      asOf: says(
        orNull(instant),
        'Everything stored at or before it is in these figures, as far as a later publication takes it.',
      ),
      publishedAt: orNull(instant),
      freshness: says(instant, 'How far the reports have followed the store.'),
      minimum: says(whole, 'The fewest people a figure stands for.'),
      timeZone: text,
      by: oneOf(...byOf(metric)),
      through: says(orNull(period), 'Of a cohort: the period up to whose end things counted.'),
      horizons: says(list(period), 'All that can be asked for as `through`.'),
      settings: SETTINGS,
      caps: says(map(number), 'By figure: what a single value counts for at most.'),
      rounding: says(orNull(whole), 'Counts of people are rounded to a multiple of this; null where they are exact.'),
      grids: says(map(number), 'By figure: the step to which quartiles are rounded.'),
      cells: list(ref(rowName(metric))),
      ministry: orNull(ref(rowName(metric))),
      formula: text,
      source: text,
      texts: TEXTS,
    },
    { compared: COMPARED },
  );

const HEADINGS = bilingual(object({ heading: text }, { unit: text }));

const CATALOGUE = object({
  period: oneOf('month', 'quarter', 'year'),
  lastClosed: period,
  publishDelay: whole,
  reports: list(
    object({
      ...{ name: text, family: oneOf('behaviour', 'completion'), texts: TEXTS, formula: bilingual(text), source: text },
      by: list(text),
      settings: list(text),
      minimum: whole,
      figures: list(
        object(
          {
            name: text,
            kind: oneOf('people', 'sum', 'mean', 'quartiles', 'count', 'share', 'tally', 'histogram'),
            fields: list(text),
            texts: HEADINGS,
          },
          { cap: number, grid: number, size: whole },
        ),
      ),
      periods: list(period),
    }),
  ),
});

const VERDICT = oneOf('supports', 'refutes', 'undecided', 'noFigures');

const CLAIMS = object({
  report: { const: 'claims' },
  period,
  direction: orNull(text),
  claims: list(
    object({
      name: text,
      texts: bilingual(object({ claim: text }, { note: text })),
      verdict: VERDICT,
      ...{ tested: whole, withFigures: whole },
      criteria: list(
        object({
          ...{ name: text, report: text, figures: list(text), unit: orNull(text) },
          texts: bilingual(object({ measure: text, criterion: text })),
          test: orNull(object({}, { above: number, below: number })),
          ...{ label: orNull(text), wider: { type: 'boolean' } },
          ...{ n: orNull(whole), value: orNull(number), low: orNull(number), high: orNull(number) },
          ...{ asOf: orNull(instant), minimum: orNull(whole), settings: SETTINGS },
          verdict: says(orNull(VERDICT), 'null: the figure is only shown beside.'),
          empty: oneOf('nobody', 'tooFew', 'notPublished', 'withheld', 'nobodyChanged', 'notRecorded', null),
        }),
      ),
    }),
  ),
});

const COUNTS = object({ newPeople: whole, newGraduates: whole });

const CUMULATIVE = object({
  report: { const: 'cumulative' },
  from: period,
  to: period,
  direction: orNull(text),
  periods: list(
    object({
      ...{ period, from: day, to: day, state: STATE, label: orNull(text), wider: { type: 'boolean' } },
      ...{ through: orNull(period), counts: orNull(COUNTS), sums: COUNTS },
    }),
  ),
  missing: list(period),
  sums: COUNTS,
  targets: list(
    object(
      {
        ...{ id: text, figure: oneOf('newPeople', 'newGraduates'), people: whole, by: day },
        ...{ reached: whole, share: number, since: orNull(period) },
        ...{ over: orNull({ type: 'boolean' }), wider: { type: 'boolean' } },
      },
      { direction: text },
    ),
  ),
});

/** By name. */
export const REPORT_SCHEMAS: Readonly<Record<string, Schema>> = {
  Catalogue: CATALOGUE,
  claims: CLAIMS,
  cumulative: CUMULATIVE,
  ...Object.fromEntries(
    METRICS.flatMap((metric) => [
      [answerName(metric), answerSchema(metric)],
      [rowName(metric), rowSchema(metric)],
    ]),
  ),
};
