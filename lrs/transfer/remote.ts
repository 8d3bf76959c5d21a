/** Reading the statements of another LRS (1.0.3 Communication 2.1.3), attachments included, oldest first. */
import { setTimeout as wait } from 'node:timers/promises';
import { LivretError } from '../errors.ts';
import { readMediaType } from '../http/media-type.ts';
import { boundaryOf, type Part, readMultipart } from '../http/multipart-read.ts';
import { collect } from '../resources/content.ts';

export interface RemoteOptions {
  /** Address of the xAPI endpoint or of its statements resource; filters in its query are kept. */
  url: string;
  key?: string;
  secret?: string;
  /** Only what was stored after this instant (ISO 8601). */
  since?: string;
}

export interface RemotePage {
  /** The StatementResult, byte for byte. */
  json: Buffer;
  /** What follows it in a multipart answer; to be read to its end before the next page is asked for. */
  parts: AsyncGenerator<Part, void, void> | undefined;
  /** ISO 8601: every statement stored up to here has been given; undefined when the LRS does not say. */
  consistentThrough: string | undefined;
}

const TIMEOUT = 120_000;
const ATTEMPTS = 5;
const MAX_JSON = 256 * 1024 * 1024;
const VERSIONS = ['1.0.3', '2.0.0'] as const;

const failed = (detail: string, cause?: unknown): LivretError => new LivretError('import.source', { detail, cause });

const unanswered = (error: unknown): LivretError => failed('It does not answer.', error);

/** Every page of the other LRS. Throws `import.source` when it cannot be read, after some attempts. */
export async function* readRemote(options: RemoteOptions): AsyncGenerator<RemotePage, void, void> {
  const first = firstPage(options);
  const version = await spokenVersion(first, options);
  for (let next: URL | undefined = first; next !== undefined; ) {
    const response = await ask(next, version, options);
    const { json, parts } = await open(response);
    const consistentThrough = response.headers.get('X-Experience-API-Consistent-Through') ?? undefined;
    yield { json, parts, consistentThrough };
    next = following(json, next);
  }
}

/** The endpoint as a place to keep a bookmark for: without secrets, and without what changes from run to run. */
export function sourceName(url: string): string {
  const { origin, pathname, search } = statementsOf(url);
  return `${origin}${pathname}${search}`;
}

function statementsOf(text: string): URL {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw failed('The address is not an http(s) URL.');
  const url = new URL(text);
  url.username = '';
  url.password = '';
  url.hash = '';
  const path = url.pathname.replace(/\/+$/, '');
  url.pathname = path.endsWith('/statements') ? path : `${path}/statements`;
  return url;
}

function firstPage({ url, since }: RemoteOptions): URL {
  const page = statementsOf(url);
  page.searchParams.set('ascending', 'true');
  page.searchParams.set('attachments', 'true');
  if (since !== undefined) page.searchParams.set('since', since);
  return page;
}

/** The first of our versions that the other side takes. */
async function spokenVersion(page: URL, options: RemoteOptions): Promise<string> {
  for (const version of VERSIONS) {
    const response = await request(page, version, options).catch(unanswered);
    // Whether it is busy or out of reach for good is for `ask` to find out.
    if (!(response instanceof Response)) return version;
    await response.body?.cancel();
    if (response.status !== 400 || version === VERSIONS.at(-1)) return version;
  }
  return VERSIONS[0];
}

/** Asks again, later and later, while the other side is busy or out of reach. */
async function ask(page: URL, version: string, options: RemoteOptions): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    const outcome = await request(page, version, options).catch(unanswered);
    if (outcome instanceof Response && outcome.ok) return outcome;
    const passing = !(outcome instanceof Response) || outcome.status === 429 || outcome.status >= 500;
    if (!passing || attempt === ATTEMPTS) throw outcome instanceof Response ? await refusal(outcome) : outcome;
    if (outcome instanceof Response) await outcome.body?.cancel();
    await wait(250 * 2 ** attempt);
  }
}

function request(page: URL, version: string, { key, secret }: RemoteOptions): Promise<Response> {
  const credentials = key === undefined ? undefined : Buffer.from(`${key}:${secret ?? ''}`).toString('base64');
  return fetch(page, {
    headers: {
      'X-Experience-API-Version': version,
      ...(credentials === undefined ? {} : { Authorization: `Basic ${credentials}` }),
    },
    // Credentials do not follow to wherever they are sent.
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT),
  });
}

async function refusal(response: Response): Promise<LivretError> {
  await response.body?.cancel();
  const { status } = response;
  if (status === 401 || status === 403) return failed(`It refuses the key (${status}).`);
  if (status >= 300 && status < 400) return failed(`It redirects (${status}): give the address it redirects to.`);
  return failed(`It answers ${status}.`);
}

async function open(response: Response): Promise<Pick<RemotePage, 'json' | 'parts'>> {
  const contentType = response.headers.get('Content-Type') ?? '';
  const body = chunksOf(response);
  if (readMediaType(contentType)?.type !== 'multipart/mixed')
    return { json: await collect(body, MAX_JSON), parts: undefined };
  const parts = readMultipart(body, boundaryOf(contentType));
  const { value: first } = await parts.next();
  if (!first) throw failed('Its answer is an empty multipart body.');
  return { json: await collect(first.body, MAX_JSON), parts };
}

async function* chunksOf(response: Response): AsyncGenerator<Buffer, void, void> {
  try {
    for await (const chunk of response.body ?? []) yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  } catch (error) {
    throw failed('It broke off in the middle of an answer.', error);
  }
}

/** Where `more` leads, if anywhere: within the same LRS, for our credentials go there. */
function following(json: Buffer, page: URL): URL | undefined {
  const more = moreOf(json);
  if (more === undefined || more === '') return undefined;
  const next = new URL(more, page);
  if (next.origin !== page.origin) throw failed('Its answer continues on another host.');
  if (next.href === page.href) throw failed('Its answer continues with itself.');
  return next;
}

function moreOf(json: Buffer): string | undefined {
  try {
    const { more } = JSON.parse(json.toString('utf8')) as { more?: unknown };
    return typeof more === 'string' ? more : undefined;
  } catch (error) {
    throw failed('Its answer is not JSON.', error);
  }
}
