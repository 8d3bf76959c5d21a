/** What each route of the reports takes and answers: from the same tables as the routes. */

import type { ErrorCode } from '../../lrs/index.ts';
import { COLLECTED } from '../all-collected.ts';
import { parametersOf, WRITING } from '../asking.ts';
import { EXPORT_TYPES } from '../exports/index.ts';
import { METRICS } from '../metrics/index.ts';
import type { Parameter } from '../parameters.ts';
import { PERSON_PARAMETERS, PROGRESS_PARAMETERS } from '../progress/parameters.ts';
import { answerName } from './report-schemas.ts';

export interface Operation {
  method: 'GET' | 'POST';
  path: string;
  id: string;
  tag: 'reports' | 'me' | 'progress' | 'sql';
  summary: string;
  parameters: readonly Parameter[];
  /** Name of the schema of its JSON body. */
  body?: string;
  /** Names of schemas and types of what it answers with 200. */
  answers: { json?: string; files: readonly string[] };
  /** What it may refuse beside what every route may. */
  refuses: readonly ErrorCode[];
}

const FILES = Object.values(EXPORT_TYPES);
const REFUSALS: readonly ErrorCode[] = [
  'request.parameter',
  'report.period',
  'report.notClosed',
  'report.table',
  'report.tooManyRows',
  'report.busy',
];
const SQL_REFUSALS: readonly ErrorCode[] = [
  ...(['request.json', 'request.tooLarge', 'access.crossSite', 'access.form'] as const),
  ...(['sql.statement', 'sql.refused', 'sql.tooLong', 'sql.tooLarge', 'sql.tooManyColumns', 'sql.busy'] as const),
];

const reportOperations = (): Operation[] => [
  {
    ...{ method: 'GET', path: '/api/reports', id: 'listReports', tag: 'reports', parameters: [] },
    summary: 'Which reports there are, with what they can be asked and the periods that are published.',
    answers: { json: 'Catalogue', files: [] },
    refuses: ['request.parameter'],
  },
  ...METRICS.map(
    (metric): Operation => ({
      ...{ method: 'GET', path: `/api/reports/${metric.name}`, id: `report-${metric.name}`, tag: 'reports' },
      summary: `${metric.texts.en.title}. ${metric.texts.en.definition}`,
      parameters: parametersOf(metric),
      answers: { json: answerName(metric), files: FILES },
      refuses: REFUSALS,
    }),
  ),
  ...COLLECTED.map(
    ({ name, summary, parameters }): Operation => ({
      ...{ method: 'GET', path: `/api/reports/${name}`, id: `report-${name}`, tag: 'reports' },
      summary,
      parameters,
      answers: { json: name, files: FILES },
      refuses: REFUSALS,
    }),
  ),
];

const OWN_OPERATIONS: readonly Operation[] = [
  {
    ...{ method: 'GET', path: '/api/me/learning', id: 'ownLearning', tag: 'me', parameters: WRITING },
    summary: 'All that the reports know of whoever asks; of nobody else.',
    answers: { json: 'Learning', files: FILES },
    refuses: ['request.parameter', 'report.table', 'report.tooManyRows', 'report.busy', 'people.unknown'],
  },
  {
    ...{ method: 'GET', path: '/api/progress', id: 'progress', tag: 'progress' },
    summary: 'Who is enrolled, done or late, by name, in the directions of a training correspondent.',
    parameters: PROGRESS_PARAMETERS,
    answers: { json: 'Progress', files: FILES },
    refuses: ['request.parameter', 'report.table', 'report.tooManyRows', 'report.busy', 'direction.unknown'],
  },
  {
    ...{ method: 'GET', path: '/api/progress/person', id: 'progressOfPerson', tag: 'progress' },
    summary: 'Of one person: what is done of each parcours, module by module, up to the end of the last full week.',
    parameters: PERSON_PARAMETERS,
    answers: { json: 'ProgressOfPerson', files: [] },
    refuses: ['request.parameter', 'people.unknown'],
  },
];

const OCTETS = 'application/octet-stream';

const sqlOperation = (path: string, id: string, summary: string): Operation => ({
  ...{ method: 'POST', path, id, tag: 'sql', summary, parameters: [], body: 'SqlQuestion' },
  answers: { json: 'SqlAnswer', files: [] },
  refuses: SQL_REFUSALS,
});

/** A file to take along. */
const extract = (path: string): Operation => ({
  ...{ method: 'GET', path, id: `extract-${path.slice('/api/extract/'.length).replace(/\W+/g, '-')}`, tag: 'sql' },
  summary: `What SQL can ask, as a file: ${path.slice(path.lastIndexOf('/') + 1)}.`,
  parameters: [],
  answers: { files: [OCTETS] },
  refuses: [],
});

const sqlOperations = (paths: readonly string[]): Operation[] => [
  sqlOperation('/api/sql/cells', 'sqlCells', 'Asks the published cells in SQL.'),
  sqlOperation(
    '/api/sql/rows',
    'sqlRows',
    'Asks rows of people under pseudonyms in SQL: a right of its own, each use noted.',
  ),
  {
    ...{ method: 'GET', path: '/api/sql/codebook', id: 'codebook', tag: 'sql', parameters: [] },
    summary: 'What the tables and columns hold that SQL can ask.',
    answers: { json: 'Codebook', files: [] },
    refuses: [],
  },
  ...paths.filter((path) => path.startsWith('/api/extract/')).map(extract),
];

/** `paths`: those of the table of permissions, which has a file for each table. */
export const operationsOf = (paths: readonly string[]): Operation[] => [
  ...reportOperations(),
  ...OWN_OPERATIONS,
  ...sqlOperations(paths),
];
