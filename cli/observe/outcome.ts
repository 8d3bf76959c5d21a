/** What became of a request, in words of which there are few: whatever a client can make up stays out. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Request } from 'express';

export interface Outcome {
  method: string;
  /** Pattern of the route, such as `/packages/:id`. */
  route: string;
  status: number;
  /** False when the connection was gone before the whole answer was sent. */
  complete: boolean;
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS'];

/** To be asked once the response has closed. */
export function outcomeOf(request: IncomingMessage, response: ServerResponse): Outcome {
  const { method = '' } = request;
  return {
    method: METHODS.includes(method) ? method : 'other',
    route: routeOf(request),
    status: response.statusCode,
    complete: response.writableFinished,
  };
}

/** Of a request that no route took, the path that its answer was mounted at: Express leaves both on the request. */
function routeOf(request: IncomingMessage & Partial<Pick<Request, 'route' | 'baseUrl'>>): string {
  const { route, baseUrl } = request;
  if (typeof route?.path === 'string') return route.path;
  return baseUrl ? `${baseUrl.toLowerCase()}/*` : 'unmatched';
}
