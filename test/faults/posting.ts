/** Clients that post statements over HTTP, whatever they are answered, and keep what that was. */
import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { HEADERS } from '../cli/requests.ts';
import { carry, declare, json, multipart } from '../lrs/resources/multipart-maker.ts';
import { statement } from '../lrs/resources/server.ts';

export const KINDS = ['single', 'batch', 'attachment'] as const;
export type Kind = (typeof KINDS)[number];

/** A request, which can be sent again. Its registration stands for the batch. */
interface Outgoing {
  kind: Kind;
  registration: string;
  ids: string[];
  headers: Record<string, string>;
  body: string | Buffer;
}

export interface Answered extends Outgoing {
  /** 0 where no answer came. */
  status: number;
  code: string | undefined;
  retryAfter: string | null;
  /** ms */
  took: number;
}

const JSON_TYPE = { 'Content-Type': 'application/json' };
const BATCH = 20;
const ATTACHMENT_BYTES = 100_000;

function make(kind: Kind): Outgoing {
  const registration = randomUUID();
  const one = (more: object = {}) => statement({ context: { registration }, ...more });
  if (kind === 'attachment') {
    const contents = randomBytes(ATTACHMENT_BYTES);
    const value = one({ attachments: [declare(contents)] });
    const { headers, body } = multipart([json(value), carry(contents)]);
    return { kind, registration, ids: [value.id], headers, body };
  }
  const values = Array.from({ length: kind === 'batch' ? BATCH : 1 }, () => one());
  return { kind, registration, ids: values.map(({ id }) => id), headers: JSON_TYPE, body: JSON.stringify(values) };
}

/** Sends a request, for the first time or again. */
export async function send(url: string, outgoing: Outgoing): Promise<Answered> {
  const began = Date.now();
  const response = await fetch(`${url}/xapi/statements`, {
    method: 'POST',
    headers: { ...HEADERS, ...outgoing.headers },
    body: outgoing.body as BodyInit,
  }).catch(() => undefined);
  const answer = await response?.json().catch(() => undefined);
  return {
    ...outgoing,
    status: response?.status ?? 0,
    code: answer?.error?.code,
    retryAfter: response?.headers.get('retry-after') ?? null,
    took: Date.now() - began,
  };
}

/** Some clients, of every kind. */
export class Posting {
  readonly answers: Answered[] = [];
  readonly #url: string;
  readonly #clients: Promise<void>[];
  #over = false;

  constructor(url: string, clientsOfEach = 2) {
    this.#url = url;
    this.#clients = Array.from({ length: clientsOfEach }, () => KINDS.map((kind) => this.#post(kind))).flat();
  }

  get acknowledged(): Answered[] {
    return this.answers.filter(({ status }) => status === 200);
  }

  get refused(): Answered[] {
    return this.answers.filter(({ status }) => status !== 200);
  }

  /** Waits until so many more of each kind were taken (200), or refused. */
  async until(outcome: 'taken' | 'refused', count: number, within: number): Promise<void> {
    const start = this.answers.length;
    const missing = (): Kind[] => {
      const since = this.answers.slice(start).filter(({ status }) => (status === 200) === (outcome === 'taken'));
      return KINDS.filter((kind) => since.filter((each) => each.kind === kind).length < count);
    };
    for (const deadline = Date.now() + within; missing().length > 0; await wait(20)) {
      if (Date.now() > deadline) throw new Error(`Not ${outcome} within ${within} ms: ${missing().join()}`);
    }
  }

  async end(): Promise<void> {
    this.#over = true;
    await Promise.all(this.#clients);
  }

  async #post(kind: Kind): Promise<void> {
    while (!this.#over) {
      const answer = await send(this.#url, make(kind));
      this.answers.push(answer);
      if (answer.status !== 200) await wait(100);
    }
  }
}
