/** One's own learning over HTTP: for whoever is logged in, about themselves. */
import type { Request, Response, Router } from 'express';
import { LivretError, type PeopleAccess, permissionFor, reachingOf } from '../../lrs/index.ts';
import type { Permission } from '../../web/index.ts';
import type { Projection } from '../projection/projection.ts';
import type { ReportingSettings } from '../settings.ts';
import { learningOf } from './learning.ts';

const ACTION = 'learning.read';
const API = '/api/me/learning';

export interface OwnRoutes {
  access: Pick<PeopleAccess, 'guard'>;
  projection: Pick<Projection, 'snapshot'>;
  settings: ReportingSettings;
}

/** Adds the routes; gives what they need. */
export function addOwnRoutes(routes: Router, { access, projection, settings }: OwnRoutes) {
  routes.get(API, access.guard(ACTION), async function answerOwn(_request: Request, response: Response) {
    response.set('Cache-Control', 'private, no-store').json(await learningOf(projection, settings, selfOf(response)));
  });
  const permissions: Permission[] = [permissionFor('GET', API, ACTION)];
  return { permissions };
}

/** Who asks, by their session alone: no parameter names anybody. Throws `people.unknown` for who is nobody of the directory. */
function selfOf(response: Response): string {
  const { self } = reachingOf(response);
  if (self === undefined) throw new LivretError('people.unknown');
  return self;
}
