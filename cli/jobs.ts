/** Runs the jobs of the parts, each under a lease, so that of several processes one at a time does it. */
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type Store, withLease } from '../lrs/index.ts';
import type { Job } from '../web/index.ts';
import type { JobRunner } from './observe/watch.ts';

/** ms without a sign of life after which another process may take over a job. */
const TERM = 60_000;

export interface JobOptions {
  log: Logger;
  /** Put around each run. */
  watch: JobRunner;
}

/** Starts the jobs. Gives the function that asks the running ones to end, and resolves once they have. */
export function startJobs(store: Store, jobs: readonly Job[], options: JobOptions): () => Promise<void> {
  const stopping = new AbortController();
  const holder = `${hostname()}:${process.pid}:${randomUUID()}`;
  const loops = jobs.map((job) => repeat(job, store, { holder, signal: stopping.signal }, options));
  return async () => {
    stopping.abort();
    await Promise.all(loops);
  };
}

async function repeat(
  job: Job,
  store: Store,
  { holder, signal }: { holder: string; signal: AbortSignal },
  { log, watch }: JobOptions,
): Promise<void> {
  const pause = job.every * 1000;
  const options = { holder, term: TERM, pause, signal };
  while (!signal.aborted) {
    try {
      await watch(job.name, () => withLease(store, `job:${job.name}`, options, (lease) => job.run(lease)));
    } catch (error) {
      log.error({ job: job.name, err: error }, 'a job failed');
    }
    await wait(pause, undefined, { signal }).catch(() => {});
  }
}
