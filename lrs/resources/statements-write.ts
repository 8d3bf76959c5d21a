/** PUT and POST /statements (1.0.3 Communication 2.1.1 and 2.1.2; IEEE 9274.1.1 §4.1.6.1). */
import { may } from '../access/index.ts';
import { LivretError } from '../errors.ts';
import { streamBody } from '../http/body.ts';
import type { Handler, XapiRequest, XapiResponse } from '../http/exchange.ts';
import { isJson, readMediaType } from '../http/media-type.ts';
import { boundaryOf, openingBoundary, type Part, readMultipart } from '../http/multipart-read.ts';
import { readParameters } from '../http/parameters.ts';
import { sendJson, sendNothing } from '../http/respond.ts';
import type { NewStatement, Store } from '../store/store.ts';
import { readStatements } from '../xapi/index.ts';
import type { ReadStatement } from '../xapi/types.ts';
import { collect, readContent } from './content.ts';
import type { XapiSettings } from './settings.ts';
import { type Received, receiveAttachments, storedAttachments } from './statement-attachments.ts';
import { checkSignatures } from './statement-signatures.ts';
import { uuidParameter } from './values.ts';

/** What a request holds, read and checked, its attachments in the blobs already. */
interface Submission {
  statements: ReadStatement[];
  received: Received;
}

const NOTHING_RECEIVED: Received = new Map();

export function statementWriters(store: Store, settings: XapiSettings): { put: Handler; post: Handler } {
  const { maxBodyBytes, maxMultipartBytes, maxAttachmentBytes, maxStatements } = settings;

  async function submit(request: XapiRequest, response: XapiResponse, id?: string): Promise<string[]> {
    const news = await take(request, response, id);
    if (news.length > 0) await store.commit({ statements: news });
    return news.map((statement) => statement.id);
  }

  /** Apart from the commit: what was parsed is many times as large as what is stored, and need not wait for the disk with it. */
  async function take(request: XapiRequest, response: XapiResponse, id: string | undefined): Promise<NewStatement[]> {
    const { version, principal } = response.locals;
    const read = (body: Buffer): ReadStatement[] =>
      readStatements(body, { version, authority: principal.authority, maxStatements, ...(id !== undefined && { id }) })
        .statements;
    const { statements, received } = await receive(request, response, read);
    checkSignatures(statements, received);
    const defines = may(principal, ['define']);
    return statements.map((statement) => newStatement(statement, received, defines));
  }

  async function receive(
    request: XapiRequest,
    response: XapiResponse,
    read: (body: Buffer) => ReadStatement[],
  ): Promise<Submission> {
    const contentType = request.headers['content-type'];
    if (isJson(contentType)) {
      const statements = read(await readContent(request, response, maxBodyBytes));
      return { statements, received: NOTHING_RECEIVED };
    }
    const multipart = response.locals.content === undefined && (await openMultipart(request, maxMultipartBytes));
    if (!multipart) {
      throw new LivretError('request.contentType', { detail: 'It takes application/json or multipart/mixed.' });
    }
    const parts = readMultipart(multipart.source, multipart.boundary);
    try {
      const statements = read(await readFirstPart(parts, maxBodyBytes));
      const announced = statements.flatMap(({ attachments }) => attachments);
      return { statements, received: await receiveAttachments(parts, announced, store.blobs, maxAttachmentBytes) };
    } finally {
      await parts.return();
    }
  }

  return {
    async put(request, response) {
      const parameters = readParameters(request.url, ['statementId']);
      const id = uuidParameter(parameters, 'statementId');
      if (id === undefined) throw new LivretError('request.parameter', { detail: '"statementId" is missing.' });
      await submit(request, response, id);
      sendNothing(response);
    },

    async post(request, response) {
      readParameters(request.url, []);
      sendJson(response, JSON.stringify(await submit(request, response)));
    },
  };
}

/** The body as a stream and its boundary, where the request is multipart/mixed or, by its own opening, what a client took for it. */
async function openMultipart(request: XapiRequest, maxBytes: number): ReturnType<typeof openingBoundary> {
  const contentType = request.headers['content-type'] ?? '';
  const type = readMediaType(contentType)?.type;
  if (type === 'multipart/mixed') return { boundary: boundaryOf(contentType), source: streamBody(request, maxBytes) };
  return type === 'application/octet-stream' ? openingBoundary(streamBody(request, maxBytes)) : undefined;
}

/** "The first part of the multipart document MUST contain the Statements themselves, with type application/json." */
async function readFirstPart(parts: AsyncGenerator<Part, void, void>, maxBytes: number): Promise<Buffer> {
  const { value: first } = await parts.next();
  if (!first || !isJson(first.headers.get('content-type'))) {
    throw new LivretError('request.multipart', { detail: 'The first part is not of type application/json.' });
  }
  return collect(first.body, maxBytes);
}

/** Spelt out rather than spread: the parsed value must not travel to the store's thread with it. */
function newStatement(statement: ReadStatement, received: Received, defines: boolean): NewStatement {
  const { id, text, hasTimestamp, restored, members, refersTo, voids } = statement;
  return {
    id,
    text,
    hasTimestamp,
    restored,
    members,
    ...(refersTo !== undefined && { refersTo }),
    voids,
    definitions: defines ? statement.definitions : [],
    attachments: storedAttachments(statement.attachments, received),
    defines,
  };
}
