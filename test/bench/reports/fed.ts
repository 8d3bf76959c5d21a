/** The same people with their statements in the store: what the bench's shortcut is measured by, and what is asked of statements. */
import { rm } from 'node:fs/promises';
import type { Db } from 'mongodb';
import { createDirectory } from '../../../lrs/directory/index.ts';
import type { Store } from '../../../lrs/index.ts';
import type { Statement } from '../../../lrs/xapi/types.ts';
import type { Row } from '../../../reporting/projection/database.ts';
import { MAINTAINED } from '../../../reporting/projection/schema.ts';
import { withDatabase } from './find.ts';
import { PEOPLE, STATEMENTS } from './question.ts';
import { asRead, followed, modelIn } from './site.ts';
import { COLUMNS, statementOf } from './statement.ts';

const PAGE = 20_000;
const AT_ONCE = 500;

/** The statements of the events of a read model, in their order, some at a time; without those that its store had. */
export async function* statementsIn(folder: string): AsyncGenerator<Statement[]> {
  for (let offset = 0; ; offset += PAGE) {
    const rows = await withDatabase(folder, (query) =>
      query(
        `SELECT ${COLUMNS} FROM events JOIN agent_numbers USING (agent) WHERE key LIKE '%|agent-%' ORDER BY instant, position LIMIT ${PAGE} OFFSET ${offset}`,
      ),
    );
    if (rows.length === 0) return;
    yield rows.map(statementOf);
  }
}

export async function storeStatements(store: Store, folder: string): Promise<number> {
  let count = 0;
  for await (const statements of statementsIn(folder)) {
    // Some under way, so that the writer need not wait for what is made of the next ones.
    let last: Promise<unknown> = Promise.resolve();
    for (let from = 0; from < statements.length; from += AT_ONCE) {
      const prepared = asRead(statements.slice(from, from + AT_ONCE));
      await last;
      last = store.commit({ statements: prepared });
    }
    await last;
    count += statements.length;
  }
  return count;
}

/** Statements and people as documents that a pipeline can look into; the store itself keeps the bytes it was sent. */
export async function fillMongo(db: Db, store: Store, folder: string): Promise<void> {
  for await (const statements of statementsIn(folder)) {
    const documents = statements.map(({ id, timestamp, ...rest }) => ({
      ...rest,
      _id: id as never,
      timestamp: new Date(timestamp ?? 0),
    }));
    await db.collection(STATEMENTS).insertMany(documents, { ordered: false });
  }
  const people: object[] = [];
  for await (const { id, identifiers, memberships } of createDirectory(store).all()) {
    people.push({
      _id: id,
      identifiers,
      memberships: memberships.map(({ from, to, ...place }) => ({
        ...place,
        ...(from !== undefined && { from: new Date(from) }),
        ...(to !== undefined && { to: new Date(to) }),
      })),
    });
  }
  await db.collection(PEOPLE).createIndex({ identifiers: 1 });
  await db.collection(PEOPLE).insertMany(people);
}

const MB = 2 ** 20;
/** Of two models only the numbers may differ, of statements and of agents. */
const COMPARED = {
  events: '* EXCLUDE (position, agent), key',
  agents: 'key, person',
  memberships: '*',
};
const NUMBERED = ['events', 'agents'];

/**
 * Fills a second read model in `beside` from the store, whose statements are those of the one in `folder`, and compares them
 * row by row. Gives statements a second; throws where anything is different.
 */
export async function feedAndCompare(store: Store, folder: string, beside: string, count: number): Promise<number> {
  const seconds = await followed(store, beside, 512 * MB);
  const tables = { ...COMPARED, ...Object.fromEntries(MAINTAINED.map((table) => [table, '*'])) };
  await withDatabase(folder, async (query) => {
    await query(`ATTACH '${modelIn(beside)}' AS fed (READ_ONLY)`);
    for (const [table, columns] of Object.entries(tables)) {
      const [own = '', fed = ''] = ['', 'fed.'].map((model) => {
        const keyed = NUMBERED.includes(table) ? `JOIN ${model}agent_numbers USING (agent)` : '';
        return `SELECT ${columns} FROM ${model}${table} ${keyed}`;
      });
      const sql = `SELECT count(*)::INTEGER AS n FROM ((${own} EXCEPT ALL ${fed}) UNION ALL (${fed} EXCEPT ALL ${own}))`;
      const [found] = (await query(sql)) as (Row | undefined)[];
      if (Number(found?.n) > 0) throw new Error(`${table}: ${found?.n} rows are not as the feed makes them`);
    }
  });
  await rm(beside, { recursive: true });
  return count / seconds;
}
