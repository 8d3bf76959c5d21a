/** Writes commits of three statements from four writers until it is killed; prints the ids of each once it is acknowledged. */
import { openSqliteStore } from '../../../lrs/store/sqlite/index.ts';
import { given, ids } from '../../contract/given.ts';

const store = await openSqliteStore(process.argv[2] ?? '');

async function write(): Promise<never> {
  for (;;) {
    const statements = [given(), given(), given()];
    await store.commit({ statements });
    process.stdout.write(`${JSON.stringify(ids(statements))}\n`);
  }
}

await Promise.all([write(), write(), write(), write()]);
