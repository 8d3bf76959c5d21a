/** Watching the server at work: whoever wants to measure or follow something is put around it, and nobody pays otherwise. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { type Commit, type Committed, requestIdOf, type Store } from '../../lrs/index.ts';

/** Each function is called around a piece of work, must start it once, and gives its result on. */
export interface Watch {
  exchange?(request: IncomingMessage, response: ServerResponse, serve: () => void): void;
  commit?(commit: Commit, work: () => Promise<Committed>): Promise<Committed>;
  /** `work` gives whether the job ran: another process may hold its lease. */
  job?(name: string, work: () => Promise<boolean>): Promise<boolean>;
}

/** Gives each request its id, so that whoever comes after finds it on the response. */
export const identifyRequests: Watch = {
  exchange(request, response, serve) {
    requestIdOf(request, response);
    serve();
  },
};

export type JobRunner = (name: string, work: () => Promise<boolean>) => Promise<boolean>;

/** The listener itself when nobody watches requests. */
export function watchExchanges(watches: readonly Watch[], listener: RequestListener): RequestListener {
  return watches.reduceRight<RequestListener>((inner, watch) => {
    if (watch.exchange === undefined) return inner;
    return (request, response) => watch.exchange?.(request, response, () => inner(request, response));
  }, listener);
}

/** The store itself when nobody watches commits. */
export function watchStore(watches: readonly Watch[], store: Store): Store {
  const watching = watches.filter((watch) => watch.commit !== undefined);
  if (watching.length === 0) return store;
  const commit = watching.reduceRight<Store['commit']>(
    (inner, watch) => (asked) => watch.commit?.(asked, () => inner(asked)) ?? inner(asked),
    (asked) => store.commit(asked),
  );
  return new Proxy(store, {
    get(engine, name) {
      if (name === 'commit') return commit;
      const member: unknown = Reflect.get(engine, name);
      // The methods of an engine are bound to itself.
      return typeof member === 'function' ? member.bind(engine) : member;
    },
  });
}

export function watchJobs(watches: readonly Watch[]): JobRunner {
  return watches.reduceRight<JobRunner>(
    (inner, watch) => (name, work) => watch.job?.(name, () => inner(name, work)) ?? inner(name, work),
    (_name, work) => work(),
  );
}
