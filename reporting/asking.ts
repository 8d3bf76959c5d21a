/** What can be asked of a report, on every way in: HTTP, the command line. */
import { LANGUAGES, type Language } from '../web/index.ts';
import { CSV_DIALECTS, type CsvDialect, EXPORT_FORMATS, type ExportFormat } from './exports/index.ts';
import type { Asked } from './find-figures.ts';
import type { Metric } from './metrics/metric.ts';
import type { Given, Parameter } from './parameters.ts';
import { byOf } from './privacy/index.ts';

export type Format = 'json' | ExportFormat;

export const FORMATS: readonly Format[] = ['json', ...EXPORT_FORMATS];

/** How an answer is to be written. */
export interface Writing {
  lang: Language;
  format: Format;
  /** Which table, of a format that holds one. */
  table?: string;
  dialect?: CsvDialect;
}

/** Of everything that has rows and columns. */
export const WRITING: readonly Parameter[] = [
  { name: 'lang', description: 'Language of labels and headings; French where nothing is said.', values: LANGUAGES },
  { name: 'format', description: 'Format of the answer, before the Accept header.', values: FORMATS },
  {
    name: 'table',
    description:
      'Of CSV and Parquet, which hold one table: which one; the first by default, `definitions` for what stands beside the figures.',
  },
  {
    name: 'dialect',
    description:
      'Of CSV: for a spreadsheet (headings, decimal comma in French) or for a program (names of columns, decimal point).',
    values: CSV_DIALECTS,
  },
];

export const PERIOD: Parameter = {
  name: 'period',
  description: 'A period that is over, of the length this site reports by.',
  required: true,
  example: '2021-Q4',
};

export const DIRECTION: Parameter = {
  name: 'direction',
  description: 'Only this direction, with all that is below it.',
};

/** What can be asked of a metric. */
export const parametersOf = (metric: Metric): Parameter[] => [
  PERIOD,
  { name: 'by', description: 'What the rows are; directions where nothing is said.', values: byOf(metric) },
  DIRECTION,
  ...(metric.family.byParcours
    ? [
        { name: 'parcours', description: 'Only this parcours, by its IRI.' },
        { name: 'service', description: 'Only services of this name.' },
        { name: 'site', description: 'Only sites of this name.' },
      ]
    : []),
  ...(metric.family.cohort
    ? [
        {
          name: 'through',
          description:
            'Counts what happened up to the end of this later period; the latest that is published by default.',
          example: '2022-Q1',
        },
      ]
    : []),
  {
    name: 'compare',
    description: 'An earlier period, whose figures of the same (or of what became it) are to stand beside.',
    example: '2021-Q3',
  },
  ...WRITING,
];

const oneOf = <T extends string>(values: readonly T[], value: string | undefined): T | undefined =>
  values.find((each) => each === value);

/** What readParameters let pass, as a question. */
export function askedOf({ name, family, figures }: Metric, given: Given): Asked {
  const { period = '', direction, parcours, service, site, through, compare } = given;
  const by = oneOf(byOf({ family, figures }), given.by);
  return {
    report: name,
    period,
    ...(by !== undefined && { by }),
    ...(direction !== undefined && { direction }),
    ...(parcours !== undefined && { parcours }),
    ...(service !== undefined && { service }),
    ...(site !== undefined && { site }),
    ...(through !== undefined && { through }),
    ...(compare !== undefined && { compare }),
  };
}

/** How it is to be written; `accepted` is the format that the Accept header asks for. */
export function writingOf({ lang, format, table, dialect }: Given, accepted: Format = 'json'): Writing {
  const chosen = oneOf(CSV_DIALECTS, dialect);
  return {
    lang: oneOf(LANGUAGES, lang) ?? 'fr',
    format: oneOf(FORMATS, format) ?? accepted,
    ...(table !== undefined && { table }),
    ...(chosen !== undefined && { dialect: chosen }),
  };
}
