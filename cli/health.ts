/** What the server says of itself to those who watch it: that it lives (/health), and that it can take work (/ready). */
import type { RequestListener, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

/** ms that a part is given to say that it can work: those who ask mostly give up after a few seconds themselves. */
const PATIENCE = 2_000;

/** Seconds after which whoever was told to wait should ask again. */
const RETRY_AFTER = '2';

export type Phase = 'starting' | 'serving' | 'stopping';

/** Rejects when its part cannot work now. */
export type Check = () => Promise<void>;

/** Of a part: whether it can work, cannot, or has not said so in time. */
type Finding = 'ready' | 'unavailable' | 'slow';

/** Whether the server should be sent requests. One for each server; `serve` moves it from phase to phase. */
export class Readiness {
  phase: Phase = 'starting';
  readonly #checks = new Map<string, Check>();
  /** A part that hangs is asked once, however many ask us meanwhile. */
  readonly #asked = new Map<string, Promise<Finding>>();

  /** Has a part asked as well, by the name that answers show. */
  require(part: string, check: Check): void {
    this.#checks.set(part, check);
  }

  /** Names what is not ready, and why in a word; never what went wrong inside. */
  async look(): Promise<{ ready: boolean; report: object; missing: string[] }> {
    if (this.phase !== 'serving') return { ready: false, report: { status: this.phase }, missing: [] };
    const findings = await Promise.all(
      [...this.#checks].map(async ([part, check]) => [part, await this.#ask(part, check)]),
    );
    const missing = findings.filter(([, finding]) => finding !== 'ready');
    if (missing.length === 0) return { ready: true, report: { status: 'ready' }, missing: [] };
    const report = { status: 'unavailable', parts: Object.fromEntries(missing) };
    return { ready: false, report, missing: missing.map(([part]) => String(part)) };
  }

  async #ask(part: string, check: Check): Promise<Finding> {
    const asked = this.#asked.get(part) ?? this.#start(part, check);
    const tooLate = new AbortController();
    const late = wait(PATIENCE, 'slow' as const, { signal: tooLate.signal });
    late.catch(() => {});
    try {
      return await Promise.race([asked, late]);
    } finally {
      tooLate.abort();
    }
  }

  #start(part: string, check: Check): Promise<Finding> {
    const asked = check()
      .then(
        () => 'ready' as const,
        () => 'unavailable' as const,
      )
      .finally(() => this.#asked.delete(part));
    this.#asked.set(part, asked);
    return asked;
  }
}

/** GET /health: 200 for as long as the process answers at all. It touches nothing, so that no restart is asked for what a restart cannot mend. */
export const sendHealth: RequestListener = (_request, response) => send(response, 200, { status: 'ok' });

/** GET /ready: 200 when requests would be served, else 503. */
export const readyHandler =
  (readiness: Readiness) =>
  async (_request: unknown, response: ServerResponse): Promise<void> => {
    const { ready, report } = await readiness.look();
    if (!ready) response.setHeader('Retry-After', RETRY_AFTER);
    send(response, ready ? 200 : 503, report);
  };

/** Seconds after which a browser asks by itself again. */
const REFRESH = '5';

/** Whole in itself, and in both languages: there are no pages yet that it could look like. */
const STARTING = `<!DOCTYPE html><html lang="fr"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Livret démarre</title>
<main><h1>Livret démarre</h1><p>Cette page se recharge d’elle-même. Rien de ce qui a été enregistré n’est perdu.</p>
<div lang="en"><h2>Livret is starting</h2><p>This page reloads by itself. Nothing that was recorded is lost.</p></div></main>`;

/** Answers for as long as there is nothing behind the door yet: people with a page, programs as /ready does. */
export function whileStarting(readiness: Readiness): RequestListener {
  const sendReady = readyHandler(readiness);
  return (request, response) => {
    const path = request.url?.split('?')[0];
    if (path === '/health') sendHealth(request, response);
    else if (path !== '/ready' && request.headers.accept?.includes('text/html')) sendStarting(response);
    else void sendReady(request, response);
  };
}

function sendStarting(response: ServerResponse): void {
  response.setHeader('Retry-After', RETRY_AFTER);
  response.setHeader('Refresh', REFRESH);
  response.setHeader('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
  sendText(response, 503, 'text/html', STARTING);
}

const send = (response: ServerResponse, status: number, body: object): void =>
  sendText(response, status, 'application/json', JSON.stringify(body));

function sendText(response: ServerResponse, status: number, type: string, text: string): void {
  response.statusCode = status;
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Content-Type', `${type}; charset=utf-8`);
  response.setHeader('Content-Length', Buffer.byteLength(text));
  response.end(text);
}
