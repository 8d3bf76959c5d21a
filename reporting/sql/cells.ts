/** The published cells as tables, for one reach: the same figures, by the same door, as on every other way out. */
import type { Reaching } from '../../lrs/index.ts';
import type { Answer, AnswerCell } from '../answer.ts';
import { METRICS } from '../metrics/index.ts';
import type { Reports } from '../reports.ts';
import { within } from '../within.ts';
import { column } from './column.ts';
import type { Cell } from './insert.ts';
import type { PublishedTable, TableSpec } from './publish.ts';

type Row = readonly Cell[];

const METRIC = column('metric', 'VARCHAR', 'Nom de la mesure.', 'Name of the metric.');
const PERIOD = column('period', 'VARCHAR', 'Période, par exemple 2021-Q4.', 'Period, such as 2021-Q4.');
const FIGURE = column('figure', 'VARCHAR', 'Nom du chiffre.', 'Name of the figure.');

const CELLS: TableSpec = {
  name: 'cells',
  description: {
    fr: 'Cellules publiées : un chiffre d’un groupe pour une période. Un groupe plus petit ne se laisse pas calculer.',
    en: 'Published cells: one figure of a group for a period. No smaller group can be computed.',
  },
  columns: [
    METRIC,
    PERIOD,
    column('holds', 'VARCHAR', 'Ce que contient la cellule, en clair.', 'What the cell holds, in words (French).'),
    column('directions', 'VARCHAR[]', 'Directions qu’elle contient.', 'Directions that it holds.'),
    column('ministry', 'BOOLEAN', 'Vrai pour l’ensemble du ministère.', 'True for the whole ministry.'),
    FIGURE,
    column(
      'key',
      'VARCHAR',
      'Pour un chiffre à plusieurs valeurs : laquelle (module, rang à partir de 0) ; sinon vide.',
      'For a figure of several values: which one (module, place from 0); else empty.',
    ),
    column('value', 'DOUBLE', 'Valeur ; vide si elle est retenue.', 'Value; empty where it is withheld.'),
    column(
      'withheld',
      'BOOLEAN',
      'Vrai si trop peu de personnes sont derrière ce chiffre pour le donner.',
      'True where too few people stand behind the figure for it to be given.',
    ),
  ],
};

const PUBLICATIONS: TableSpec = {
  name: 'publications',
  description: {
    fr: 'Les périodes publiées de chaque mesure, et comment elles ont été calculées.',
    en: 'The published periods of each metric, and how they were computed.',
  },
  columns: [
    METRIC,
    PERIOD,
    column('first_day', 'DATE', 'Premier jour de la période.', 'First day of the period.'),
    column('last_day', 'DATE', 'Dernier jour de la période.', 'Last day of the period.'),
    column(
      'minimum',
      'INTEGER',
      'Nombre minimal de personnes derrière un chiffre.',
      'Fewest people a figure stands for.',
    ),
    column('time_zone', 'VARCHAR', 'Fuseau des jours et des heures.', 'Time zone of days and hours.'),
    column(
      'as_of',
      'TIMESTAMP',
      'Ce qui était enregistré alors est compté (UTC).',
      'All stored by then is counted (UTC).',
    ),
    column('published_at', 'TIMESTAMP', 'Date de publication (UTC).', 'When it was published (UTC).'),
  ],
};

const MEANINGS: TableSpec = {
  name: 'metrics',
  description: { fr: 'Ce que veut dire chaque mesure.', en: 'What each metric means.' },
  columns: [
    METRIC,
    column('title_fr', 'VARCHAR', 'Titre.', 'Title in French.'),
    column('title_en', 'VARCHAR', 'Titre en anglais.', 'Title.'),
    column('definition_fr', 'VARCHAR', 'Définition.', 'Definition in French.'),
    column('definition_en', 'VARCHAR', 'Définition en anglais.', 'Definition.'),
    column('formula', 'VARCHAR', 'Formule.', 'Formula.'),
    column('source', 'VARCHAR', 'D’où vient la définition.', 'Where the definition comes from.'),
  ],
};

/** What the tables hold, without their rows. */
export const CELL_TABLES: readonly TableSpec[] = [CELLS, PUBLICATIONS, MEANINGS];

/** Everything that is published, as far as it is within reach. */
export async function cellTables(reports: Reports, reaching: Reaching): Promise<PublishedTable[]> {
  const answers: Answer[] = [];
  for (const { name } of METRICS) {
    for (const period of await reports.publishedPeriods(name)) {
      answers.push(within(reaching, await reports.read({ report: name, period })));
    }
  }
  return [
    { ...CELLS, rows: answers.flatMap(cellRows) },
    { ...PUBLICATIONS, rows: answers.map(publicationRow) },
    { ...MEANINGS, rows: METRICS.map(metricRow) },
  ];
}

const publicationRow = (answer: Answer): Row => [
  answer.report,
  answer.period,
  answer.from,
  answer.to,
  answer.minimum,
  answer.timeZone,
  instant(answer.asOf),
  instant(answer.publishedAt),
];

const metricRow = ({ name, texts, formula, source }: (typeof METRICS)[number]): Row => [
  name,
  texts.fr.title,
  texts.en.title,
  texts.fr.definition,
  texts.en.definition,
  formula,
  source,
];

const instant = (iso: string | null): Date | null => (iso === null ? null : new Date(iso));

function cellRows({ report, period, cells, ministry }: Answer): Row[] {
  const rows = cells.flatMap((cell) => figureRows([report, period, cell.label, cell.directions, false], cell));
  if (ministry === null) return rows;
  const directions = [...new Set(cells.flatMap((cell) => cell.directions))];
  return [...rows, ...figureRows([report, period, 'Ensemble du ministère', directions, true], ministry)];
}

/** What of a row of an answer is no figure. */
const HOLDS: ReadonlySet<string> = new Set([
  ...['label', 'directions', 'parcours', 'services', 'sites'],
  ...['module', 'wider', 'nobody', 'withheld'],
]);

/** One row a figure, one a key where it has several values. */
function figureRows(head: Row, cell: AnswerCell): Row[] {
  const { withheld = [] } = cell;
  const figures = Object.entries(cell).filter(([name]) => !HOLDS.has(name));
  return figures.flatMap(([name, value]) => {
    const several = typeof value === 'object' && value !== null ? Object.entries(value) : [[null, value] as const];
    return several.map(([key, each]) => [
      ...head,
      name,
      key,
      typeof each === 'number' ? each : null,
      withheld.includes(name),
    ]);
  });
}
