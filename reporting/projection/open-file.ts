/** The file of the read model, and how far it has followed the store. */
import { type Position, type Store, storedAt } from '../../lrs/index.ts';
import type { Tell } from '../../web/index.ts';
import { type Database, EMPTIED, openDatabase } from './database.ts';
import { applyRules, type Rules } from './rules.ts';

export interface ReadModel {
  database: Database;
  /** The events are those of the store up to there. */
  cursor: Position;
  /** So are the maintained tables up to there. */
  fresh: Position;
  /** Statements taken in up to the cursor. */
  taken: number;
}

export interface FileOptions {
  store: Store;
  file: string;
  /** Bytes. */
  memory: number;
  rules: Rules;
  /** Told where it is emptied. */
  tell?: Tell;
}

/** Opens it as it was left, or empty where it cannot be gone on with. */
export async function openFile({ store, file, memory, rules, tell }: FileOptions): Promise<ReadModel> {
  const database = await openDatabase(file, memory, { store: await store.history() }, tell);
  try {
    if (await emptyIfAhead(database, store)) tell?.(EMPTIED, { reason: 'the store has gone back behind it' });
    await applyRules(database, rules);
    return await asLeft(database);
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Empties it. */
export async function startAnew(model: ReadModel, rules: Rules): Promise<void> {
  await model.database.reset();
  await applyRules(model.database, rules);
  Object.assign(model, await asLeft(model.database));
}

/** It is emptied when the store has gone back behind it (an older backup was put in place). */
async function emptyIfAhead(database: Database, store: Store): Promise<boolean> {
  const cursor = await numberAt(database, 'cursor');
  if (cursor === 0 || storedAt(cursor) <= (await store.statements.consistentThrough())) return false;
  await database.reset();
  return true;
}

async function asLeft(database: Database): Promise<ReadModel> {
  const stale = await database.read((query) => query('FROM stale LIMIT 1'));
  const cursor = await numberAt(database, 'cursor');
  const fresh = stale.length === 0 ? cursor : await numberAt(database, 'fresh');
  return { database, cursor, fresh, taken: await numberAt(database, 'taken') };
}

const numberAt = async (database: Database, key: string): Promise<number> => Number((await database.meta(key)) ?? 0);
