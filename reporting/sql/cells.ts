/** The published cells as rows of tables, for one reach: the same figures, by the same door, as on every other way out. */
import type { Reaching } from '../../lrs/index.ts';
import { type Answer, type AnswerCell, HOLDS } from '../answer.ts';
import { METRICS } from '../metrics/index.ts';
import type { FigureSpec, Metric } from '../metrics/metric.ts';
import { type By, byOf, fieldsOf } from '../privacy/index.ts';
import type { Reports } from '../reports.ts';
import { CELLS, FIGURE_TEXTS, METRIC_TEXTS, PUBLICATIONS } from './cell-tables.ts';
import type { Cell } from './insert.ts';
import type { PublishedTable } from './publish.ts';

type Row = readonly Cell[];

/** Everything that is published, as far as it is within reach. Cells are read as they are written: they may be millions. */
export function cellTables(reports: Reports, { reach, directions }: Reaching): PublishedTable[] {
  const within = reach === 'all' ? {} : { within: directions };
  const read = (metric: Metric, period: string, by: By): Promise<Answer> =>
    reports.read({ report: metric.name, period, by, ...within });
  return [
    { ...CELLS, rows: cellRowsIn(reports, read) },
    { ...PUBLICATIONS, rows: publicationRows(reports, read) },
    { ...METRIC_TEXTS, rows: METRICS.map(metricRow) },
    { ...FIGURE_TEXTS, rows: METRICS.flatMap(figureRows) },
  ];
}

type Read = (metric: Metric, period: string, by: By) => Promise<Answer>;

async function* cellRowsIn(reports: Reports, read: Read): AsyncGenerator<Row> {
  for (const metric of METRICS) {
    for (const period of await reports.publishedPeriods(metric.name)) {
      for (const by of byOf(metric)) {
        const answer = await read(metric, period, by);
        // The whole ministry is nobody's in particular.
        const shown = by === 'total' ? [answer.ministry].filter((each) => each !== null) : answer.cells;
        for (const cell of shown) yield* cellRows(answer, cell);
      }
    }
  }
}

async function* publicationRows(reports: Reports, read: Read): AsyncGenerator<Row> {
  for (const metric of METRICS) {
    for (const period of await reports.publishedPeriods(metric.name)) {
      yield publicationRow(await read(metric, period, 'total'));
    }
  }
}

/** One row a figure, one a key where it has several values. */
function cellRows({ report, period, through, by }: Answer, cell: AnswerCell): Row[] {
  const { label, directions, parcours, services, sites, module, wider, withheld = [] } = cell;
  const head = [report, period, through, by, label, directions, parcours, services, sites, module, wider === true];
  const figures = Object.entries(cell).filter(([name]) => !HOLDS.has(name));
  return figures.flatMap(([name, value]) => {
    const several = typeof value === 'object' && value !== null ? Object.entries(value) : [[null, value] as const];
    return several.map(([key, each]): Row => {
      return [...head, name, key, typeof each === 'number' ? each : null, withheld.includes(name)];
    });
  });
}

const instant = (iso: string | null): Date | null => (iso === null ? null : new Date(iso));

const publicationRow = (answer: Answer): Row => [
  answer.report,
  answer.period,
  answer.through,
  answer.from,
  answer.to,
  answer.minimum,
  answer.timeZone,
  JSON.stringify(answer.settings),
  instant(answer.asOf),
  instant(answer.publishedAt),
];

const metricRow = ({ name, texts: { fr, en }, formula, source }: Metric): Row => [
  name,
  fr.title,
  en.title,
  fr.definition,
  en.definition,
  formula.fr,
  formula.en,
  source,
];

const figureRows = ({ name, figures }: Metric): Row[] =>
  figures.flatMap((figure) => fieldsOf(figure).map((field) => figureRow(name, figure, field)));

function figureRow(metric: string, figure: FigureSpec, field: string): Row {
  const { fr, en } = figure.texts;
  const cap = 'cap' in figure ? figure.cap : null;
  const grid = 'grid' in figure ? figure.grid : null;
  return [metric, field, figure.kind, fr.heading, en.heading, fr.unit, en.unit, cap, grid];
}
