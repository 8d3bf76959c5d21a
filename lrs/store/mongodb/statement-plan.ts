/** What a group of commits becomes in the database: decided before anything is written. Pure. */
import type { Binary } from 'mongodb';
import { LivretError } from '../../errors.ts';
import { isSameStatement } from '../../xapi/equality.ts';
import type { NewStatement, Position } from '../store.ts';
import { isErased, statementConflict } from '../tombstone.ts';
import { utf8Binary, utf8Text, uuidBinary, uuidText } from './encoding.ts';
import { keysOfStatement } from './member-keys.ts';
import { type ReferenceRow, StatementFlag, type StatementRow } from './schema.ts';

export type Outcome = 'stored' | 'same';

/** What is there already of the ids that a group brings. */
export type Kept = ReadonlyMap<string, Pick<StatementRow, 'text' | 'flags' | 'tombstones'>>;

/** A document of MongoDB holds 16 MB, keys and names included. */
const LARGEST_TEXT = 15 * 2 ** 20;

/** Which statements of several commits are new; a commit that conflicts gets its refusal instead, and its neighbours do not notice. */
export function judge(commits: readonly (readonly NewStatement[])[], kept: Kept): (Outcome[] | LivretError)[] {
  const taken = new Map<string, NewStatement>();
  return commits.map((statements) => {
    const own = new Map<string, NewStatement>();
    try {
      const outcomes = statements.map((statement) => {
        const twin = own.get(statement.id) ?? taken.get(statement.id);
        own.set(statement.id, statement);
        return judgeOne(statement, twin, kept);
      });
      for (const [id, statement] of own) if (!taken.has(id)) taken.set(id, statement);
      return outcomes;
    } catch (error) {
      if (error instanceof LivretError) return error;
      throw error;
    }
  });
}

function judgeOne(statement: NewStatement, twin: NewStatement | undefined, kept: Kept): Outcome {
  if (Buffer.byteLength(statement.text) > LARGEST_TEXT) {
    throw new LivretError('request.tooLarge', { detail: 'The MongoDB store keeps statements of up to 15 MB.' });
  }
  if (twin) {
    if (isSameStatement(twin, statement)) return 'same';
    throw statementConflict(statement.id);
  }
  const row = kept.get(statement.id);
  if (row === undefined) return 'stored';
  if (isKept(row, statement)) return 'same';
  throw statementConflict(statement.id);
}

function isKept(
  { text, flags = 0, tombstones = [] }: Pick<StatementRow, 'text' | 'flags' | 'tombstones'>,
  statement: NewStatement,
): boolean {
  const hasTimestamp = (flags & StatementFlag.HAS_TIMESTAMP) !== 0;
  if (text && isSameStatement({ text: utf8Text(text), hasTimestamp }, statement)) return true;
  return tombstones.some(({ hash, version }) => isErased({ hash: hash.buffer, version }, statement));
}

/** A new statement, or one of a dump, whose definitions were merged long ago. */
type Placeable = Omit<NewStatement, 'restored' | 'definitions' | 'defines'> & Partial<NewStatement>;

export function statementRow(statement: Placeable, position: Position): StatementRow {
  const { id, text, attachments, hasTimestamp, voids, defines = false, definitions = [] } = statement;
  return {
    _id: uuidBinary(id),
    position,
    members: keysOfStatement(statement),
    text: utf8Binary(text),
    flags:
      (hasTimestamp ? StatementFlag.HAS_TIMESTAMP : 0) |
      (voids ? StatementFlag.VOIDS : 0) |
      (defines && definitions.length > 0 ? StatementFlag.DEFINES : 0),
    ...(attachments.length > 0 && { attachments }),
  };
}

export const referenceRows = (statements: readonly Placeable[]): ReferenceRow[] =>
  statements.flatMap(({ id, refersTo, voids }) =>
    refersTo === undefined
      ? []
      : [{ _id: uuidBinary(id), target: uuidBinary(refersTo), voids, settled: false, inherited: 0 }],
  );

export const idOf = (row: { _id: Binary }): string => uuidText(row._id);
