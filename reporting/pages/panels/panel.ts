/** A panel: what one report answers, as a page shows it. Which reports a page reads, and how it shows them. */
import { type Bilingual, type Language, labelled } from '../../../web/index.ts';
import type { AnswerCell } from '../../answer.ts';
import { type FigureField, fieldOf } from '../../figures/field.ts';
import { metricOf } from '../../metrics/index.ts';
import type { Metric } from '../../metrics/metric.ts';
import { type By, MINISTRY } from '../../privacy/index.ts';
import type { Shown } from '../../reports.ts';
import { type Reading, showWhere } from '../frame/reading.ts';
import { words } from '../words.ts';
import { moduleRows } from './module-rows.ts';

export interface PanelSpec {
  /** Name of a metric. */
  report: string;
  /** Where the page has several of one report. */
  id?: string;
  /** What the rows are; directions where nothing is said. */
  by?: By;
  /** The question it answers; the title of the metric where nothing is said. */
  title?: Bilingual<string>;
  /** Said where there are figures, and no row. */
  empty?: Bilingual<string>;
  /** How to read it. */
  says?: Bilingual<string>;
  /** Names of the figures in the table, in order; all where nothing is said. */
  figures?: readonly string[];
  /** Fields in the chart, of one unit; the metric's own where nothing is said; none: no chart. */
  charted?: readonly string[];
  /** A number made of several figures: the chart shows it in place of any field, and the table after the figures. */
  made?(lang: Language, cells: readonly AnswerCell[]): FigureField;
  /** How they are drawn: bars a row, the stages of a funnel one bar each, a picture of the week, or what became better and worse. */
  chart?: 'bars' | 'funnel' | 'week' | 'change';
  /** Where a row leads to, by what it holds. */
  leadsTo?(cell: { directions: readonly string[]; parcours: readonly string[]; wider?: true }): string | undefined;
}

export interface Panel {
  spec: PanelSpec;
  metric: Metric;
  /** undefined where nobody of what is asked for has contributed. */
  answer: Shown | undefined;
  /** Whom all rows by module cover. */
  whom?: string;
  /** Whom the rows by module cover that name them by a number. */
  covers?: readonly string[];
}

/** Reads them one after the other: each is some milliseconds. */
export async function readPanels(reading: Reading, specs: readonly PanelSpec[]): Promise<Panel[]> {
  const panels: Panel[] = [];
  for (const spec of specs) {
    const { report, by } = spec;
    const shown = await showWhere(reading, { report, ...(by !== undefined && { by }) });
    const metric = metricOf(report);
    const answer = shown && besideParcours(reading, shown);
    const modules = by === 'module' && answer?.state === 'published' && (await moduleRows(reading, metric, answer));
    panels.push({ spec, metric, answer, ...modules });
  }
  return panels;
}

/** Beside one parcours, the row of the ministry holds others: it says so. */
function besideParcours({ lang, parcours }: Reading, answer: Shown): Shown {
  if (parcours === undefined) return answer;
  const named = (cell: AnswerCell): AnswerCell =>
    cell.label === MINISTRY[lang] ? { ...cell, label: words[lang].allParcours(cell.label) } : cell;
  return { ...answer, cells: answer.cells.map(named), ministry: answer.ministry && named(answer.ministry) };
}

export const panelId = ({ id, report }: PanelSpec): string => id ?? report;

/** Rows by module name nobody: the title says whom they cover. */
export function titleOf({ spec, metric, whom }: Panel, lang: Language): string {
  const title = spec.title?.[lang] ?? metric.texts[lang].title;
  return whom === undefined ? title : labelled(lang, title, whom);
}

/** What the rows are. */
export const rowsOf = ({ spec }: Panel): By => spec.by ?? 'direction';

/** Names of the fields in the chart. */
export const chartedOf = (panel: Panel): readonly string[] =>
  panel.spec.charted ?? (rowsOf(panel) === 'module' ? talliesOf(panel.metric) : panel.metric.charted);

/** What the chart shows, of these rows. */
export function drawnOf(panel: Panel, lang: Language, rows: readonly AnswerCell[]): FigureField[] {
  const { spec, metric } = panel;
  if (spec.made) return [spec.made(lang, rows)];
  return chartedOf(panel).map((name) => fieldOf(metric, rowsOf(panel), name, lang, rows));
}

const talliesOf = ({ figures }: Metric): string[] =>
  figures.filter(({ kind }) => kind === 'tally').map(({ name }) => name);

/** The one row is all of the ministry. */
export const isAlone = (cells: readonly AnswerCell[], ministry: AnswerCell): boolean =>
  cells.length === 1 && cells[0]?.label === ministry.label;
