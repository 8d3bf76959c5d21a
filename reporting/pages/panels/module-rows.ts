/** Rows by module: of the parcours that is asked for alone, each with whom it covers where they do not all cover the same. */
import type { AnswerCell } from '../../answer.ts';
import type { Metric } from '../../metrics/metric.ts';
import type { Shown } from '../../reports.ts';
import { type Reading, showWhere } from '../frame/reading.ts';

export interface ModuleRows {
  answer: Shown;
  /** Whom all rows cover; undefined where each says it. */
  whom?: string;
}

/** Of a published answer by module. */
export async function moduleRows(reading: Reading, metric: Metric, answer: Shown): Promise<ModuleRows> {
  const { parcours } = reading;
  const kept = parcours === undefined ? answer.cells : await ofParcours(reading, metric, parcours.id, answer.cells);
  const total = await showWhere(reading, { report: metric.name, by: 'total' });
  // They are of the same people as the rows in one: those that hold nothing but what is asked for, and those that hold more.
  const labels = new Map(total?.cells.map(({ wider, label }) => [wider, label]));
  const covered = [...new Set(kept.map(({ wider }) => wider))];
  const [only, ...others] = covered.length === 0 ? [...labels.values()] : covered.map((wider) => labels.get(wider));
  if (others.length === 0) return { answer: { ...answer, cells: kept }, ...(only !== undefined && { whom: only }) };
  const named = (cell: AnswerCell): AnswerCell => {
    const label = labels.get(cell.wider);
    return label === undefined ? cell : { ...cell, label: `${cell.label} (${label})` };
  };
  return { answer: { ...answer, cells: kept.map(named) } };
}

/**
 * Without the modules that published rows of one other parcours have, and rows of this one do not. What no row of a single
 * parcours tells of stays.
 */
async function ofParcours(
  { show, period }: Reading,
  metric: Metric,
  id: string,
  cells: readonly AnswerCell[],
): Promise<AnswerCell[]> {
  const { cells: byParcours } = await show({ report: metric.name, period, by: 'parcours' });
  const [own, foreign] = [new Set<string>(), new Set<string>()];
  for (const cell of byParcours) {
    const [only, ...others] = cell.parcours;
    if (only === undefined || others.length > 0) continue;
    for (const module of modulesIn(cell, metric)) (only === id ? own : foreign).add(module);
  }
  return cells.filter(({ module = '' }) => own.has(module) || !foreign.has(module));
}

/** Those that its tallies name. */
const modulesIn = (cell: AnswerCell, { figures }: Metric): string[] =>
  figures.flatMap(({ kind, name }) => {
    const tally = kind === 'tally' ? cell[name] : undefined;
    return typeof tally === 'object' && tally !== null && !Array.isArray(tally) ? Object.keys(tally) : [];
  });
