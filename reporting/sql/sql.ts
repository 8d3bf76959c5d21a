/** SQL for analysts, and the files they take along: over published cells, or over rows of people under pseudonyms. */
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Directory } from '../../lrs/directory/index.ts';
import type { Reaching, Store } from '../../lrs/index.ts';
import type { Projection } from '../projection/projection.ts';
import type { Reports } from '../reports.ts';
import type { ReportingSettings } from '../settings.ts';
import { cellTables } from './cells.ts';
import { CellsState } from './cells-state.ts';
import type { Limits, Shown } from './job.ts';
import { pseudonymsAt } from './pseudonyms.ts';
import { writePublished } from './publish.ts';
import { databaseIn, type PublishedFiles } from './published-files.ts';
import { rowTables } from './rows.ts';
import { runSql, type SqlAnswer } from './run.ts';
import { noted } from './uses.ts';

export interface SqlOptions {
  store: Store;
  directory: Pick<Directory, 'revision'>;
  projection: Pick<Projection, 'drained'>;
  reports: Reports;
  files: { cells: PublishedFiles; rows: PublishedFiles };
  settings: Pick<ReportingSettings, 'sqlSeconds' | 'sqlMemory' | 'sessionGap'>;
  /** Milliseconds since 1970. */
  now(): number;
}

/** Rows of an answer, and their bytes as JSON: it is held in memory until it is whole. */
export const MOST = { rows: 50_000, bytes: 32 * 2 ** 20 };

/** Milliseconds for which rows of people are good: making them takes seconds where there are many. */
const ROWS_LAST = 5 * 60_000;

/** A file on disk, there while it is read. */
export interface Extract {
  path: string;
  bytes: number;
}

export interface Asking {
  /** A person's id, that of a key, 'link' or 'console': for their share, and the note of who asks rows. */
  by: string;
  sql: string;
  signal?: AbortSignal;
  /** For a page. */
  shown?: Shown;
}

type Take<T> = (extract: Extract) => Promise<T>;

export class Sql {
  readonly #options: SqlOptions;
  readonly #cells: CellsState;

  constructor(options: SqlOptions) {
    this.#options = options;
    this.#cells = new CellsState(options.store, options.reports);
  }

  /** Asks the published cells within reach. Rejects as runSql does. */
  askCells(reaching: Reaching, asking: Asking): Promise<SqlAnswer> {
    return this.#useCells(reaching, (folder) => this.#ask(folder, asking));
  }

  /** Gives the published cells within reach: all of them as a DuckDB file, or one table as Parquet. */
  extractCells<T>(reaching: Reaching, table: string | undefined, take: Take<T>): Promise<T> {
    return this.#useCells(reaching, async (folder) =>
      take(await extractOf(table === undefined ? databaseIn(folder) : join(folder, `${table}.parquet`))),
    );
  }

  /** Asks the rows of people; by whom is noted with the SQL. Rejects as runSql does. */
  askRows(asking: Asking): Promise<SqlAnswer> {
    const { by, sql } = asking;
    const { store, now } = this.#options;
    return noted(
      store,
      { act: 'query', by, time: now(), sql },
      () => this.#useRows((folder) => this.#ask(folder, asking)),
      ({ count }) => count,
    );
  }

  /** Gives the rows of people as a DuckDB file; noted as askRows notes it. */
  async extractRows<T>(by: string, take: Take<T>): Promise<T> {
    const { store, now } = this.#options;
    const { taken } = await noted(
      store,
      { act: 'extract', by, time: now() },
      () => this.#useRows(async (folder, rows) => ({ rows, taken: await take(await extractOf(databaseIn(folder))) })),
      ({ rows }) => rows,
    );
    return taken;
  }

  async #useCells<T>(reaching: Reaching, work: (folder: string) => Promise<T>): Promise<T> {
    const { reports, files } = this.#options;
    const directions = reaching.reach === 'all' ? undefined : [...reaching.directions].sort();
    const key = JSON.stringify([await this.#cells.now(), directions]);
    const make = async (folder: string): Promise<number> =>
      writePublished(cellTables(reports, reaching), databaseIn(folder), { parquetFolder: folder });
    return files.cells.use(key, make, work);
  }

  async #useRows<T>(work: (folder: string, rows: number) => Promise<T>): Promise<T> {
    const { store, directory, projection, files, settings, now } = this.#options;
    const pseudonyms = await pseudonymsAt(store, now());
    // Whoever was erased or merged meanwhile is so in what is given out.
    const key = JSON.stringify([pseudonyms.quarter, await directory.revision(), Math.floor(now() / ROWS_LAST)]);
    const make = async (folder: string): Promise<number> => {
      const own = join(folder, 'tables');
      await mkdir(own);
      const tables = await projection.drained((snapshot) => rowTables(snapshot, pseudonyms, settings, own));
      const count = await writePublished(tables, databaseIn(folder));
      await rm(own, { recursive: true });
      return count;
    };
    return files.rows.use(key, make, work);
  }

  #ask(folder: string, asking: Asking): Promise<SqlAnswer> {
    const { sqlSeconds, sqlMemory } = this.#options.settings;
    const limits: Limits = { milliseconds: sqlSeconds * 1000, memory: sqlMemory, ...MOST };
    return runSql({ file: databaseIn(folder), limits, ...asking });
  }
}

const extractOf = async (path: string): Promise<Extract> => ({ path, bytes: (await stat(path)).size });
