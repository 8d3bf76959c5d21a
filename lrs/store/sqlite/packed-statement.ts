/**
 * Statements on their way to the writer's thread. Objects are dear there: each is taken apart on one side and put together
 * on the other, a dozen for one statement. A flat list of texts and numbers costs less than a third.
 */
import type { Member, MemberKind } from '../../xapi/types.ts';
import type { NewStatement } from '../store.ts';

const KINDS: readonly MemberKind[] = ['agent', 'verb', 'activity', 'registration'];

const Flag = { HAS_TIMESTAMP: 1, RESTORED: 2, VOIDS: 4, DEFINES: 8 } as const;

/** id, text, flags, refersTo, definitions, attachments; then kind, value and usage of each member. */
export type PackedStatement = readonly [
  string,
  string,
  number,
  string | undefined,
  NewStatement['definitions'] | undefined,
  NewStatement['attachments'] | undefined,
  ...(string | number)[],
];

export function pack(statement: NewStatement): PackedStatement {
  const { id, text, hasTimestamp, restored, voids, defines, refersTo, definitions, attachments } = statement;
  const flags =
    (hasTimestamp ? Flag.HAS_TIMESTAMP : 0) |
    (restored ? Flag.RESTORED : 0) |
    (voids ? Flag.VOIDS : 0) |
    (defines ? Flag.DEFINES : 0);
  const members: (string | number)[] = [];
  for (const { kind, value, usage } of statement.members) members.push(KINDS.indexOf(kind), value, usage);
  return [
    id,
    text,
    flags,
    refersTo,
    definitions.length > 0 ? definitions : undefined,
    attachments.length > 0 ? attachments : undefined,
    ...members,
  ];
}

export function unpack(packed: PackedStatement): NewStatement {
  const [id, text, flags, refersTo, definitions = [], attachments = [], ...flat] = packed;
  const members: Member[] = [];
  for (let n = 0; n < flat.length; n += 3) {
    const kind = KINDS[flat[n] as number] ?? 'agent';
    members.push({ kind, value: flat[n + 1] as string, usage: flat[n + 2] as number });
  }
  return {
    id,
    text,
    hasTimestamp: (flags & Flag.HAS_TIMESTAMP) !== 0,
    restored: (flags & Flag.RESTORED) !== 0,
    members,
    ...(refersTo === undefined ? {} : { refersTo }),
    voids: (flags & Flag.VOIDS) !== 0,
    definitions,
    attachments,
    defines: (flags & Flag.DEFINES) !== 0,
  };
}
