/** From the bytes of one statement of an import to what the store takes. */
import { LivretError } from '../errors.ts';
import { type Received, storedAttachments } from '../resources/statement-attachments.ts';
import { checkSignatures } from '../resources/statement-signatures.ts';
import type { NewStatement } from '../store/store.ts';
import { decodeUtf8, readStatements } from '../xapi/index.ts';
import type { Actor, ReadStatement, XapiVersion } from '../xapi/types.ts';
import { idOfText } from './statement-id.ts';

export interface ImportRules {
  /** Set as the authority of what is imported. */
  authority: Actor;
  /** Whether a statement keeps the authority it came with. */
  trusted: boolean;
  /** Of statements that do not say which version they are of. */
  fallbackVersion: XapiVersion;
  /** Whether statements are taken whose attachments' contents did not come along; they are then stored without them. */
  withoutContents: boolean;
}

/** What a statement says of itself, before anything is known to be right. */
interface Claims {
  id?: unknown;
  version?: unknown;
  authority?: unknown;
}

/** Reads one statement. Throws Refusal or LivretError: what is wrong with it. */
export function readPiece(text: Buffer, rules: ImportRules): ReadStatement {
  const json = decodeUtf8(text);
  const claims = claimsOf(json);
  const version = versionOf(claims?.version) ?? rules.fallbackVersion;
  // Validated with the rest of the statement, by the same rules: taken on trust is only who it is.
  const authority = rules.trusted && claims?.authority !== undefined ? (claims.authority as Actor) : rules.authority;
  const id = claims && claims.id === undefined ? { id: idOfText(text) } : {};
  const { statements, batch } = readStatements(json, { version, authority, maxStatements: 1, ...id });
  const [statement] = statements;
  if (statement === undefined || batch) throw new LivretError('request.json', { detail: 'A list is no statement.' });
  return statement;
}

/** As the store takes it, with those contents of attachments that came along. Throws LivretError, Refusal. */
export function prepare(statement: ReadStatement, received: Received, { withoutContents }: ImportRules): NewStatement {
  const { value: _parsed, attachments, ...rest } = statement;
  const came = attachments.filter(({ sha2 }) => received.has(sha2.toLowerCase()));
  const missing = attachments.some(({ sha2, fileUrl }) => fileUrl === undefined && !received.has(sha2.toLowerCase()));
  if (missing && !withoutContents) {
    throw new LivretError('statement.attachment', {
      pointer: '/attachments',
      detail:
        'The contents of an attachment are not in the source (--without-contents takes the statement all the same).',
    });
  }
  checkSignatures([statement], received);
  return { ...rest, attachments: storedAttachments(came, received), defines: true };
}

function claimsOf(json: string): Claims | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    // readStatements will say what is wrong.
    return undefined;
  }
}

function versionOf(version: unknown): XapiVersion | undefined {
  if (typeof version !== 'string') return undefined;
  if (version.startsWith('2.')) return '2.0.0';
  return version.startsWith('1.') ? '1.0.3' : undefined;
}
