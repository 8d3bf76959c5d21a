/** SQL over HTTP, and the files to take along. */
import { createReadStream } from 'node:fs';
import express, { type NextFunction, type Request, type RequestHandler, type Response, type Router } from 'express';
import { actorOf, LivretError, type PeopleAccess, permissionFor, reachingOf } from '../../lrs/index.ts';
import { type Permission, streamTo } from '../../web/index.ts';
import { CELL_TABLES } from './cell-tables.ts';
import { askerOf, goneOf } from './gone.ts';
import { CODEBOOK, codebookRows, type TableSpec } from './publish.ts';
import { ROW_SPECS } from './rows.ts';
import type { SqlAnswer } from './run.ts';
import type { Asking, Extract, Sql } from './sql.ts';

const CELLS = '/api/sql/cells';
const ROWS = '/api/sql/rows';
const BOOK = '/api/sql/codebook';
const CELLS_FILE = '/api/extract/cells.duckdb';
const ROWS_FILE = '/api/extract/rows.duckdb';

const parquetPath = (table: string): string => `/api/extract/cells/${table}.parquet`;
const PARQUET_TABLES = [...CELL_TABLES.map(({ name }) => name), CODEBOOK];

export const sqlPermissions: Permission[] = [
  permissionFor('POST', CELLS, 'sql.cells'),
  permissionFor('POST', ROWS, 'sql.rows'),
  permissionFor('GET', ROWS_FILE, 'sql.rows'),
  permissionFor('GET', BOOK, 'sql.cells'),
  permissionFor('GET', CELLS_FILE, 'sql.cells'),
  ...PARQUET_TABLES.map((table) => permissionFor('GET', parquetPath(table), 'sql.cells')),
];

/** Adds the routes to a router: one inside it would hide them from the table of permissions. */
export function addSqlRoutes(router: Router, sql: Sql, access: Pick<PeopleAccess, 'guard'>): Router {
  const cells = access.guard('sql.cells');
  // For people alone: what is noted is who it was.
  const rows = access.guard('sql.rows');

  router.post(CELLS, cells, readJson, async function askCells(request: Request, response: Response) {
    await sendAnswer(response, await sql.askCells(reachingOf(response), asking(request, response, askerOf(response))));
  });

  router.get(BOOK, cells, function showCodebook(_request: Request, response: Response) {
    response.json({ cells: codebookOf(CELL_TABLES), rows: codebookOf(ROW_SPECS) });
  });

  router.get(CELLS_FILE, cells, async function extractCells(_request: Request, response: Response) {
    await sql.extractCells(reachingOf(response), undefined, (extract) => sendFile(response, extract, 'cells.duckdb'));
  });
  for (const table of PARQUET_TABLES) {
    router.get(parquetPath(table), cells, async function extractTable(_request: Request, response: Response) {
      await sql.extractCells(reachingOf(response), table, (extract) => sendFile(response, extract, `${table}.parquet`));
    });
  }

  router.post(ROWS, rows, readJson, async function askRows(request: Request, response: Response) {
    await sendAnswer(response, await sql.askRows(asking(request, response, actorOf(response))));
  });
  router.get(ROWS_FILE, rows, async function extractRows(_request: Request, response: Response) {
    await sql.extractRows(actorOf(response), (extract) => sendFile(response, extract, 'rows.duckdb'));
  });
  return router;
}

/** Bytes of a request: more SQL than is read anyway. */
const LARGEST = 500_000;

const parseJson = express.json({ limit: LARGEST });

/** Reads the body where it is JSON; a form has been read by the guard. */
const readJson: RequestHandler = (request: Request, response: Response, next: NextFunction): void =>
  parseJson(request, response, (error?: Error & { type?: string }) => {
    if (error === undefined) next();
    else if (error.type === 'entity.too.large') next(new LivretError('request.tooLarge'));
    else next(new LivretError('request.json', { cause: error }));
  });

function sqlOf(request: Request): string {
  const sql: unknown = request.body?.sql;
  if (typeof sql !== 'string') throw new LivretError('sql.statement', { detail: 'Send it as the text `sql`.' });
  return sql;
}

const asking = (request: Request, response: Response, by: string): Asking => ({
  by,
  sql: sqlOf(request),
  signal: goneOf(response),
});

/** `{columns: [{name, type}], rows: [[…]], truncated, milliseconds}`; the rows are JSON already. */
async function sendAnswer(response: Response, answer: SqlAnswer): Promise<void> {
  response.set('Cache-Control', 'private, no-store').type('json');
  await streamTo(response, answerPieces(answer));
}

/** Rows that are sent at once: of all of them at once nobody else would be served for a tenth of a second. */
const BATCH = 1000;

async function* answerPieces({ columns, rows, truncated, milliseconds }: SqlAnswer): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`{"columns":${JSON.stringify(columns)},"rows":[`);
  for (let at = 0; at < rows.length; at += BATCH) {
    yield Buffer.from(`${at > 0 ? ',' : ''}${rows.slice(at, at + BATCH).join(',')}`);
  }
  const end = JSON.stringify({ truncated, milliseconds: Math.round(milliseconds) }).slice(1);
  yield Buffer.from(`],${end}`);
}

async function sendFile(response: Response, { path, bytes }: Extract, name: string): Promise<void> {
  response
    .set('Cache-Control', 'private, no-store')
    .set('Content-Length', String(bytes))
    .attachment(name)
    .type('application/octet-stream');
  await streamTo(response, createReadStream(path));
}

const codebookOf = (tables: readonly TableSpec[]) =>
  codebookRows(tables).map(([table_name, column_name, type, unit, fr, en]) => ({
    table_name,
    column_name,
    type,
    unit,
    fr,
    en,
  }));
