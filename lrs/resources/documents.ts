/**
 * What the three document resources have in common (1.0.3 Communication 2.2 and 3.1; IEEE 9274.1.1 §4.1.4 and 4.1.6).
 * state.ts, activity-profile.ts and agent-profile.ts say what each is addressed by.
 */
import { LivretError } from '../errors.ts';
import { readCondition } from '../http/conditions.ts';
import type { Handler, XapiRequest, XapiResponse } from '../http/exchange.ts';
import { isJson, readMediaType } from '../http/media-type.ts';
import { type Parameters, readParameters, refuse, required } from '../http/parameters.ts';
import { sendBody, sendNothing, sendTaggedJson, setLastModified } from '../http/respond.ts';
import type { DocumentScope, Documents, Precondition } from '../store/store.ts';
import type { XapiVersion } from '../xapi/types.ts';
import { readContent } from './content.ts';
import { timestampParameter } from './values.ts';

export interface DocumentResource {
  /** Name of the parameter that holds the document's id. */
  idParameter: 'stateId' | 'profileId';
  /** Parameters that say whose documents are meant. */
  scopeParameters: readonly string[];
  /** @throws LivretError request.parameter, Refusal parameter */
  scopeOf(parameters: Parameters): DocumentScope;
  /** Whether DELETE without an id deletes every document of the scope. */
  deletesAll: boolean;
}

export interface DocumentHandlers {
  put: Handler;
  post: Handler;
  get: Handler;
  delete: Handler;
}

/** Contents are the writer's and may be HTML: whoever opens them as a page gets one that can do nothing here. */
const NO_PAGE = "default-src 'none'; sandbox";

export function documentHandlers(
  resource: DocumentResource,
  documents: Documents,
  maxBodyBytes: number,
): DocumentHandlers {
  const { idParameter, scopeParameters, scopeOf } = resource;
  const single = [...scopeParameters, idParameter];

  async function putDocument(request: XapiRequest, response: XapiResponse): Promise<void> {
    const { version } = response.locals;
    const parameters = readParameters(request.url, single);
    const id = required(parameters, idParameter);
    const scope = scopeOf(parameters);
    const condition = readCondition(request);
    const contentType = contentTypeOf(request);
    const contents = await readContent(request, response, maxBodyBytes);
    if (isJson(contentType)) parseJson(contents);
    if (condition === undefined && version === '1.0.3' && scope.kind !== 'state') {
      // "MUST include If-Match or If-None-Match": such a PUT never changes anything, so nothing has to be locked.
      const there = await documents.get(scope, id);
      throw new LivretError(there ? 'document.conflict' : 'document.conditionMissing');
    }
    await documents.put({ scope, id, contents, contentType, condition: condition ?? unconditional(scope, version) });
    sendNothing(response);
  }

  /** "Treats it as a PUT" where there is no document yet; merges into the one that is there. */
  async function postDocument(request: XapiRequest, response: XapiResponse): Promise<void> {
    const parameters = readParameters(request.url, single);
    const id = required(parameters, idParameter);
    const scope = scopeOf(parameters);
    const condition = readCondition(request);
    const contentType = contentTypeOf(request);
    const contents = await readContent(request, response, maxBodyBytes);
    if (isJson(contentType) && !isJsonObject(parseJson(contents))) throw new LivretError('document.merge');
    await documents.put({ scope, id, contents, contentType, merge: true, ...(condition && { condition }) });
    sendNothing(response);
  }

  async function getDocument(request: XapiRequest, response: XapiResponse): Promise<void> {
    const { version } = response.locals;
    const parameters = readParameters(request.url, [...single, 'since']);
    const scope = scopeOf(parameters);
    const since = timestampParameter(parameters, 'since', version);
    if (!parameters.has(idParameter)) {
      sendTaggedJson(response, await documents.ids(scope, since));
      return;
    }
    if (since !== undefined && version !== '1.0.3') throw refuse('since', `does not go together with ${idParameter}.`);
    const document = await documents.get(scope, required(parameters, idParameter));
    if (!document) throw new LivretError('document.notFound');
    response.setHeader('ETag', `"${document.etag}"`);
    setLastModified(response, document.updated);
    response.setHeader('Content-Security-Policy', NO_PAGE);
    sendBody(response, document.contentType, document.contents);
  }

  async function deleteDocument(request: XapiRequest, response: XapiResponse): Promise<void> {
    const parameters = readParameters(request.url, single);
    const scope = scopeOf(parameters);
    if (resource.deletesAll && !parameters.has(idParameter)) await documents.deleteAll(scope);
    else await documents.delete(scope, required(parameters, idParameter), readCondition(request));
    sendNothing(response);
  }

  return { put: putDocument, post: postDocument, get: getDocument, delete: deleteDocument };
}

/**
 * What a PUT without a condition header may do: a document that is there is not replaced (409), but for State in 1.0.3,
 * which "will permit PUT, POST and DELETE requests without concurrency headers".
 */
function unconditional(scope: DocumentScope, version: XapiVersion): Precondition {
  return { requiredIfExists: !(version === '1.0.3' && scope.kind === 'state') };
}

/** "Documents can have any content type", a form's included; one that names none is just bytes. */
function contentTypeOf(request: XapiRequest): string {
  const contentType = request.get('Content-Type') ?? 'application/octet-stream';
  // It goes out again as a header: one that came in a form field may hold anything.
  if (readMediaType(contentType) === undefined) throw new LivretError('request.contentType');
  return contentType;
}

/** "… where the content type header does not match the content included in the request": 400. */
function parseJson(contents: Buffer): unknown {
  try {
    return JSON.parse(contents.toString('utf8'));
  } catch {
    throw new LivretError('request.json');
  }
}

function isJsonObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
