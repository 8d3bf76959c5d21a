/**
 * When two statements with the same id are the same statement (Data 2.3.1; IEEE 9274.1.1 §4.2.3): both are brought to
 * one canonical text, whose SHA-256 is kept. What does not count:
 * - what the LRS sets (id is compared by its own; stored, authority, version; timestamp where it is not the sender's);
 * - display of verbs, definitions of activities, attachments, the order of keys, white space;
 * - the offset and trailing zeros of timestamps; digits of a duration beyond 0.01 s; case of UUIDs, of language tags,
 *   of hashes and of the domain of an mbox; the order of a Group's members, the one list the standard calls unordered;
 * - whether a single context activity stands in an array; how a number is written (1, 1.0, 1e0).
 * All else does, explicit default objectTypes included.
 */
import { hash } from 'node:crypto';
import { isLosslessNumber, type LosslessNumber, parse as parseLossless } from 'lossless-json';
import { comparableMbox } from './agents.ts';
import { scan } from './json-scan.ts';
import { comparableDuration, withoutTrailingZeros } from './scalars.ts';
import { comparableInstant } from './time.ts';
import type { ReadStatement, Statement } from './types.ts';

/** Version of the rules above. Change it with them: hashes of another version say nothing. */
export const HASH_VERSION = 1;

export interface Comparing {
  /** Whether scan found the text's numbers exact; spares looking again. */
  exactNumbers?: boolean;
  /** false leaves the statement's own timestamp out, where it is known to be the LRS's. */
  timestamp?: boolean;
}

/**
 * Equality hash (SHA-256) of a statement. `text` is the JSON it was parsed from: where its numbers do not survive as
 * doubles it is read again, so that 12345678901234567890 and …891 differ.
 */
export function hashOf(statement: Statement, text: string, options?: Comparing): Uint8Array {
  return hash('sha256', canonicalStatement(statement, text, options), 'buffer');
}

/** The canonical text: equal for two statements exactly when they are the same. Arguments as for hashOf. */
export function canonicalStatement(statement: Statement, text: string, options: Comparing = {}): string {
  const { exactNumbers = scan(text).exactNumbers, timestamp = true } = options;
  return canonicalByShape(exactNumbers ? statement : parseLossless(text), timestamp ? STATEMENT : UNTIMED);
}

/** What two statements of one id are compared by: the completed text, and what is known of its timestamp. */
export type Compared = Pick<ReadStatement, 'text' | 'hasTimestamp' | 'restored'>;

/** Whether what comes again is the statement that is kept. */
export function isSameStatement(kept: Omit<Compared, 'restored'>, again: Compared): boolean {
  const timestamp = kept.hasTimestamp || !again.restored;
  return canonicalText(kept.text) === canonicalText(again.text, { timestamp });
}

/** Equality hash of a completed text, for what cannot be kept itself. */
export const hashOfText = (text: string, options?: Comparing): Uint8Array =>
  hashOf(JSON.parse(text) as Statement, text, options);

const canonicalText = (text: string, options?: Comparing): string =>
  canonicalStatement(JSON.parse(text) as Statement, text, options);

/** How a property is compared where that is not as plain JSON; `null` where it does not count. */
type Comparison = ((value: unknown) => string) | null;
type Shape = Record<string, Comparison>;

const lowerCase: Comparison = (value) => canonical(typeof value === 'string' ? value.toLowerCase() : value);
const by =
  (shape: Shape): Comparison =>
  (value) =>
    canonicalByShape(value, shape);
const each =
  (compare: (value: unknown) => string): Comparison =>
  (value) =>
    `[${[value].flat().map(compare).join()}]`;
const normalised =
  (normalise: (value: string) => string): Comparison =>
  (value) =>
    canonical(typeof value === 'string' ? normalise(value) : value);

const AGENT: Shape = { mbox: normalised(comparableMbox), mbox_sha1sum: lowerCase };
const ACTOR: Shape = {
  ...AGENT,
  member: (value) =>
    `[${[value]
      .flat()
      .map((member) => canonicalByShape(member, AGENT))
      .sort()
      .join()}]`,
};
const ACTIVITY: Shape = { definition: null };
const REFERENCE: Shape = { id: lowerCase };
const activities = each((value) => canonicalByShape(value, ACTIVITY));

const CONTEXT: Shape = {
  registration: lowerCase,
  instructor: by(ACTOR),
  team: by(ACTOR),
  contextActivities: by({ parent: activities, grouping: activities, category: activities, other: activities }),
  contextAgents: each((value) => canonicalByShape(value, { agent: by(AGENT) })),
  contextGroups: each((value) => canonicalByShape(value, { group: by(ACTOR) })),
  language: lowerCase,
  statement: by(REFERENCE),
};

const STATEMENT: Shape = {
  id: null,
  stored: null,
  authority: null,
  version: null,
  attachments: null,
  actor: by(ACTOR),
  verb: by({ display: null }),
  object: canonicalObject,
  result: by({ duration: normalised(comparableDuration) }),
  context: by(CONTEXT),
  timestamp: normalised(comparableInstant),
};
const UNTIMED: Shape = { ...STATEMENT, timestamp: null };

function canonicalObject(value: unknown): string {
  switch ((value as { objectType?: unknown } | null)?.objectType) {
    case 'Agent':
    case 'Group':
      return canonicalByShape(value, ACTOR);
    case 'StatementRef':
      return canonicalByShape(value, REFERENCE);
    case 'SubStatement':
      return canonicalByShape(value, STATEMENT);
    default:
      return canonicalByShape(value, ACTIVITY);
  }
}

function canonicalByShape(value: unknown, shape: Shape): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return canonical(value);
  const object = value as Record<string, unknown>;
  let result = '';
  for (const key of Object.keys(object).sort()) {
    const compare = Object.hasOwn(shape, key) ? shape[key] : canonical;
    if (compare) result += `${result === '' ? '' : ','}${JSON.stringify(key)}:${compare(object[key])}`;
  }
  return `{${result}}`;
}

const PLAIN: Shape = {};

/** One text for each JSON value, keys in order: equal exactly when the values are. */
export const canonicalJson = (value: unknown): string => canonical(value);

function canonical(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'number':
      return canonicalNumber(String(value));
    case 'object':
      if (value === null) return 'null';
      if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
      if (isLosslessNumber(value)) return canonicalNumber((value as LosslessNumber).value);
      return canonicalByShape(value, PLAIN);
    default:
      return String(value);
  }
}

/**
 * One text for each number: its significant digits and the power of ten they are multiplied by. An exponent that no
 * integer of ours holds is left as it is written.
 */
function canonicalNumber(token: string): string {
  if (/^-?[1-9]\d{0,14}$/.test(token) && !token.endsWith('0')) return token;
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,15}))?$/.exec(token);
  if (match === null) return token;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const significant = withoutTrailingZeros(digits);
  if (significant === '') return '0';
  const power = Number(exponent) - fraction.length + digits.length - significant.length;
  return power === 0 ? `${sign}${significant}` : `${sign}${significant}e${power}`;
}
