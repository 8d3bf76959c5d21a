import { createHash } from 'node:crypto';
import type { Checked } from '../../dump.ts';
import { fromUtf8, uuidText } from '../encoding.ts';
import type { Database } from '../schema.ts';
import { type Check, found } from './finding.ts';

interface DocumentRow {
  row: number;
  kind: string;
  id: Uint8Array;
  agent: Uint8Array;
  activity: Uint8Array;
  contents: Uint8Array;
  etag: string;
}

/** Whether a kind has an agent, and an activity. */
const PARTS: Record<string, [agent: boolean, activity: boolean]> = {
  state: [true, true],
  'activity-profile': [false, true],
  'agent-profile': [true, false],
};

export function* checkDocuments(database: Database, checked: Checked): Check {
  const page = database.prepare(
    `SELECT rowid AS row, kind, id, agent, activity, contents, etag FROM document WHERE rowid > ? ORDER BY rowid LIMIT 50`,
  );
  for (let last = 0; ; ) {
    const rows = page.all(last) as unknown as DocumentRow[];
    for (const { kind, id, agent, activity, contents, etag } of rows) {
      // The id alone: its agent stays out.
      const where = `${kind} ${JSON.stringify(fromUtf8(id))}`;
      if (createHash('sha1').update(contents).digest('hex') !== etag) {
        yield found('document', where, 'Its ETag is not that of its contents.');
      }
      const parts = PARTS[kind];
      if (!parts || parts[0] !== agent.length > 0 || parts[1] !== activity.length > 0) {
        yield found('document', where, 'It belongs to nothing that a document can belong to.');
      }
    }
    const end = rows.at(-1);
    if (!end) return;
    last = end.row;
    checked.documents += rows.length;
    yield { checked: { ...checked } };
  }
}

export function* checkActivities(database: Database, checked: Checked): Check {
  const page = database.prepare('SELECT id, definition FROM activity WHERE id > ? ORDER BY id LIMIT 500');
  for (let last: Uint8Array = new Uint8Array(0); ; ) {
    const rows = page.all(last) as { id: Uint8Array; definition: Uint8Array }[];
    for (const { id, definition } of rows) {
      if (!isObject(definition)) yield found('activity', fromUtf8(id), 'Its definition cannot be read.');
    }
    const end = rows.at(-1);
    if (!end) return;
    last = end.id;
    checked.activities += rows.length;
    yield { checked: { ...checked } };
  }
}

export function* checkErasures(database: Database): Check {
  const rows = database.prepare('SELECT id FROM tombstone WHERE length(hash) <> 32 OR length(id) <> 16').all();
  for (const { id } of rows as { id: Uint8Array }[]) {
    yield found('erasure', uuidText(id), 'Its hash is none: it could be stored again.');
  }
}

export function isObject(json: Uint8Array): boolean {
  try {
    const value: unknown = JSON.parse(fromUtf8(json));
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
