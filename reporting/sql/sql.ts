/** SQL for analysts, and the files they take along: over published cells, or over rows of people under pseudonyms. */
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Reaching, Store } from '../../lrs/index.ts';
import { ACTS } from '../privacy/records.ts';
import type { Reports } from '../reports.ts';
import type { ReportingSettings } from '../settings.ts';
import { cellTables } from './cells.ts';
import type { Limits } from './job.ts';
import { writePublished } from './publish.ts';
import { databaseIn, type PublishedFiles } from './published-files.ts';
import { runSql, type SqlAnswer } from './run.ts';

export interface SqlOptions {
  store: Store;
  reports: Reports;
  files: PublishedFiles;
  settings: Pick<ReportingSettings, 'sqlSeconds' | 'sqlMemory'>;
}

/** Rows of an answer, and their bytes as JSON: it is held in memory until it is whole. */
const MOST = { rows: 50_000, bytes: 32 * 2 ** 20 };

/** A file on disk, there while it is read. */
export interface Extract {
  path: string;
  bytes: number;
}

export class Sql {
  readonly #options: SqlOptions;

  constructor(options: SqlOptions) {
    this.#options = options;
  }

  /** Asks the published cells within reach. Rejects as runSql does. */
  askCells(reaching: Reaching, sql: string, signal?: AbortSignal): Promise<SqlAnswer> {
    return this.#useCells(reaching, (folder) => this.#ask(folder, sql, signal));
  }

  /** Gives the published cells within reach: all of them as a DuckDB file, or one table as Parquet. */
  extractCells<T>(reaching: Reaching, table: string | undefined, take: (extract: Extract) => Promise<T>): Promise<T> {
    return this.#useCells(reaching, async (folder) =>
      take(await extractOf(table === undefined ? databaseIn(folder) : join(folder, `${table}.parquet`))),
    );
  }

  async #useCells<T>(reaching: Reaching, work: (folder: string) => Promise<T>): Promise<T> {
    const { reports, files } = this.#options;
    const directions = reaching.reach === 'all' ? ['all'] : [...reaching.directions].sort();
    const key = createHash('sha256')
      .update(JSON.stringify([await this.#revision(), directions]))
      .digest('hex');
    const make = async (folder: string): Promise<void> =>
      writePublished(await cellTables(reports, reaching), databaseIn(folder), { parquetFolder: folder });
    return files.use(key, make, work);
  }

  /** Changes whenever something is published: each act is noted. */
  async #revision(): Promise<unknown> {
    const acts = this.#options.store.collection(ACTS);
    const [last] = await acts.find({ index: 'time', descending: true, limit: 1 });
    return [await acts.count(), last?.id];
  }

  #ask(folder: string, sql: string, signal: AbortSignal | undefined): Promise<SqlAnswer> {
    const { sqlSeconds, sqlMemory } = this.#options.settings;
    const limits: Limits = { milliseconds: sqlSeconds * 1000, memory: sqlMemory, ...MOST };
    return runSql({ file: databaseIn(folder), sql, limits, ...(signal && { signal }) });
  }
}

const extractOf = async (path: string): Promise<Extract> => ({ path, bytes: (await stat(path)).size });
