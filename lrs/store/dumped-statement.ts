/** Statements of a dump, read anew: a store that takes them in believes nothing but their texts. */
import { LivretError } from '../errors.ts';
import { isVoiding, membersOf, referenceOf } from '../xapi/members.ts';
import type { Member, Statement } from '../xapi/types.ts';
import type { DumpEntry, DumpedStatement } from './dump.ts';
import type { NewStatement } from './store.ts';

/** A statement with its place in time settled already. */
export type Placed = Omit<NewStatement, 'restored' | 'definitions' | 'defines'> & { voided: boolean };

/** Reads what the statement is found by, and refers to. Throws backup.invalid. */
export function readDumped(entry: DumpedStatement): Placed {
  const { id, hasTimestamp, voids, voided, attachments } = entry;
  const text = Buffer.from(entry.text).toString('utf8');
  const read = readText(text);
  if (read === undefined) throw invalidEntry(entry, 'its text cannot be read');
  const { statement, members } = read;
  const refersTo = referenceOf(statement);
  if (statement.id?.toLowerCase() !== id || isVoiding(statement) !== voids) {
    throw invalidEntry(entry, 'its text is that of another statement');
  }
  const reference = refersTo === undefined ? {} : { refersTo };
  return { id, text, hasTimestamp, voids, voided, attachments, members, ...reference };
}

/** Undefined where it is no statement. */
function readText(text: string): { statement: Statement; members: Member[] } | undefined {
  try {
    const statement = JSON.parse(text) as Statement;
    // What the commit decides is put in before the last brace.
    return text.endsWith('}') ? { statement, members: membersOf(statement) } : undefined;
  } catch {
    return undefined;
  }
}

/** The refusal of an entry that cannot be. */
export function invalidEntry(entry: DumpEntry, problem: string, cause?: unknown): LivretError {
  const which = 'id' in entry ? ` ${entry.id}` : 'position' in entry ? ` ${entry.position}` : '';
  return new LivretError('backup.invalid', { detail: `${entry.kind}${which}: ${problem}.`, cause });
}
