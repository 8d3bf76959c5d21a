/**
 * Traces for OpenTelemetry: a span for each request and one for each commit inside of it. Loaded only where they are
 * wanted. No attribute holds an address, a path, a query or a name: routes are patterns.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import {
  type Context,
  DiagLogLevel,
  defaultTextMapGetter,
  diag,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { setGlobalErrorHandler, W3CTraceContextPropagator } from '@opentelemetry/core';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { Logger } from 'pino';
import { asLivretError, type Commit, type Committed, requestIdOf } from '../../lrs/index.ts';
import { outcomeOf } from './outcome.ts';
import type { TracesProtocol } from './traces-wanted.ts';
import type { Watch } from './watch.ts';

/** ms that the last spans are given to get away when the server stops. */
const PATIENCE = 3_000;

/** ms between two lines about a collector that cannot be reached. */
const COMPLAIN_EVERY = 60_000;

/** Asked all day by machines, which do not trace. */
const PROBES = ['/health', '/ready'];

/** Spans of one server, which send themselves as the standard's variables say. */
export class Traces implements Watch {
  readonly #provider: BasicTracerProvider;
  readonly #tracer: Tracer;
  readonly #propagator = new W3CTraceContextPropagator();
  /** The request that the code being run works for. */
  readonly #current = new AsyncLocalStorage<Context>();

  private constructor(provider: BasicTracerProvider, version: string) {
    this.#provider = provider;
    this.#tracer = provider.getTracer('livret', version);
  }

  static async open(protocol: TracesProtocol, version: string, log: Logger): Promise<Traces> {
    complainTo(log);
    const { OTLPTraceExporter } =
      protocol === 'http/json'
        ? await import('@opentelemetry/exporter-trace-otlp-http')
        : await import('@opentelemetry/exporter-trace-otlp-proto');
    const ours = resourceFromAttributes({ 'service.name': 'livret', 'service.version': version });
    const resource = defaultResource()
      .merge(ours)
      .merge(detectResources({ detectors: [envDetector] }));
    const spanProcessors = [new BatchSpanProcessor(new OTLPTraceExporter())];
    return new Traces(new BasicTracerProvider({ resource, spanProcessors }), version);
  }

  exchange(request: IncomingMessage, response: ServerResponse, serve: () => void): void {
    if (PROBES.includes(request.url?.split('?')[0] ?? '')) {
      serve();
      return;
    }
    const parent = this.#propagator.extract(ROOT_CONTEXT, request.headers, defaultTextMapGetter);
    const attributes = { 'livret.request_id': requestIdOf(request, response) };
    const span = this.#tracer.startSpan('request', { kind: SpanKind.SERVER, attributes }, parent);
    response.once('close', () => {
      const { method, route, status, complete } = outcomeOf(request, response);
      span.updateName(`${method} ${route}`);
      span.setAttributes({
        'http.request.method': method,
        'http.route': route,
        'http.response.status_code': status,
      });
      if (status >= 500 || !complete) {
        span.setStatus({ code: SpanStatusCode.ERROR });
        span.setAttribute('error.type', complete ? String(status) : 'aborted');
      }
      span.end();
    });
    this.#current.run(trace.setSpan(parent, span), serve);
  }

  /** Commits that no request asked for have no span. */
  async commit({ statements = [], changes = [] }: Commit, work: () => Promise<Committed>): Promise<Committed> {
    const parent = this.#current.getStore();
    if (parent === undefined) return work();
    const attributes = { 'livret.statements': statements.length, 'livret.changes': changes.length };
    const span = this.#tracer.startSpan('store.commit', { attributes }, parent);
    try {
      return await work();
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      // The code alone: a sentence may quote what was to be stored.
      span.setAttribute('error.type', asLivretError(error)?.code ?? 'server.error');
      throw error;
    } finally {
      span.end();
    }
  }

  /** Sends what is still to be sent, as far as it goes in a few seconds. */
  async close(): Promise<void> {
    const closing = this.#provider.shutdown().catch((error) => diag.error(String(error)));
    await Promise.race([closing, wait(PATIENCE, undefined, { ref: false })]);
  }
}

/** The library tells of failures by a logger for the whole process; a collector that is away is worth a line now and then. */
function complainTo(log: Logger): void {
  let last = 0;
  const complain = (error: unknown): void => {
    if (Date.now() - last < COMPLAIN_EVERY) return;
    last = Date.now();
    log.warn({ err: error }, 'traces do not get through');
  };
  const ignore = (): void => {};
  const logger = { error: complain, warn: complain, info: ignore, debug: ignore, verbose: ignore };
  diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
  setGlobalErrorHandler(complain);
}
