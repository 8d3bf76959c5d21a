/** Rows by module: of the parcours that is asked for alone, each with whom it covers where they do not all cover the same. */
import type { AnswerCell } from '../../answer.ts';
import type { Metric } from '../../metrics/metric.ts';
import type { Shown } from '../../reports.ts';
import { type Reading, showWhere } from '../frame/reading.ts';

export interface ModuleRows {
  answer: Shown;
  /** Whom all rows cover; undefined where each says it. */
  whom?: string;
  /** Whom the rows cover that name them by a number: too many to name in each. */
  covers: readonly string[];
}

/** Characters of a name that each row can take. */
const SHORT = 24;
/** And that a title can. */
const TITLE = 80;

/** Of a published answer by module. */
export async function moduleRows(reading: Reading, metric: Metric, answer: Shown): Promise<ModuleRows> {
  const { parcours } = reading;
  const kept = parcours === undefined ? answer.cells : await ofParcours(reading, metric, parcours.id, answer.cells);
  const total = await showWhere(reading, { report: metric.name, by: 'total' });
  // They are of the same people as the rows in one: those that hold nothing but what is asked for, and those that hold more.
  const labels = new Map(total?.cells.map(({ wider, label }) => [wider, label]));
  const covered = [...new Set(kept.map(({ wider }) => wider))];
  const [only, ...others] = covered.length === 0 ? [...labels.values()] : covered.map((wider) => labels.get(wider));
  if (others.length === 0 && (only?.length ?? 0) <= TITLE)
    return { answer: { ...answer, cells: kept }, covers: [], ...(only !== undefined && { whom: only }) };
  const long = [...labels.values()].filter((label) => label.length > SHORT);
  const covers = long.map((label, index) => `[${index + 1}] ${label}`);
  const named = (cell: AnswerCell): AnswerCell => {
    const label = labels.get(cell.wider);
    if (label === undefined) return cell;
    const number = long.indexOf(label) + 1;
    return { ...cell, label: `${cell.label} ${number > 0 ? `[${number}]` : `(${label})`}` };
  };
  return { answer: { ...answer, cells: kept.map(named) }, covers };
}

/**
 * Without the modules that published rows of one other parcours have, and rows of this one do not; of other periods where
 * this one does not tell. What no row of a single parcours tells of stays.
 */
async function ofParcours(
  { show, period, periods }: Reading,
  metric: Metric,
  id: string,
  cells: readonly AnswerCell[],
): Promise<AnswerCell[]> {
  const [own, foreign] = [new Set<string>(), new Set<string>()];
  for (const each of new Set([period, ...periods])) {
    if (cells.every(({ module = '' }) => own.has(module) || foreign.has(module))) break;
    const { cells: byParcours } = await show({ report: metric.name, period: each, by: 'parcours' });
    for (const cell of byParcours) {
      const [only, ...others] = cell.parcours;
      if (only === undefined || others.length > 0) continue;
      for (const module of modulesIn(cell, metric)) (only === id ? own : foreign).add(module);
    }
  }
  return cells.filter(({ module = '' }) => own.has(module) || !foreign.has(module));
}

/** Those that its tallies name. */
const modulesIn = (cell: AnswerCell, { figures }: Metric): string[] =>
  figures.flatMap(({ kind, name }) => {
    const tally = kind === 'tally' ? cell[name] : undefined;
    return typeof tally === 'object' && tally !== null && !Array.isArray(tally) ? Object.keys(tally) : [];
  });
