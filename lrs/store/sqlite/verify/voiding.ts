/** Voided statements, against the events that tell of them and the statements that void; and every position. */
import type { Checked } from '../../dump.ts';
import { uuidBytes, uuidText } from '../encoding.ts';
import { type Database, StatementFlag } from '../schema.ts';
import { type Check, found } from './finding.ts';

const { VOIDED, VOIDS } = StatementFlag;

/** Question → what is wrong with each statement that it gives. */
const WRONG: [sql: string, problem: string][] = [
  [
    `SELECT id FROM statement s WHERE flags & ${VOIDED} AND NOT EXISTS (SELECT 1 FROM noted_voiding v WHERE v.id = s.id)`,
    'It is marked as voided, and no event tells so.',
  ],
  [
    `SELECT s.id FROM noted_voiding v JOIN statement s ON s.id = v.id WHERE NOT s.flags & ${VOIDED}`,
    'An event tells that it was voided, and it is not marked so.',
  ],
  [`SELECT id FROM noted_voiding WHERE events > 1`, 'More than one event tells that it was voided.'],
  [
    `SELECT s.id FROM noted_voiding v JOIN statement s ON s.id = v.id WHERE v.position <= s.position`,
    'The event that tells that it was voided comes before it.',
  ],
  [
    `SELECT s.id FROM reference r JOIN statement s ON s.id = r.target
     WHERE r.voids = 1 AND NOT s.flags & ${VOIDED | VOIDS}`,
    'A statement voids it, and it is not marked so.',
  ],
  [
    `SELECT id FROM statement WHERE flags & ${VOIDED} AND flags & ${VOIDS}`,
    'It voids, and is marked as voided itself.',
  ],
  // Whoever voided it may have been forgotten since.
  [
    `SELECT s.id FROM statement s WHERE s.flags & ${VOIDED} AND NOT EXISTS (SELECT 1 FROM erasure)
     AND NOT EXISTS (SELECT 1 FROM reference r WHERE r.target = s.id AND r.voids = 1)`,
    'It is marked as voided, and nothing voids it.',
  ],
];

export function* checkVoiding(database: Database): Check {
  noteEvents(database);
  for (const [sql, problem] of WRONG) {
    for (const { id } of database.prepare(sql).all() as { id: Uint8Array }[])
      yield found('voiding', uuidText(id), problem);
  }
}

function noteEvents(database: Database): void {
  database.exec('CREATE TABLE noted_voiding (id BLOB PRIMARY KEY, position INTEGER, events INTEGER) WITHOUT ROWID');
  const insert = database.prepare(
    'INSERT INTO noted_voiding VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET events = events + 1',
  );
  const page = database.prepare(
    "SELECT position, detail FROM event WHERE kind = 'voided' AND position > ? ORDER BY position LIMIT 1000",
  );
  for (let last = -1; ; ) {
    const rows = page.all(last) as { position: number; detail: string }[];
    for (const { position, detail } of rows) insert.run(uuidBytes((JSON.parse(detail) as string[])[0] ?? ''), position);
    const end = rows.at(-1);
    if (!end) return;
    last = end.position;
  }
}

export function* checkPositions(database: Database, checked: Checked): Check {
  const { n } = database.prepare('SELECT count(*) AS n FROM event').get() as { n: number };
  checked.events = n;
  const twice = database.prepare('SELECT s.id FROM event e JOIN statement s ON s.position = e.position').all();
  for (const { id } of twice as { id: Uint8Array }[]) yield found('event', uuidText(id), 'An event has its position.');
  const later = database.prepare(
    `SELECT 'statement' AS kind, position FROM statement WHERE position > (SELECT position FROM clock)
     UNION ALL SELECT 'event', position FROM event WHERE position > (SELECT position FROM clock)
     UNION ALL SELECT 'item', version FROM item WHERE version > (SELECT position FROM clock)`,
  );
  for (const { kind, position } of later.all() as { kind: 'statement' | 'event' | 'item'; position: number }[]) {
    yield found(kind, `position ${position}`, 'It is later than the clock.');
  }
}
