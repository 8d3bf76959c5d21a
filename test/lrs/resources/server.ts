/** A real server over a real store, for the tests of the resources: nothing of ours is replaced. */
import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { type Access, createAccess, type Scope } from '../../../lrs/access/index.ts';
import { createDirectory } from '../../../lrs/directory/index.ts';
import { createXapi, type Xapi, type XapiSettings } from '../../../lrs/resources/index.ts';
import type { Store } from '../../../lrs/store/store.ts';
import type { Engine, EngineStore, Place } from '../../engines/index.ts';

const SETTINGS: XapiSettings = {
  fallbackVersion: '1.0.3',
  maxBodyBytes: 1_000_000,
  maxStatements: 100,
  maxAttachmentBytes: 500_000,
  maxMultipartBytes: 1_500_000,
  pageSize: { default: 10, max: 20 },
  feed: { heartbeat: 200, lifetime: 60_000 },
};

export interface Call {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array | ReadableStream | object;
  signal?: AbortSignal;
  /** 1.0.3 unless another is given; '' sends no version header. */
  version?: string;
  /** The all-scope key unless another is given; '' sends none. */
  authorization?: string;
}

export const VERSIONS = ['1.0.3', '2.0.0'] as const;

export class TestServer {
  /** e.g. http://127.0.0.1:40000 */
  origin = '';
  /** Errors that were ours. */
  readonly reported: unknown[] = [];
  readonly #settings: XapiSettings;
  readonly #opened: EngineStore;
  #access: Access | undefined;
  #xapi: Xapi | undefined;
  #server: Server | undefined;
  #authorization = '';

  private constructor(opened: EngineStore, settings: XapiSettings) {
    this.#opened = opened;
    this.#settings = settings;
  }

  static async start(engine: Engine, settings: Partial<XapiSettings> = {}): Promise<TestServer> {
    const server = new TestServer(await engine.create(), { ...SETTINGS, ...settings });
    await server.#open();
    server.#authorization = await server.key('all');
    return server;
  }

  get place(): Place {
    return this.#opened.place;
  }

  get store(): Store {
    return this.#opened.store;
  }

  /** Stops and opens the same store again, on another port. */
  async restart(): Promise<void> {
    await this.#close();
    await this.#opened.reopen();
    await this.#open();
  }

  /** Takes the store away from the running server. */
  async closeStore(): Promise<void> {
    await this.store.close();
  }

  async stop(): Promise<void> {
    await this.#close();
    await this.#opened.destroy();
  }

  /** Makes a key of these scopes; gives its Authorization header. */
  async key(...scopes: Scope[]): Promise<string> {
    if (!this.#access) throw new Error('not open');
    const { key, secret } = await this.#access.keys.add({ label: scopes.join(' '), scopes });
    return `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`;
  }

  /** Authorization of the all-scope key. */
  get authorization(): string {
    return this.#authorization;
  }

  /** Sends a request to a path under /xapi, or to an absolute path. An object as body is sent as JSON. */
  async call(
    path: string,
    { method = 'GET', headers = {}, body, version, authorization, signal }: Call = {},
  ): Promise<Response> {
    const stream = body instanceof ReadableStream;
    const raw = typeof body === 'string' || body instanceof Uint8Array || body === undefined || stream;
    const credentials = authorization ?? this.#authorization;
    const announced = version ?? '1.0.3';
    return fetch(this.origin + (path.startsWith('//') ? path.slice(1) : `/xapi${path}`), {
      method,
      headers: {
        ...(announced && { 'X-Experience-API-Version': announced }),
        ...(credentials && { Authorization: credentials }),
        ...(raw ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(signal && { signal }),
      ...(stream && { duplex: 'half' }),
      ...(body === undefined ? {} : { body: raw ? (body as string) : JSON.stringify(body) }),
    });
  }

  async json(path: string, call: Call = {}): Promise<ReturnType<typeof JSON.parse>> {
    return (await this.call(path, call)).json();
  }

  async #open(): Promise<void> {
    const settings = { siteUrl: 'https://livret.example', requestsPerMinute: 0, failedLoginsPerMinute: 0 };
    this.#access = await createAccess({
      store: this.store,
      directory: createDirectory(this.store),
      settings,
    });
    this.#xapi = createXapi({
      store: this.store,
      access: this.#access,
      settings: this.#settings,
      report: (error) => this.reported.push(error),
    });
    const app = express();
    app.use(this.#xapi.router);
    this.#server = createServer(app);
    await new Promise<void>((resolve) => this.#server?.listen(0, '127.0.0.1', resolve));
    this.origin = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async #close(): Promise<void> {
    this.#xapi?.close();
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }
}

export interface StatementParts {
  id?: string;
  actor?: object;
  verb?: object;
  object?: object;
  [key: string]: unknown;
}

/** A statement of its own each time, with an id. */
export function statement(parts: StatementParts = {}): StatementParts & { id: string } {
  return {
    id: randomUUID(),
    actor: { mbox: 'mailto:marie@example.org' },
    verb: { id: 'http://adlnet.gov/expapi/verbs/experienced' },
    object: { id: 'http://example.org/course' },
    ...parts,
  };
}

/** A statement that voids another. */
export const voiding = (id: string): StatementParts & { id: string } =>
  statement({ verb: { id: 'http://adlnet.gov/expapi/verbs/voided' }, object: { objectType: 'StatementRef', id } });

/** A query string; objects as JSON. */
export const query = (parameters: Record<string, string | object>): string =>
  `?${new URLSearchParams(
    Object.entries(parameters).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  )}`;
