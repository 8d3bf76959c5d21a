/** The description of the API, at GET /api/openapi.json: for everybody, since it says nothing that the source does not. */
import type { Request, Response, Router } from 'express';
import type { Permission } from '../../web/index.ts';
import { documentOf, OPENAPI_PATH } from './document.ts';

/** Adds its route; `permissions` are those of all routes described. Gives its own line. */
export function addOpenApiRoute(routes: Router, permissions: readonly Permission[]): Permission[] {
  const document = documentOf(permissions);
  routes.get(OPENAPI_PATH, function describeApi(_request: Request, response: Response) {
    response.set('Cache-Control', 'public, no-cache').json(document);
  });
  return [{ method: 'GET', path: OPENAPI_PATH, anyOf: 'public' }];
}
