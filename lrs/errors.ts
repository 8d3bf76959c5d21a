/**
 * The one table of errors: code → HTTP status → message. Every refusal is raised as a LivretError and becomes a
 * response in one place (lrs/http/respond-error.ts). What is not in this table is a bug and answers 500 without detail.
 */
export const ERRORS = {
  'request.path': [404, 'There is nothing at this address.'],
  'request.method': [405, 'This resource does not answer that method.'],
  'request.version': [
    400,
    'The X-Experience-API-Version header is missing or names a version this LRS does not speak.',
  ],
  'request.parameter': [400, 'A query parameter is unknown, repeated, missing or has a bad value.'],
  'request.header': [400, 'A request header has a bad value.'],
  'request.contentType': [400, 'The Content-Type does not fit this resource.'],
  'request.json': [400, 'The body is not valid JSON.'],
  'request.multipart': [400, 'The multipart body is malformed.'],
  'request.alternate': [400, 'The alternate request syntax is malformed or not part of this version.'],
  'request.aborted': [400, 'The client went away before the body was complete.'],
  'request.tooLarge': [413, 'The request is larger than this server accepts.'],
  'request.rate': [429, 'Too many requests: wait a moment.'],
  'statement.invalid': [400, 'The statement does not follow the standard.'],
  'statement.duplicateId': [400, 'Two statements of this batch have the same id.'],
  'statement.conflict': [409, 'Another statement with this id is already stored.'],
  'statement.notFound': [404, 'There is no such statement.'],
  'statement.attachment': [400, 'The attachments do not fit the statements.'],
  'statement.signature': [400, 'The signature of the statement is not valid.'],
  'document.notFound': [404, 'There is no such document.'],
  'document.precondition': [412, 'The document is not in the state the request requires.'],
  'document.conflict': [
    409,
    'A document exists: send If-Match with its ETag, or If-None-Match, to say what you expect.',
  ],
  'document.conditionMissing': [400, 'Send If-Match or If-None-Match.'],
  'document.merge': [400, 'Only a JSON object can be merged into a JSON object.'],
  'access.missing': [401, 'Credentials are needed.'],
  'access.invalid': [401, 'These credentials are not valid.'],
  'access.scope': [403, 'This key does not have the scope for that.'],
  'access.login': [401, 'Log in to see this.'],
  'access.role': [403, 'None of your roles allows that.'],
  'access.crossSite': [403, 'This did not come from a page of this site.'],
  'access.form': [403, 'This form is out of date: load the page again and repeat what you did.'],
  'access.link': [403, 'This link was used already, or has expired.'],
  'sso.unknown': [404, 'There is no such identity provider.'],
  'sso.refused': [403, 'What the identity provider sent was refused.'],
  'sso.expired': [403, 'This login is over or was used already: begin again.'],
  'sso.unavailable': [503, 'The identity provider cannot be asked now.'],
  'access.unavailable': [503, 'The issuer of these tokens cannot be asked now.'],
  'key.notFound': [404, 'There is no such key.'],
  'key.invalid': [400, 'The key cannot be made as asked.'],
  'collection.conflict': [409, 'The record has changed meanwhile.'],
  'collection.duplicate': [409, 'Another record has that unique value.'],
  'blob.missing': [500, 'Stored contents are missing.'],
  'people.file': [400, 'The file of people cannot be read.'],
  'people.ldap': [503, 'The LDAP directory cannot be read.'],
  'people.identity': [409, 'These identifiers belong to different people.'],
  'people.membership': [400, 'The membership cannot be placed in time.'],
  'people.unknown': [404, 'There is no such person.'],
  'people.merged': [409, 'This person has been merged into another one meanwhile.'],
  'people.merge': [409, 'These two people cannot be merged.'],
  'people.unmerge': [409, 'This merge cannot be undone.'],
  'people.administrator': [400, 'An administrator is one everywhere: the role is bound to no direction.'],
  'people.left': [409, 'This person has left, and holds no role until they are placed again.'],
  'people.lastIdentifier': [409, 'A person keeps one identifier at least.'],
  'direction.unknown': [404, 'There is no such direction, service or site.'],
  'direction.exists': [409, 'That direction, service or site is there already.'],
  'direction.parent': [409, 'It cannot stand there in the tree.'],
  'direction.name': [400, 'It needs a name of at most 200 characters.'],
  'direction.succession': [409, 'Directions cannot have become others like that.'],
  'package.invalid': [400, 'The package is not valid.'],
  'package.notFound': [404, 'There is no such package.'],
  'package.tooLarge': [413, 'The package is larger than this server accepts.'],
  'headcounts.file': [400, 'The file of headcounts cannot be read.'],
  'report.period': [400, 'The period is not one this site reports on.'],
  'report.notClosed': [409, 'The period is not over yet: figures are published once it has closed.'],
  'report.noDirections': [409, 'Nobody belongs to a direction yet: import people first, then publish.'],
  'report.overlap': [409, 'Figures of a period that shares days with this one are published already.'],
  'report.unknown': [404, 'There is no such report.'],
  'sql.statement': [400, 'One SELECT at a time is run here.'],
  'sql.refused': [400, 'The database refuses this SQL.'],
  'sql.tooLong': [400, 'The query was ended: it took longer than it is given.'],
  'sql.tooLarge': [400, 'The query was ended: it took more memory than it is given.'],
  'sql.tooManyColumns': [400, 'The answer has more columns than one may have.'],
  'sql.busy': [503, 'Too many queries are running: try again in a moment.'],
  'sql.noQuery': [404, 'You have kept no such query.'],
  'report.table': [404, 'The report has no such table.'],
  'report.tooManyRows': [413, 'Too many rows for a workbook: take CSV or Parquet.'],
  'report.busy': [503, 'Too many files are being written: try again in a moment.'],
  'report.target': [400, 'That is no target.'],
  'store.unavailable': [503, 'The store cannot take this now.'],
  'store.newer': [500, 'The store was written by a newer Livret than this one.'],
  'store.locked': [500, 'Another Livret is using this store.'],
  'store.incomplete': [500, 'The restore of this store was broken off: it is not whole.'],
  'store.notEmpty': [409, 'A backup is restored into an empty store only.'],
  'backup.invalid': [400, 'The backup is damaged, or is none.'],
  'backup.newer': [400, 'The backup was written by a newer Livret than this one.'],
  'backup.target': [400, 'The file cannot be written there.'],
  'erasure.ledger': [500, 'The ledger of erasures cannot be read.'],
  'config.invalid': [500, 'A setting is wrong.'],
  'mail.failed': [503, 'The mail server cannot take this now.'],
  'mail.deferred': [503, 'The mail server puts this mail off.'],
  'mail.unclear': [504, 'The mail server was given this mail and has not answered: it may have it.'],
  'mail.refused': [502, 'The mail server refuses this mail.'],
  'import.source': [400, 'The source of the import cannot be read.'],
  'server.unreachable': [500, 'The running server did not answer.'],
} as const satisfies Record<string, readonly [number, string]>;

export type ErrorCode = keyof typeof ERRORS;

export interface ErrorDetail {
  /** What exactly is wrong, for the caller: never a secret, never a person's name. */
  detail?: string;
  /** JSON pointer (RFC 6901) into the body. */
  pointer?: string;
  /** The rule of the standard that was broken, in a few words. */
  rule?: string;
  /** Seconds, for 429 and 503; for 503 by default 1. */
  retryAfter?: number;
  cause?: unknown;
}

/** A refusal with a place in the table. `message` is the table's sentence followed by the detail. */
export class LivretError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly detail: string | undefined;
  readonly pointer: string | undefined;
  readonly rule: string | undefined;
  readonly retryAfter: number | undefined;

  constructor(code: ErrorCode, details: ErrorDetail = {}) {
    const [status, sentence] = ERRORS[code];
    super(details.detail ? `${sentence} ${details.detail}` : sentence, { cause: details.cause });
    this.name = 'LivretError';
    this.code = code;
    this.status = status;
    this.detail = details.detail;
    this.pointer = details.pointer;
    this.rule = details.rule;
    // Whoever is told that it is not possible now needs to know when to come again.
    this.retryAfter = details.retryAfter ?? (status === 503 ? 1 : undefined);
  }
}

/** Whether an error is a refusal with one of these codes. */
export const hasCode = (error: unknown, ...codes: readonly ErrorCode[]): error is LivretError =>
  error instanceof LivretError && codes.includes(error.code);
