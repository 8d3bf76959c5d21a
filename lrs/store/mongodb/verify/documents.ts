import { createHash } from 'node:crypto';
import type { Finding } from '../../dump.ts';
import { documentKey } from '../encoding.ts';
import type { DocumentRow } from '../schema.ts';

/** Whether a kind has an agent, and an activity. */
const PARTS: Record<DocumentRow['kind'], [agent: boolean, activity: boolean]> = {
  state: [true, true],
  'activity-profile': [false, true],
  'agent-profile': [true, false],
};

/** What is wrong with a state or profile document. */
export function checkDocument(row: DocumentRow): Finding[] {
  const { kind, id, agent, activity, contents, etag } = row;
  const parts = PARTS[kind];
  const wrong: [boolean, string][] = [
    [createHash('sha1').update(contents.buffer).digest('hex') !== etag, 'Its ETag is not that of its contents.'],
    [
      parts === undefined || parts[0] !== agent.length > 0 || parts[1] !== activity.length > 0,
      'It belongs to nothing that a document can belong to.',
    ],
    [documentKey(row, id).toString('hex') !== row._id.toString('hex'), 'It is not found by what it belongs to.'],
  ];
  // The id alone: its agent stays out.
  const where = `${kind} ${JSON.stringify(id)}`;
  return wrong.flatMap(([is, problem]) => (is ? [{ kind: 'document' as const, where, problem }] : []));
}
