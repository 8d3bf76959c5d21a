/** Everything that watches this server, as its settings say. What nobody asked for is not even loaded. */
import type { Logger } from 'pino';
import type { Config } from '../../config.ts';
import type { Measure } from '../../web/index.ts';
import { version } from '../version.ts';
import { logRequests } from './log-requests.ts';
import type { Watch } from './watch.ts';

export interface Observation {
  watches: readonly Watch[];
  /** Shows what the parts measure, where metrics are wanted. */
  add(measures: readonly Measure[]): void;
  /** Gives out what is still to be given, and ends. */
  close(): Promise<void>;
}

/** Rejects with `config.invalid` when the metrics cannot be served where they should. */
export async function openObservation(config: Config, log: Logger): Promise<Observation> {
  const metrics = await openMetrics(config, log);
  const watches = [log.isLevelEnabled('debug') ? logRequests(log) : undefined, metrics?.watch];
  return {
    watches: watches.filter((watch) => watch !== undefined),
    add: (measures) => metrics?.watch.add(measures),
    close: async () => metrics?.close(),
  };
}

async function openMetrics({ metricsHost, metricsPort }: Config, log: Logger) {
  if (metricsPort === undefined) return undefined;
  const { Metrics } = await import('./metrics.ts');
  const { serveMetrics } = await import('./serve-metrics.ts');
  const watch = new Metrics(version());
  const place = { host: metricsHost, port: metricsPort };
  const listening = await serveMetrics(watch, place, (error) =>
    log.error({ err: error }, 'the metrics cannot be read'),
  );
  log.info({ host: metricsHost, port: listening.port }, 'serving metrics');
  return { watch, close: () => listening.close(0) };
}
