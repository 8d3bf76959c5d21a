/** `livret report NAME --period …`, `livret reports rebuild` */
import type { Progress } from '../../lrs/index.ts';
import type { Json } from '../../web/index.ts';
import { call } from '../call.ts';
import { print, printJson, printTable } from '../console.ts';
import { ProgressLine } from '../progress-line.ts';

interface ReportOptions {
  period: string;
  json?: boolean;
  republish?: boolean;
}

type Cell = { label: string } & Record<string, unknown>;

interface Answer {
  state: string;
  period: string;
  asOf: string | null;
  minimum: number;
  cells: Cell[];
  ministry: Cell | null;
  formula: string;
  texts: { en: { title: string } };
}

const STATES: Record<string, string> = {
  nobody: 'Nobody has contributed in this period yet.',
  tooFew: 'Too few people have contributed in this period for figures to be given.',
  notPublished: 'The figures of this period have not been published yet.',
};

/** Publishes a period that is over and not published yet. */
export async function showReport(name: string, { period, json, republish }: ReportOptions): Promise<void> {
  const answer = (await call('report', { name, period, republish })) as unknown as Answer;
  if (json) printJson(answer);
  else printReport(answer);
}

export async function rebuildReports(): Promise<void> {
  const line = new ProgressLine();
  const emit = async (told: Json) => line.show(told as unknown as Progress);
  const { asOf } = (await call('reports.rebuild', {}, { emit })) as { asOf: string };
  line.clear();
  print(`Rebuilt, as of ${asOf}.`);
}

function printReport({ state, period, asOf, minimum, cells, ministry, formula, texts }: Answer): void {
  print(`${texts.en.title}, ${period}`);
  const sentence = STATES[state];
  if (sentence !== undefined) {
    print(sentence);
    return;
  }
  const [first] = cells;
  const figures = Object.keys(first ?? {}).filter((key) => isFigure(first?.[key]));
  const row = (label: string, cell: Cell): string[] => [label, ...figures.map((figure) => show(cell[figure]))];
  const rows = cells.map((cell) => row(cell.label, cell));
  printTable(['DIRECTION', ...figures], ministry ? [...rows, row('(all)', ministry)] : rows);
  print(formula);
  print(`Each figure stands for at least ${minimum} people. As of ${asOf ?? 'never'}.`);
}

const isFigure = (value: unknown): boolean => typeof value === 'number' || value === null;

function show(figure: unknown): string {
  if (typeof figure !== 'number') return '-';
  return Number.isInteger(figure) ? String(figure) : figure.toFixed(3);
}
