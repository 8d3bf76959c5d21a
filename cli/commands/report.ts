/** `livret report NAME --period …`, `livret report --list`, `livret reports rebuild` */
import { LivretError, type Progress } from '../../lrs/index.ts';
import type { Json } from '../../web/index.ts';
import { call } from '../call.ts';
import { count, print, printJson, printTable, printWideTable } from '../console.ts';
import { writeFileOut } from '../file-out.ts';
import { ProgressLine } from '../progress-line.ts';
import { type Claims, type Cumulative, printClaims, printCumulative } from './collected-reports.ts';

/** What is asked goes to the reports as it is: they say what there is to ask. */
interface ReportOptions extends Record<string, Json | undefined> {
  list?: boolean;
  json?: boolean;
  format?: string;
  out?: string;
  force?: boolean;
}

interface Earlier {
  says?: { en: string };
  cell: Cell | null;
}

type Cell = { label: string; earlier?: Earlier } & Record<string, unknown>;

interface Answer {
  state: string;
  period: string;
  by: string;
  through: string | null;
  asOf: string | null;
  minimum: number;
  rounding: number | null;
  settings: Record<string, unknown>;
  cells: Cell[];
  ministry: Cell | null;
  compared?: { period: string; state: string };
  formula: string;
  texts: { en: { title: string } };
}

interface Catalogue {
  period: string;
  reports: { name: string; by: string[]; periods: string[]; texts: { en: { title: string } } }[];
}

const STATES: Record<string, string> = {
  nobody: 'Nobody has contributed in this period yet.',
  tooFew: 'Too few people have contributed in this period for figures to be given.',
  notPublished: 'The figures of this period have not been published yet.',
};

/** Publishes a period that is over and not published yet. */
export async function showReport(name: string | undefined, options: ReportOptions): Promise<void> {
  const { list, json, out, force = false, ...asked } = options;
  if (list || name === undefined) return listReports(json === true);
  const args = { name, ...asked };
  if (asked.format !== undefined && asked.format !== 'json') return writeReport(args, out ?? '-', force);
  if (out !== undefined) throw new LivretError('request.parameter', { detail: '--out goes with --format.' });
  if (json || asked.format === 'json') {
    printJson(await call('report', args));
    return;
  }
  // The console speaks English, labels too unless another language is asked for.
  const answer = await call('report', { lang: 'en', ...args });
  if (name === 'claims') printClaims(answer as unknown as Claims);
  else if (name === 'cumulative') printCumulative(answer as unknown as Cumulative);
  else printReport(answer as unknown as Answer);
}

async function writeReport(args: Record<string, Json | undefined>, path: string, force: boolean): Promise<void> {
  const written = await writeFileOut(path, force, (emit) => call('report', args, { emit }));
  const { bytes } = written as { bytes: number };
  if (path !== '-') print(`${count(bytes)} bytes in ${path}`);
}

async function listReports(json: boolean): Promise<void> {
  const catalogue = await call('reports.list');
  if (json) return printJson(catalogue);
  const { period, reports } = catalogue as unknown as Catalogue;
  printTable(
    ['NAME', 'TITLE', 'BY', 'PUBLISHED'],
    reports.map(({ name, texts, by, periods }) => [name, texts.en.title, by.join(' '), publishedOf(periods)]),
  );
  print(`Periods: each ${period}.`);
}

const publishedOf = ([last, ...more]: string[]): string =>
  last === undefined ? '-' : `${last}${more.length === 0 ? '' : ` and ${count(more.length)} before`}`;

export async function rebuildReports(): Promise<void> {
  const line = new ProgressLine();
  const emit = async (told: Json) => line.show(told as unknown as Progress);
  const { asOf } = (await call('reports.rebuild', {}, { emit })) as { asOf: string };
  line.clear();
  print(`Rebuilt, as of ${asOf}.`);
}

function printReport(answer: Answer): void {
  const { state, period, by, through, asOf, minimum, rounding, cells, ministry, compared, formula, texts } = answer;
  print(`${texts.en.title}, ${period}${through === null || through === period ? '' : ` up to ${through}`}`);
  const sentence = STATES[state];
  if (sentence !== undefined) {
    print(sentence);
    return;
  }
  const figures = figuresOf(cells);
  const show = (cell: Cell, figure: string): string[] =>
    [cell, ...(compared ? [cell.earlier?.cell] : [])].map((each) => shown(each?.[figure]));
  const row = (label: string, cell: Cell): string[] => [label, ...figures.flatMap((figure) => show(cell, figure))];
  const rows = cells.map((cell) => row(cell.label, cell));
  const headings = figures.flatMap((figure) => (compared ? [figure, compared.period] : [figure]));
  printWideTable([by.toUpperCase(), ...headings], ministry ? [...rows, row('(all)', ministry)] : rows);
  if (compared) printCompared(compared, cells);
  print(formula);
  const made = settingsText(answer.settings);
  if (made !== '') print(`Made with ${made}.`);
  if (rounding !== null) print(`Numbers of people are rounded to a multiple of ${rounding}, up or down by chance.`);
  print(`Each row stands for at least ${minimum} people. As of ${asOf ?? 'never'}.`);
}

const SETTINGS: Record<string, (value: unknown) => string> = {
  sessionGap: (value) => `θ ${value} min`,
  workingHours: (value) => `working hours ${(value as { text: string }).text}`,
  holidays: (value) => `public holidays ${value}`,
  moduleMinutes: (value) => `${value} min planned for a module`,
  timeZone: (value) => `time zone ${value}`,
};

const settingsText = (settings: Record<string, unknown>): string =>
  Object.entries(settings)
    .map(([name, value]) => SETTINGS[name]?.(value) ?? `${name} ${value}`)
    .join(', ');

function printCompared({ period, state }: { period: string; state: string }, cells: readonly Cell[]): void {
  if (state !== 'published') print(`${period}: ${STATES[state] ?? state}`);
  for (const sentence of new Set(cells.flatMap(({ earlier }) => earlier?.says?.en ?? []))) print(sentence);
}

const figuresOf = (cells: readonly Cell[]): string[] => [
  ...new Set(cells.flatMap((cell) => Object.keys(cell).filter((key) => isFigure(cell[key])))),
];

const isFigure = (value: unknown): boolean => typeof value === 'number' || value === null;

function shown(figure: unknown): string {
  if (typeof figure !== 'number') return '-';
  return Number.isInteger(figure) ? String(figure) : figure.toFixed(3);
}
