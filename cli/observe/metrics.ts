/** What Prometheus can ask: how the process does, and what the server is doing. Loaded only where LIVRET_METRICS_PORT is set. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { asLivretError, type Commit, type Committed } from '../../lrs/index.ts';
import type { Measure } from '../../web/index.ts';
import { outcomeOf } from './outcome.ts';
import type { Watch } from './watch.ts';

/** Seconds; the upper ones are for reports and for uploads over slow lines. */
const REQUEST_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const COMMIT_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** The metrics of one server. */
export class Metrics implements Required<Watch> {
  readonly #registry = new Registry();
  readonly #requests = new Histogram({
    name: 'livret_http_request_duration_seconds',
    help: 'From the head of a request to the end of its answer; status "aborted" when the client did not get all of it.',
    labelNames: ['method', 'route', 'status'],
    buckets: REQUEST_BUCKETS,
    registers: [this.#registry],
  });
  readonly #commits = new Histogram({
    name: 'livret_commit_duration_seconds',
    help: 'From asking the store for a commit to its being on disk (or refused), waiting for its turn included.',
    labelNames: ['outcome'],
    buckets: COMMIT_BUCKETS,
    registers: [this.#registry],
  });
  readonly #statements = new Counter({
    name: 'livret_statements_total',
    help: 'Statements given to the store: stored, same (it had them already), refused, or failed.',
    labelNames: ['outcome'],
    registers: [this.#registry],
  });
  readonly #jobRuns = new Counter({
    name: 'livret_job_runs_total',
    help: 'Runs of the jobs in this process: done or failed.',
    labelNames: ['job', 'outcome'],
    registers: [this.#registry],
  });
  readonly #jobSuccess = new Gauge({
    name: 'livret_job_last_success_timestamp_seconds',
    help: 'When a job last ended well in this process.',
    labelNames: ['job'],
    registers: [this.#registry],
  });
  #commitsUnderWay = 0;

  constructor(version: string) {
    collectDefaultMetrics({ register: this.#registry });
    new Gauge({
      name: 'livret_info',
      help: 'Always 1; the version is in its label.',
      labelNames: ['version'],
      registers: [this.#registry],
    }).set({ version }, 1);
    this.add([
      {
        name: 'livret_commits_under_way',
        help: 'Commits that the store was asked for and has not answered yet: its queue.',
        kind: 'gauge',
        read: () => this.#commitsUnderWay,
      },
    ]);
  }

  /** Shows what the parts measure themselves. */
  add(measures: readonly Measure[]): void {
    for (const { name, help, kind, read } of measures) {
      const registers = [this.#registry];
      if (kind === 'gauge') {
        new Gauge({
          name,
          help,
          registers,
          collect() {
            this.set(read());
          },
        });
      } else {
        new Counter({
          name,
          help,
          registers,
          collect() {
            this.reset();
            this.inc(read());
          },
        });
      }
    }
  }

  /** All of it in Prometheus' text format, and the media type of that. */
  async read(): Promise<{ contentType: string; text: string }> {
    return { contentType: this.#registry.contentType, text: await this.#registry.metrics() };
  }

  exchange(request: IncomingMessage, response: ServerResponse, serve: () => void): void {
    const start = performance.now();
    response.once('close', () => {
      const { method, route, status, complete } = outcomeOf(request, response);
      const labels = { method, route, status: complete ? status : 'aborted' };
      this.#requests.observe(labels, (performance.now() - start) / 1000);
    });
    serve();
  }

  async commit(commit: Commit, work: () => Promise<Committed>): Promise<Committed> {
    const start = performance.now();
    this.#commitsUnderWay++;
    let outcome = 'done';
    try {
      const committed = await work();
      const same = committed.outcomes.filter((each) => each === 'same').length;
      this.#count('same', same);
      this.#count('stored', committed.outcomes.length - same);
      return committed;
    } catch (error) {
      outcome = (asLivretError(error)?.status ?? 500) < 500 ? 'refused' : 'failed';
      this.#count(outcome, commit.statements?.length ?? 0);
      throw error;
    } finally {
      this.#commitsUnderWay--;
      this.#commits.observe({ outcome }, (performance.now() - start) / 1000);
    }
  }

  async job(name: string, work: () => Promise<boolean>): Promise<boolean> {
    try {
      const ran = await work();
      if (ran) {
        this.#jobRuns.inc({ job: name, outcome: 'done' });
        this.#jobSuccess.set({ job: name }, Date.now() / 1000);
      }
      return ran;
    } catch (error) {
      this.#jobRuns.inc({ job: name, outcome: 'failed' });
      throw error;
    }
  }

  #count(outcome: string, statements: number): void {
    if (statements > 0) this.#statements.inc({ outcome }, statements);
  }
}
