/** A site of the bench: a store with its people, and a read model with what they did. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createDirectory } from '../../../lrs/directory/index.ts';
import { openStore, type Store } from '../../../lrs/index.ts';
import { ACTIVITY_TYPE, VERB } from '../../../lrs/profile/index.ts';
import type { NewStatement } from '../../../lrs/store/store.ts';
import { readStatements } from '../../../lrs/xapi/index.ts';
import type { Statement } from '../../../lrs/xapi/types.ts';
import { openDatabase, writeMeta } from '../../../reporting/projection/database.ts';
import { Projection } from '../../../reporting/projection/projection.ts';
import { RULES } from '../../reporting/site.ts';
import { beginOf, fillEvents, HOME_PAGE, MODULES, moduleIri, PARCOURS, parcoursIri } from './events.ts';
import { fillDirectory } from './ministry.ts';

const AUTHORITY = { account: { homePage: 'https://livret.example', name: 'bench' } };
const AT_ONCE = 500;

/** As the intake makes them of a request. `define`: their definitions are merged, which takes time. */
export function asRead(statements: readonly Statement[], define = false): NewStatement[] {
  const options = { version: '1.0.3', authority: AUTHORITY, maxStatements: statements.length } as const;
  return readStatements(JSON.stringify(statements), options).statements.map(
    ({ value: _value, attachments: _attachments, definitions, ...rest }) => ({
      ...rest,
      attachments: [],
      definitions: define ? definitions : [],
      defines: true,
    }),
  );
}

/** The first instant of this month: up to then people have done what they did. */
export const endOf = (now: number): number => {
  const date = new Date(now);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
};

/** Names of parcours and modules, as somebody nobody knows has opened each once. */
export function openings(end: number): Statement[] {
  const opened = (id: string, type: string, name: string): Statement => ({
    actor: { account: { homePage: HOME_PAGE, name: 'nobody' } },
    verb: { id: VERB.launched },
    object: { id, definition: { type, name: { fr: name, en: `${name} (en)` } } },
    timestamp: new Date(end).toISOString(),
  });
  return Array.from({ length: PARCOURS }, (_, parcours) => [
    opened(parcoursIri(parcours), ACTIVITY_TYPE.parcours, `Parcours ${parcours + 1}`),
    ...Array.from({ length: MODULES }, (__, module) =>
      opened(moduleIri(parcours, module), ACTIVITY_TYPE.lesson, `Module ${module + 1} du parcours ${parcours + 1}`),
    ),
  ]).flat();
}

/** The people, and the names of what they learn. */
export async function fillStore(store: Store, people: number, end: number): Promise<void> {
  await fillDirectory(createDirectory(store), people, (beginOf(end) + end) / 2);
  const statements = asRead(openings(end), true);
  for (let from = 0; from < statements.length; from += AT_ONCE) {
    await store.commit({ statements: statements.slice(from, from + AT_ONCE) });
  }
}

export const modelIn = (folder: string): string => join(folder, 'reports.duckdb');

const MB = 2 ** 20;
/** What sorting 20 million rows is given; the server has less. */
const FILLING = 6144 * MB;

export interface Filled {
  events: number;
  /** Seconds. */
  filling: number;
  /** Of the maintained tables, everyone's. */
  refreshing: number;
  /** MB on disk. */
  size: number;
}

/** Fills the read model of a store by itself: what the store has got besides comes through the feed. */
export async function fillModel(store: Store, folder: string, people: number, end: number): Promise<Filled> {
  const file = modelIn(folder);
  const started = performance.now();
  const database = await openDatabase(file, FILLING, { store: await store.history() });
  const events = await database.write(async (connection) => {
    const filled = await fillEvents(connection, people, end);
    await writeMeta(connection, 'taken', String(filled));
    return filled;
  });
  await database.close();
  const filled = performance.now();
  await followed(store, folder, 1024 * MB);
  const { size } = await stat(file);
  return {
    events,
    filling: (filled - started) / 1000,
    refreshing: (performance.now() - filled) / 1000,
    size: size / MB,
  };
}

/** Has the read model follow the store to its end; gives the seconds that took. */
export async function followed(store: Store, folder: string, memory: number): Promise<number> {
  const onError = (error: unknown) => {
    throw error;
  };
  const started = performance.now();
  const options = { store, directory: createDirectory(store), file: modelIn(folder), memory, rules: RULES, onError };
  const projection = await Projection.open(options);
  await projection.drain();
  await projection.close();
  return (performance.now() - started) / 1000;
}

/** Opens the SQLite store in a folder for some work. */
export async function withStore<T>(folder: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore({ engine: 'sqlite', folder });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
