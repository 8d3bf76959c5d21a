/** Writes tables to a DuckDB file of their own, for others to ask and to take along. */
import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { Bilingual } from '../../web/index.ts';
import { type Cell, inserterOf } from './insert.ts';

export interface PublishedColumn {
  name: string;
  /** As DuckDB writes it. One of those that inserterOf knows. */
  type: string;
  description: Bilingual<string>;
  unit?: string;
}

export interface TableSpec {
  name: string;
  description: Bilingual<string>;
  columns: readonly PublishedColumn[];
}

export interface PublishedTable extends TableSpec {
  /** One after the other, or a Parquet file of them, its columns in the same order. */
  rows: AsyncIterable<readonly Cell[]> | Iterable<readonly Cell[]> | { parquet: string };
}

/** Name of the table that describes the others. */
export const CODEBOOK = 'codebook';

/** Rows between two looks at what else there is to do. */
const TURN = 500;

/** MB. What is written goes to disk as it comes. */
const MEMORY = 256;

/**
 * Writes the tables, and beside them the codebook: what each column holds, in both languages, also as comments (COMMENT
 * ON). The file has its name once it is whole and on disk. With `parquetFolder`, each table is also written there, as
 * NAME.parquet. A path is written once in the life of a process (database.ts says why). Gives how many rows were given.
 */
export async function writePublished(
  tables: readonly PublishedTable[],
  path: string,
  { parquetFolder }: { parquetFolder?: string } = {},
): Promise<number> {
  const partial = join(dirname(path), `${randomUUID()}.partial`);
  try {
    const codebook = codebookOf(tables);
    const count = await write([...tables, codebook], partial, parquetFolder);
    await sync(partial);
    await rename(partial, path);
    return count - codebook.rows.length;
  } finally {
    await Promise.all([partial, `${partial}.wal`].map((each) => rm(each, { force: true })));
  }
}

async function write(
  tables: readonly PublishedTable[],
  file: string,
  parquetFolder: string | undefined,
): Promise<number> {
  const instance = await DuckDBInstance.create(file, {
    memory_limit: `${MEMORY}MB`,
    threads: '2',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  let count = 0;
  try {
    for (const table of tables) {
      await connection.run(definitionOf(table));
      count += await fill(connection, table);
      if (parquetFolder !== undefined) {
        const target = literal(join(parquetFolder, `${table.name}.parquet`));
        await connection.run(`COPY ${quoted(table.name)} TO ${target} (FORMAT parquet)`);
      }
    }
    await connection.run('CHECKPOINT');
    return count;
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

async function fill(connection: DuckDBConnection, { name, columns, rows }: PublishedTable): Promise<number> {
  if ('parquet' in rows) {
    const { rowsChanged } = await connection.run(
      `INSERT INTO ${quoted(name)} FROM read_parquet(${literal(rows.parquet)})`,
    );
    return rowsChanged;
  }
  const appender = await connection.createAppender(name);
  const inserters = columns.map(({ type }) => inserterOf(type));
  let count = 0;
  for await (const row of rows) {
    for (const [index, insert] of inserters.entries()) insert(appender, row[index]);
    appender.endRow();
    if (++count % TURN === 0) await breathe();
  }
  appender.closeSync();
  return count;
}

function definitionOf({ name, description, columns }: TableSpec): string {
  const list = columns.map((column) => `${quoted(column.name)} ${column.type}`).join(', ');
  const comments = columns.map(
    (column) => `COMMENT ON COLUMN ${quoted(name)}.${quoted(column.name)} IS ${literal(both(column.description))};`,
  );
  return `CREATE TABLE ${quoted(name)} (${list});
    COMMENT ON TABLE ${quoted(name)} IS ${literal(both(description))};
    ${comments.join('\n')}`;
}

const both = ({ fr, en }: Bilingual<string>): string => `${fr} / ${en}`;
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A row a table, then one a column of it. */
export function codebookRows(tables: readonly TableSpec[]): (string | null)[][] {
  return tables.flatMap(({ name, description, columns }) => [
    [name, null, null, null, description.fr, description.en],
    ...columns.map((column) => {
      const { fr, en } = column.description;
      return [name, column.name, column.type, column.unit ?? null, fr, en];
    }),
  ]);
}

const text = (name: string, fr: string, en: string): PublishedColumn => ({
  name,
  type: 'VARCHAR',
  description: { fr, en },
});

const codebookOf = (tables: readonly TableSpec[]) => ({
  name: CODEBOOK,
  description: {
    fr: 'Ce que contiennent les tables et leurs colonnes.',
    en: 'What the tables and their columns hold.',
  },
  columns: [
    text('table_name', 'Table.', 'Table.'),
    text('column_name', 'Colonne ; vide pour la table elle-même.', 'Column; empty for the table itself.'),
    text('type', 'Type de DuckDB.', 'Type of DuckDB.'),
    text('unit', 'Unité, s’il y en a une.', 'Unit, where there is one.'),
    text('fr', 'Description en français.', 'Description in French.'),
    text('en', 'Description en anglais.', 'Description in English.'),
  ],
  rows: codebookRows(tables),
});

async function sync(file: string): Promise<void> {
  const handle = await open(file);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
