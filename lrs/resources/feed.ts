/**
 * GET /feed: everything the store did, in the order in which it did it, for readers that keep a copy of their own.
 * Scope feed/read. Parameters: `after`, a cursor (from the start without it), and `limit`, at most so many entries.
 *
 * As NDJSON (application/x-ndjson, the default), one JSON object a line, each with the cursor to resume from after it:
 *   {"kind":"statement","cursor":"…","statement":{…}}   the statement's exact text, with all that the LRS has set
 *   {"kind":"voided","cursor":"…","id":"…"}             that statement is void from here on
 *   {"kind":"erased","cursor":"…","ids":["…"]}          read these again and drop those that are gone: somebody was forgotten
 *   {"kind":"through","cursor":"…"}                     the last line: nothing can appear any more up to here
 * An answer without the last line was cut short; what came of it stands.
 *
 * As server-sent events (Accept: text/event-stream), the same objects as data, `kind` as event and the cursor as id;
 * Last-Event-ID resumes, and goes before `after`. The answer stays open for what is still to come, with a sign of life
 * that carries the cursor on while nothing happens. It ends after a while; readers come back by themselves.
 */
import { once } from 'node:events';
import type { XapiRequest, XapiResponse } from '../http/exchange.ts';
import { readParameters, refuse } from '../http/parameters.ts';
import type { FeedEntry, Position, Store } from '../store/store.ts';
import { integerParameter } from './values.ts';

const TYPES = ['application/x-ndjson', 'application/json', 'text/event-stream'] as const;
/** Entries read at once: what is held for each reader, however slow. */
const PAGE = 100;
/** Readers that are read for at the same time: however many catch up at once, others are served between them. */
const AT_ONCE = 2;
const RETRY_MILLISECONDS = 2_000;

export interface FeedOptions {
  /** Milliseconds between two signs of life. */
  heartbeat: number;
  /** Milliseconds a live answer lasts: how long a revoked key may go on reading. */
  lifetime: number;
}

export interface Feed {
  getFeed(request: XapiRequest, response: XapiResponse): Promise<void>;
  /** How many answers are under way. */
  readers(): number;
  /** Ends the live answers, so that the server can close. */
  close(): void;
}

const DEFAULTS: FeedOptions = { heartbeat: 15_000, lifetime: 10 * 60_000 };

export function createFeed(store: Store, options: FeedOptions = DEFAULTS): Feed {
  const open = new Set<AbortController>();
  const turns = new Turns(AT_ONCE);
  let closed = false;

  async function getFeed(request: XapiRequest, response: XapiResponse): Promise<void> {
    const parameters = readParameters(request.url, ['after', 'limit']);
    const live = request.accepts([...TYPES]) === 'text/event-stream';
    const resumed = live ? request.get('Last-Event-ID') : undefined;
    const after = cursorParameter(resumed || parameters.get('after'));
    const limit = integerParameter(parameters, 'limit') || Number.POSITIVE_INFINITY;
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Content-Type', `${live ? 'text/event-stream' : 'application/x-ndjson'}; charset=utf-8`);
    // Proxies that gather an answer before they pass it on would hold live events back.
    response.setHeader('X-Accel-Buffering', 'no');
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    const ending = new AbortController();
    open.add(ending);
    // Asked on a connection that stands while the server is stopping: it would hold that up to the last.
    // Nor does who went while their key was looked up close anything any more: live events would be kept for nobody.
    if (closed || response.destroyed) ending.abort();
    response.once('close', () => ending.abort());
    try {
      await (live ? follow : copy)(response, after, limit, ending);
    } finally {
      open.delete(ending);
    }
  }

  /** From `after` to the present end. */
  async function copy(response: XapiResponse, after: Position, limit: number, ending: AbortController): Promise<void> {
    let at = after;
    let left = limit;
    while (left > 0 && !ending.signal.aborted) {
      const page = await turns.take(() => store.statements.feed(at, Math.min(PAGE, left)));
      await write(response, page.entries.flatMap(line), ending.signal);
      left -= page.entries.length;
      at = page.through;
      if (page.entries.length === 0) break;
    }
    response.end(ending.signal.aborted ? '' : `{"kind":"through","cursor":"${at}"}\n`);
  }

  /** From `after`, and on as things happen. */
  async function follow(
    response: XapiResponse,
    after: Position,
    limit: number,
    ending: AbortController,
  ): Promise<void> {
    const alarm = new Alarm(ending.signal);
    const unwatch = store.watch(() => alarm.ring());
    const lifetime = setTimeout(() => ending.abort(), options.lifetime);
    let at = after;
    let left = limit;
    let sign = `retry: ${RETRY_MILLISECONDS}\n\n`;
    try {
      while (left > 0 && !ending.signal.aborted) {
        const page = await turns.take(() => store.statements.feed(at, Math.min(PAGE, left)));
        await write(response, [Buffer.from(sign), ...page.entries.flatMap(event)], ending.signal);
        left -= page.entries.length;
        at = page.through;
        const news = page.entries.length > 0 || (await alarm.wait(options.heartbeat));
        // An event without data reaches no listener, but moves the reader's Last-Event-ID on.
        sign = news ? '' : `: alive\nid: ${at}\n\n`;
      }
    } finally {
      clearTimeout(lifetime);
      unwatch();
    }
    response.end();
  }

  return {
    getFeed,
    readers: () => open.size,
    close() {
      closed = true;
      for (const ending of open) ending.abort();
    },
  };
}

/** Lets so many pieces of work be under way at once; the others wait, first come first served. */
class Turns {
  readonly #waiting: (() => void)[] = [];
  #free: number;

  constructor(most: number) {
    this.#free = most;
  }

  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free++;
    }
  }
}

/** Wakes one waiter; rung while nobody waits, it wakes the next at once. */
class Alarm {
  #rung = false;
  #wake: () => void = () => {};

  constructor(ending: AbortSignal) {
    ending.addEventListener('abort', () => this.ring());
  }

  ring(): void {
    this.#rung = true;
    this.#wake();
  }

  /** True as soon as it was rung, false after `milliseconds`. */
  async wait(milliseconds: number): Promise<boolean> {
    if (!this.#rung) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    const rung = this.#rung;
    this.#rung = false;
    return rung;
  }
}

function cursorParameter(text: string | undefined): Position {
  if (text === undefined) return 0;
  if (!/^\d{1,16}$/.test(text) || !Number.isSafeInteger(Number(text))) throw refuse('after', 'is no cursor.');
  return Number(text);
}

/** Writes at the reader's pace: while it does not keep up, nothing more is read from the store. */
async function write(response: XapiResponse, chunks: Uint8Array[], ending: AbortSignal): Promise<void> {
  if (chunks.length === 0 || ending.aborted || response.write(Buffer.concat(chunks))) return;
  try {
    await once(response, 'drain', { signal: ending });
  } catch (error) {
    if (!ending.aborted) throw error;
  }
}

const LINE_BREAK = Buffer.from('\n');

const line = (entry: FeedEntry): Uint8Array[] => [...json(entry), LINE_BREAK];

const event = (entry: FeedEntry): Uint8Array[] => [
  Buffer.from(`id: ${entry.position}\nevent: ${entry.kind}\ndata: `),
  ...json(entry),
  Buffer.from('\n\n'),
];

/** The entry as one line of JSON. */
function json(entry: FeedEntry): Uint8Array[] {
  if (entry.kind === 'statement') {
    const lead = `{"kind":"statement","cursor":"${entry.position}","statement":`;
    return [Buffer.from(lead), onOneLine(entry.statement.text), Buffer.from('}')];
  }
  const { kind, position, ...rest } = entry;
  return [Buffer.from(JSON.stringify({ kind, cursor: String(position), ...rest }))];
}

/** JSON text has line breaks only between its tokens, where a blank means the same. */
function onOneLine(text: Uint8Array): Uint8Array {
  if (!text.includes(10) && !text.includes(13)) return text;
  return text.map((byte) => (byte === 10 || byte === 13 ? 32 : byte));
}
