/** Asks the read model of a site that nobody has open. */
import { DuckDBInstance } from '@duckdb/node-api';
import type { Query } from '../../../reporting/projection/database.ts';
import { modelIn } from './site.ts';

export async function withDatabase<T>(folder: string, work: (query: Query) => Promise<T>): Promise<T> {
  const instance = await DuckDBInstance.create(modelIn(folder), { access_mode: 'READ_ONLY', threads: '2' });
  const connection = await instance.connect();
  try {
    return await work(async (sql, parameters = {}) => {
      return (await connection.runAndReadAll(sql, parameters)).getRowObjectsJS();
    });
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
