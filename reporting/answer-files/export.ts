/** An answer as tables for files: one row a cell, and a table of its own for each figure of several numbers. */
import type { Language } from '../../web/index.ts';
import type { Answer, AnswerCell } from '../answer.ts';
import { answerWords } from '../answer-words.ts';
import type { Export, ExportColumn, ExportRow, ExportTable } from '../exports/index.ts';
import { headingOfField } from '../figures/field.ts';
import type { Asked } from '../find-figures.ts';
import { metricOf } from '../metrics/index.ts';
import type { FigureSpec, Metric } from '../metrics/metric.ts';
import { periodName } from '../periods/names.ts';
import { fieldsOf, type NameOf } from '../privacy/index.ts';
import { figureColumns, severalOf } from './figure-columns.ts';
import { definitionsIn, notesOf } from './notes.ts';
import { type HoldsColumn, words } from './words.ts';

/** A row, or the whole ministry. */
interface Line {
  scope: 'cell' | 'ministry';
  cell: AnswerCell;
}

/** What a file of it is called: 'completion-2021-Q4', 'completion-2021-Q4-by-parcours-DRH-against-2020-Q4'. */
export const stemOf = (
  { report, period, by }: Answer,
  { direction, compare }: Pick<Asked, 'direction' | 'compare'>,
): string =>
  [
    ...[report, period],
    ...(by === 'direction' ? [] : [`by-${by}`]),
    ...(direction === undefined ? [] : [direction]),
    ...(compare === undefined ? [] : [`against-${compare}`]),
  ].join('-');

/** `nameOf` names modules. */
export function exportOf(answer: Answer, lang: Language, nameOf: NameOf): Export {
  const metric = metricOf(answer.report);
  const lines = linesOf(answer);
  const title = `${metric.texts[lang].title}, ${periodName(lang, answer.period)}`;
  const notes = notesOf(metric, answer, lang);
  const several = answer.by === 'module' ? [] : severalOf(metric);
  return {
    title,
    lang,
    tables: [
      { name: metric.name, title, notes, ...rowsOf(metric, answer, lines, lang) },
      ...several.map((spec) => severalTable(metric, spec, answer.period, lines, lang, nameOf)),
    ],
    definitions: definitionsIn(metric, lang),
  };
}

/** Where the ministry is a row by itself (by=total), it is written once. */
function linesOf({ cells, ministry }: Answer): Line[] {
  const isMinistry = ({ label }: AnswerCell): boolean => label === ministry?.label;
  const lines = cells.map((cell): Line => ({ scope: isMinistry(cell) ? 'ministry' : 'cell', cell }));
  return ministry && !cells.some(isMinistry) ? [...lines, { scope: 'ministry', cell: ministry }] : lines;
}

function holdsColumn(name: HoldsColumn | 'key' | 'place' | 'count', lang: Language): ExportColumn {
  const type = name === 'place' || name === 'count' || name === 'headcount' ? 'integer' : 'text';
  const scopes: Readonly<Record<string, string>> = words[lang].scopes;
  const spell = (code: string): string => scopes[code] ?? code;
  return { name, type, ...words[lang].columns[name], ...(name === 'scope' && { spell }) };
}

/** Names figures by their headings. */
function withheldColumn(metric: Metric, lang: Language): ExportColumn {
  const headings = new Map(
    metric.figures.flatMap((spec) => fieldsOf(spec).map((field) => [field, headingOfField(spec, field, lang)])),
  );
  const spell = (codes: string): string =>
    codes
      .split(SEPARATOR)
      .map((code) => headings.get(code) ?? code)
      .join(SEPARATOR);
  return { ...holdsColumn('withheld', lang), spell };
}

/** What stands before the figures of a row, and after them. */
const BEFORE = ['period', 'scope', 'label', 'directions', 'parcours', 'services', 'sites'] as const;
const AFTER = ['headcount', 'wider', 'nobody'] as const;

/** In one text; who needs them apart takes JSON. */
const SEPARATOR = '; ';

function rowsOf(
  metric: Metric,
  { by, period, compared }: Answer,
  lines: readonly Line[],
  lang: Language,
): Pick<ExportTable, 'columns' | 'rows'> {
  const module = by === 'module' ? (['module'] as const) : [];
  const figures = figureColumns(metric, lang, by === 'module');
  const { yes } = answerWords[lang];
  const then = compared ? earlierColumns(figures, compared.period, lang) : [];
  const rows = lines.map(
    ({ scope, cell }): ExportRow => [
      period,
      scope,
      cell.label,
      ...[cell.directions, cell.parcours, cell.services, cell.sites].map((values) => values.join(SEPARATOR) || null),
      ...module.map(() => cell.module ?? null),
      ...figures.map(({ name }) => numberIn(cell, name)),
      ...(compared ? earlierIn(cell, figures, lang) : []),
      cell.headcount ?? null,
      cell.wider ? yes : null,
      cell.nobody ? yes : null,
      cell.withheld?.join(SEPARATOR) ?? null,
    ],
  );
  const holds = (names: readonly HoldsColumn[]) => names.map((name) => holdsColumn(name, lang));
  const after = [...holds(AFTER), withheldColumn(metric, lang)];
  return { columns: [...holds(BEFORE), ...holds(module), ...figures, ...then, ...after], rows };
}

/** What stands beside the figures of a row of those of an earlier period. */
const earlierColumns = (figures: readonly ExportColumn[], period: string, lang: Language): ExportColumn[] => [
  holdsColumn('comparison', lang),
  holdsColumn('labelEarlier', lang),
  ...figures.map((column) => ({
    ...column,
    name: `${column.name}Earlier`,
    heading: `${column.heading}, ${periodName(lang, period)}`,
  })),
];

function earlierIn({ earlier }: AnswerCell, figures: readonly ExportColumn[], lang: Language): ExportRow {
  const before = earlier?.cell;
  const says = earlier?.says?.[lang] ?? null;
  return [says, before?.label ?? null, ...figures.map(({ name }) => (before ? numberIn(before, name) : null))];
}

/** Of all modules together there is none of one. */
function numberIn(cell: AnswerCell, name: string): number | null {
  const value = cell[name];
  return typeof value === 'number' ? value : null;
}

/** One row a cell and key of a tally, or class of a histogram. */
function severalTable(
  metric: Metric,
  spec: FigureSpec,
  period: string,
  lines: readonly Line[],
  lang: Language,
  nameOf: NameOf,
): ExportTable {
  const keyed = spec.kind === 'tally';
  const names = ['period', 'scope', 'label', ...(keyed ? (['key', 'moduleName'] as const) : (['place'] as const))];
  const rows = lines.flatMap(({ scope, cell }) =>
    numbersIn(cell, spec.name).map(
      ([key, count]): ExportRow => [
        period,
        scope,
        cell.label,
        ...(keyed ? [key, nameOf(key, lang)] : [Number(key)]),
        count,
      ],
    ),
  );
  const { heading } = spec.texts[lang];
  const columns = [...names, 'count' as const].map((name) => holdsColumn(name as HoldsColumn | 'key', lang));
  return { name: `${metric.name}-${spec.name}`, title: heading, columns, rows, notes: [] };
}

function numbersIn(cell: AnswerCell, name: string): [key: string, count: number][] {
  const value = cell[name];
  return typeof value === 'object' && value !== null ? Object.entries(value).map(([key, n]) => [key, Number(n)]) : [];
}
