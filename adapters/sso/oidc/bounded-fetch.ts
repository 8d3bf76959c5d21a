/** fetch as it is used towards identity providers: in a bounded time, of a bounded size, to safe addresses only. */
import { isIPv4 } from 'node:net';
import { LivretError } from '../../../lrs/index.ts';

/** Bytes of an answer: metadata, keys and claims are far smaller. */
const LARGEST = 1_000_000;

/** What of fetch's options the libraries use. */
export interface Asked {
  method?: string | undefined;
  headers?: Headers | Record<string, string> | undefined;
  body?: unknown;
  signal?: AbortSignal | undefined;
}

const unavailable = (url: string, what: string): LivretError =>
  new LivretError('sso.unavailable', { detail: `${new URL(url).host} ${what}.`, retryAfter: 5 });

/** Names of this machine, and no others that a name server could make point elsewhere. */
export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || (isIPv4(hostname) && hostname.startsWith('127.'));
}

/** Whether nobody on the way can read along or answer instead. */
export function isSafe(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol } = new URL(url);
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(url));
}

export type BoundedFetch = (url: string, asked?: Asked) => Promise<Response>;

/**
 * Makes the fetch that waits `patience` ms for an answer, its body included. It gives the whole answer; redirections are
 * answers like others, never followed. It rejects `sso.unavailable` where there is none in time, where it is too large, or
 * where it says that the provider is not well (429, 5xx).
 */
export function createBoundedFetch(patience: number): BoundedFetch {
  return async function boundedFetch(url, { method = 'GET', headers = {}, body = null, signal } = {}) {
    const limit = AbortSignal.timeout(patience);
    let response: Response;
    let bytes: Uint8Array<ArrayBuffer> | undefined;
    try {
      response = await fetch(url, {
        ...{ method, headers, redirect: 'manual' },
        body: body as NonNullable<RequestInit['body']> | null,
        signal: signal ? AbortSignal.any([limit, signal]) : limit,
      });
      bytes = await readBody(response);
    } catch (error) {
      throw unavailable(url, `did not answer (${reasonOf(error)})`);
    }
    if (bytes === undefined) throw unavailable(url, 'answered with more than 1 MB');
    const { status } = response;
    if (status === 429 || status >= 500) throw unavailable(url, `answered ${status}`);
    return new Response(bytes.length === 0 ? null : bytes, { status, headers: response.headers });
  };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { code } = (error.cause ?? {}) as NodeJS.ErrnoException;
  return typeof code === 'string' ? code : error.name;
}

/** Undefined where there is too much of it; the rest is not waited for. */
async function readBody(response: Response): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > LARGEST) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
