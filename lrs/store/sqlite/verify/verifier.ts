/** Looks through a copy of the store. Nothing that writes the store is used here but what the pure folder computes. */
import type { Checked } from '../../dump.ts';
import type { Database } from '../schema.ts';
import { checkActivities, checkDocuments, checkErasures } from './documents.ts';
import { checkEntries, checkPairs, prepareEntries } from './entries.ts';
import { type Check, found } from './finding.ts';
import { checkItems } from './items.ts';
import { checkStatements } from './statements.ts';
import { checkPositions, checkVoiding } from './voiding.ts';

/** Most lines that SQLite gives of what is wrong with its file. */
const FILE_FINDINGS = 100;

/** The copy is written to: what should be is put beside what is. */
export function* verify(database: Database): Check {
  const checked: Checked = { statements: 0, events: 0, documents: 0, activities: 0, items: 0, blobs: 0 };
  try {
    yield* checkFile(database);
    database.exec('BEGIN');
    prepareEntries(database);
    yield* checkStatements(database, checked);
    yield* checkEntries(database);
    yield* checkPairs(database);
    yield* checkPositions(database, checked);
    yield* checkVoiding(database);
    yield* checkDocuments(database, checked);
    yield* checkActivities(database, checked);
    yield* checkErasures(database);
    yield* checkItems(database, checked);
    yield* blobs(database);
  } catch (error) {
    if (!isDamage(error)) throw error;
    yield found('file', 'store.sqlite', `It cannot be read further: ${(error as Error).message}.`);
  }
  yield { checked };
}

function* checkFile(database: Database): Check {
  const rows = database.prepare(`PRAGMA integrity_check(${FILE_FINDINGS})`).all() as { integrity_check: string }[];
  for (const { integrity_check: line } of rows) if (line !== 'ok') yield found('file', 'store.sqlite', line);
}

function* blobs(database: Database): Check {
  const next = database.prepare(
    `SELECT min(blob) AS blob FROM (SELECT min(blob) AS blob FROM attachment WHERE blob > ?1
     UNION ALL SELECT min(blob) FROM item_blob WHERE blob > ?1)`,
  );
  for (let last = ''; ; ) {
    const { blob } = next.get(last) as { blob: string | null };
    if (blob === null) return;
    yield { blob };
    last = blob;
  }
}

/** SQLITE_CORRUPT, SQLITE_IOERR, SQLITE_NOTADB */
const DAMAGE = [11, 10, 26];

const isDamage = (error: unknown): boolean => DAMAGE.includes(((error as { errcode?: number }).errcode ?? 0) % 256);
