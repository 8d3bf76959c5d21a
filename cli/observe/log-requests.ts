import type { Logger } from 'pino';
import { requestIdOf } from '../../lrs/index.ts';
import { outcomeOf } from './outcome.ts';
import type { Watch } from './watch.ts';

/** One line a request, at level debug. Paths only: a query may name people. */
export const logRequests = (log: Logger): Watch => ({
  exchange(request, response, serve) {
    const start = performance.now();
    const path = request.url?.split('?')[0];
    response.once('close', () => {
      const id = requestIdOf(request, response);
      const { method, route, status, complete } = outcomeOf(request, response);
      log.debug({ id, method, path, route, status, complete, ms: Math.round(performance.now() - start) }, 'request');
    });
    serve();
  },
});
