import { randomUUID } from 'node:crypto';
import { complete } from './completion.ts';
import { decodeUtf8, type ParsedJson, parseJson } from './json.ts';
import { attachmentsOf, definitionsOf, isVoiding, membersOf, referenceOf } from './members.ts';
import { pointerStep, Refusal } from './refusal.ts';
import { comparableInstant } from './time.ts';
import type { Actor, ReadStatement, Statement, XapiVersion } from './types.ts';
import { validateStatement } from './validate.ts';

export interface IntakeOptions {
  /** The version the request was made under. */
  version: XapiVersion;
  /** Set as the authority of every statement, whatever they say (Data 2.4.9). */
  authority: Actor;
  /** PUT's statementId: there must be one statement, of that id or of none. */
  id?: string;
  /** More statements than this are refused (tooMany). */
  maxStatements: number;
}

export interface Intake {
  statements: ReadStatement[];
  /** Whether they came as an array. */
  batch: boolean;
}

/**
 * Reads the body of a PUT or POST to the statements resource: one statement, or an array of them (an empty one too).
 * Throws Refusal: json, statement, duplicateId (Communication 2.1.2) or tooMany. One bad statement refuses them all.
 */
export function readStatements(body: string | Uint8Array, options: IntakeOptions): Intake {
  const json = parseJson(typeof body === 'string' ? body : decodeUtf8(body));
  const batch = Array.isArray(json.value);
  const values: unknown[] = Array.isArray(json.value) ? json.value : [json.value];
  if (batch && options.id !== undefined) throw new Refusal('statement', '', 'PUT takes one statement, not a list.');
  if (values.length > options.maxStatements) {
    throw new Refusal('tooMany', '', `At most ${options.maxStatements} statements may be sent at once.`);
  }
  const valid = values.map((value, index) => {
    validateStatement(value, options.version, batch ? pointerStep(index) : '');
    return value;
  });
  if (batch) refuseDuplicateIds(valid);
  const authorityText = JSON.stringify(options.authority);
  return { statements: valid.map((value, index) => readOne(json, index, value, options, authorityText)), batch };
}

function refuseDuplicateIds(statements: Statement[]): void {
  const seen = new Set<string>();
  for (const [index, { id }] of statements.entries()) {
    if (id === undefined) continue;
    if (seen.has(id.toLowerCase())) {
      throw new Refusal('duplicateId', `/${index}/id`, 'The statements of a batch must have different ids.');
    }
    seen.add(id.toLowerCase());
  }
}

function readOne(
  json: ParsedJson,
  index: number,
  value: Statement,
  options: IntakeOptions,
  authorityText: string,
): ReadStatement {
  const range = json.scan.objects[index];
  if (range === undefined) throw new TypeError('a statement that is valid is an object');
  const id = idOf(value, options.id);
  // before completion, which takes `stored` away
  const restored = isRestored(value);
  const hasTimestamp = value.timestamp !== undefined;
  const { version, authority } = options;
  const text = complete(json.text, range, value, { id, version, authority, authorityText });
  const refersTo = referenceOf(value);
  return {
    id,
    text,
    hasTimestamp,
    restored,
    members: membersOf(value),
    ...(refersTo !== undefined && { refersTo }),
    voids: isVoiding(value),
    definitions: definitionsOf(value),
    attachments: attachmentsOf(value),
    value,
  };
}

function idOf(statement: Statement, demanded: string | undefined): string {
  const own = statement.id?.toLowerCase();
  const wanted = demanded?.toLowerCase();
  if (own !== undefined && wanted !== undefined && own !== wanted) {
    throw new Refusal('statement', '/id', 'The id must be the statementId of the request.');
  }
  return own ?? wanted ?? randomUUID();
}

/** See ReadStatement.restored. */
function isRestored({ timestamp, stored }: Statement): boolean {
  if (timestamp === undefined || stored === undefined) return false;
  return comparableInstant(timestamp) === comparableInstant(stored);
}
