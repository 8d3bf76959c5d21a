/** What a stored text says of itself, read anew. */
import { isUtf8 } from 'node:buffer';
import { attachmentsOf, isVoiding, membersOf, referenceOf } from '../../xapi/members.ts';
import type { Member, Statement } from '../../xapi/types.ts';

/** What is kept beside the text. */
export interface Kept {
  id: string;
  text: Uint8Array;
  hasTimestamp: boolean;
  voids: boolean;
}

export interface TextRead {
  /** Sentences. */
  problems: string[];
  /** Undefined where the text cannot be read. */
  found?: {
    members: Member[];
    refersTo: string | undefined;
    /** sha2 of every attachment that is declared. */
    declared: string[];
  };
}

/** Reads the text and compares it with what is kept beside it. */
export function readText(kept: Kept): TextRead {
  const statement = parse(kept.text);
  if (statement === undefined) return { problems: ['Its text cannot be read.'] };
  try {
    const found = {
      members: membersOf(statement),
      refersTo: referenceOf(statement),
      declared: attachmentsOf(statement).map(({ sha2 }) => sha2),
    };
    return { problems: differences(statement, kept), found };
  } catch {
    return { problems: ['Its text is no statement.'] };
  }
}

function differences(statement: Statement, { id, hasTimestamp, voids }: Kept): string[] {
  const wrong: [boolean, string][] = [
    [statement.id?.toLowerCase() !== id, 'Its text has another id.'],
    [statement.stored !== undefined, 'Its text says when it was stored.'],
    [(statement.timestamp !== undefined) !== hasTimestamp, 'It is marked wrongly as to its timestamp.'],
    [isVoiding(statement) !== voids, 'It is marked wrongly as to whether it voids.'],
  ];
  return wrong.flatMap(([is, problem]) => (is ? [problem] : []));
}

function parse(text: Uint8Array): Statement | undefined {
  if (!isUtf8(text)) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(text.buffer, text.byteOffset, text.byteLength).toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Statement) : undefined;
  } catch {
    return undefined;
  }
}
