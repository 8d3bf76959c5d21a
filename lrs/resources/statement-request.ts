/** What GET /statements is asked for (1.0.3 Communication 2.1.3; IEEE 9274.1.1 §4.1.6.1). */
import { type Parameters, parseUrlEncoded, readParameters, refuse } from '../http/parameters.ts';
import type { Position, StatementQuery } from '../store/store.ts';
import { readFormatParameter, type StatementFormat, type XapiVersion } from '../xapi/index.ts';
import type { XapiSettings } from './settings.ts';
import {
  agentParameter,
  booleanParameter,
  integerParameter,
  iriParameter,
  timestampParameter,
  uuidParameter,
} from './values.ts';

const SINGLE = ['statementId', 'voidedStatementId'];
const PRESENTATION = ['format', 'attachments'];
const FILTERS = [
  'agent',
  'verb',
  'activity',
  'registration',
  'related_activities',
  'related_agents',
  'since',
  'until',
  'limit',
  'ascending',
];
const KNOWN = [...SINGLE, ...PRESENTATION, ...FILTERS];

interface Presentation {
  format: StatementFormat;
  attachments: boolean;
}

export type StatementRequest =
  | (Presentation & { kind: 'one'; id: string; voided: boolean })
  | (Presentation & {
      kind: 'list';
      query: StatementQuery;
      /** Query string of the next page, which goes on after a position; everything else comes from this request. */
      cursorAfter(position: Position): string;
    });

/**
 * Reads the request target of GET /statements.
 * @throws LivretError request.parameter, Refusal parameter
 */
export function readStatementRequest(
  url: string,
  version: XapiVersion,
  pageSize: XapiSettings['pageSize'],
): StatementRequest {
  const given = readParameters(url, [...KNOWN, 'cursor']);
  const { parameters, after } = resume(given);
  const presentation = {
    format: readFormatParameter('format', parameters.get('format') ?? 'exact'),
    attachments: booleanParameter(parameters, 'attachments'),
  };
  if (SINGLE.some((name) => parameters.has(name))) return { kind: 'one', ...presentation, ...single(parameters) };
  const query = { ...filters(parameters, version), limit: pageLimit(parameters, pageSize), ...after };
  return {
    kind: 'list',
    ...presentation,
    query: { ...query, attachments: presentation.attachments },
    cursorAfter: (position) => `cursor=${sealCursor(parameters, position)}`,
  };
}

/** "The LRS MUST reject … statementId or voidedStatementId parameters, and also … any other parameter besides attachments or format." */
function single(parameters: Parameters): { id: string; voided: boolean } {
  const other = [...parameters.keys()].filter((name) => !PRESENTATION.includes(name));
  if (other.length > 1) throw refuse(other[1] ?? '', `does not go together with ${other[0]}.`);
  const voided = parameters.has('voidedStatementId');
  const id = uuidParameter(parameters, voided ? 'voidedStatementId' : 'statementId') ?? '';
  return { id, voided };
}

function filters(parameters: Parameters, version: XapiVersion): Omit<StatementQuery, 'limit'> {
  const query: Omit<StatementQuery, 'limit'> = {
    relatedAgents: booleanParameter(parameters, 'related_agents'),
    relatedActivities: booleanParameter(parameters, 'related_activities'),
    ascending: booleanParameter(parameters, 'ascending'),
  };
  if (parameters.has('agent')) query.agent = agentParameter(parameters, 'agent');
  if (parameters.has('verb')) query.verb = iriParameter(parameters, 'verb');
  if (parameters.has('activity')) query.activity = iriParameter(parameters, 'activity');
  const registration = uuidParameter(parameters, 'registration');
  if (registration !== undefined) query.registration = registration;
  const since = timestampParameter(parameters, 'since', version);
  if (since !== undefined) query.since = since;
  const until = timestampParameter(parameters, 'until', version);
  if (until !== undefined) query.until = until;
  return query;
}

/** "0 indicates return the maximum the server will allow"; without a limit it is the site's usual page. */
function pageLimit(parameters: Parameters, pageSize: XapiSettings['pageSize']): number {
  const limit = integerParameter(parameters, 'limit') ?? pageSize.default;
  return limit === 0 ? pageSize.max : Math.min(limit, pageSize.max);
}

/**
 * A cursor is the query of the first page with the position reached, and is read back as any query is: whoever changes
 * one only asks another question, with no more rights than before. It needs no memory here, so it never runs out.
 */
function sealCursor(parameters: Parameters, position: Position): string {
  const query = new URLSearchParams([...parameters, ['after', String(position)]]);
  return Buffer.from(query.toString()).toString('base64url');
}

function resume(given: Parameters): { parameters: Parameters; after: { after?: Position } } {
  const cursor = given.get('cursor');
  if (cursor === undefined) return { parameters: given, after: {} };
  if (given.size > 1) throw refuse('cursor', 'stands alone.');
  const parameters = parseUrlEncoded(Buffer.from(cursor, 'base64url').toString('utf8'));
  const after = Number(parameters.get('after') ?? Number.NaN);
  parameters.delete('after');
  const strange = [...parameters.keys()].some((name) => !KNOWN.includes(name));
  if (strange || !Number.isSafeInteger(after) || after < 0) throw refuse('cursor', 'is none of this server.');
  return { parameters, after: { after } };
}
