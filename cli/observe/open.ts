/** Everything that watches this server, as its settings say. What nobody asked for is not even loaded. */
import type { Logger } from 'pino';
import type { Config } from '../../config.ts';
import type { Measure } from '../../web/index.ts';
import { version } from '../version.ts';
import { logRequests } from './log-requests.ts';
import { tracesWanted } from './traces-wanted.ts';
import type { Watch } from './watch.ts';

export interface Observation {
  watches: readonly Watch[];
  /** Shows what the parts measure, where metrics are wanted. */
  add(measures: readonly Measure[]): void;
  /** Gives out what is still to be given, and ends. */
  close(): Promise<void>;
}

/** Rejects with `config.invalid` when the metrics cannot be served, or the traces not be sent, as they should. */
export async function openObservation(config: Config, log: Logger): Promise<Observation> {
  const traces = await openTraces(log);
  const metrics = await openMetrics(config, log);
  const watches = [log.isLevelEnabled('debug') ? logRequests(log) : undefined, metrics?.watch, traces];
  return {
    watches: watches.filter((watch) => watch !== undefined),
    add: (measures) => metrics?.watch.add(measures),
    close: async () => {
      await Promise.all([metrics?.close(), traces?.close()]);
    },
  };
}

async function openTraces(log: Logger) {
  const protocol = tracesWanted(process.env);
  if (protocol === undefined) return undefined;
  const { Traces } = await import('./traces.ts');
  return Traces.open(protocol, version(), log);
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
