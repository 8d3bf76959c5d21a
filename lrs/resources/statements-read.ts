/** GET and HEAD /statements (1.0.3 Communication 2.1.3 and 2.1.4; IEEE 9274.1.1 §4.1.6.1). */
import { may, type Principal } from '../access/index.ts';
import { LivretError } from '../errors.ts';
import type { Handler, XapiRequest, XapiResponse } from '../http/exchange.ts';
import { setLastModified } from '../http/respond.ts';
import { type Store, type StoredStatement, storedAt } from '../store/store.ts';
import { authorityKey, type FormatOptions, preferredLanguages } from '../xapi/index.ts';
import type { Statement } from '../xapi/types.ts';
import type { XapiSettings } from './settings.ts';
import { formatted } from './statement-format.ts';
import { readStatementRequest, type StatementRequest } from './statement-request.ts';
import { sendStatements, statementResult } from './statement-result.ts';

type One = Extract<StatementRequest, { kind: 'one' }>;
type List = Extract<StatementRequest, { kind: 'list' }>;

export function statementReader(store: Store, pageSize: XapiSettings['pageSize']): Handler {
  async function sendOne(request: XapiRequest, response: XapiResponse, asked: One): Promise<void> {
    const statement = await store.statements.get(asked.id, { attachments: asked.attachments });
    const owner = ownerLimit(response.locals.principal);
    const hidden = statement && owner !== undefined && ownerOf(statement) !== owner;
    if (!statement || hidden || statement.voided !== asked.voided) throw new LivretError('statement.notFound');
    const [json] = await formatted([statement], formatOptions(request, response, asked), store.activities);
    if (json === undefined) throw new TypeError('one statement has one text');
    setLastModified(response, storedAt(statement.position));
    await sendStatements(response, json, [statement], asked.attachments ? store.blobs : undefined);
  }

  async function sendList(request: XapiRequest, response: XapiResponse, asked: List): Promise<void> {
    const owner = ownerLimit(response.locals.principal);
    const { statements, next } = await store.statements.find({ ...asked.query, ...(owner !== undefined && { owner }) });
    const texts = await formatted(statements, formatOptions(request, response, asked), store.activities);
    // "relative with the full path": the client puts scheme, host and port before it
    const more = next === undefined ? '' : `${request.baseUrl}/xapi/statements?${asked.cursorAfter(next)}`;
    if (statements.length > 0) setLastModified(response, latest(statements));
    await sendStatements(
      response,
      statementResult(texts, more),
      statements,
      asked.attachments ? store.blobs : undefined,
    );
  }

  return async function getStatements(request, response) {
    const asked = readStatementRequest(request.url, response.locals.version, pageSize);
    await (asked.kind === 'one' ? sendOne(request, response, asked) : sendList(request, response, asked));
  };
}

/** "read Statements written by "me", that is with an authority matching what the LRS would assign" (Communication 4.2). */
function ownerLimit(principal: Principal): string | undefined {
  return may(principal, ['statements/read', 'all/read']) ? undefined : principal.authorityKey;
}

function ownerOf({ text }: StoredStatement): string | undefined {
  const { authority } = JSON.parse(Buffer.from(text).toString('utf8')) as Statement;
  return authority && authorityKey(authority);
}

function formatOptions(
  request: XapiRequest,
  response: XapiResponse,
  { format }: StatementRequest,
): Omit<FormatOptions, 'definition'> {
  const { version } = response.locals;
  return { format, version, languages: preferredLanguages(request.get('Accept-Language')) };
}

/** The latest `stored` among them: the first or the last, by the order asked for. */
function latest(statements: readonly StoredStatement[]): number {
  const ends = [statements.at(0), statements.at(-1)].map((statement) => statement?.position ?? 0);
  return storedAt(Math.max(...ends));
}
