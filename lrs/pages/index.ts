/** The pages of the LRS. */
import { Router } from 'express';
import { createDirectionPages } from './directions/routes.tsx';
import { createKeyPages } from './keys/routes.tsx';
import { createLinkPage } from './link/routes.tsx';
import type { Pages, PagesOptions } from './pages.ts';
import { createPeoplePages } from './people/routes.tsx';
import { createStatementPages } from './statements/routes.tsx';

/** What each folder beside this file serves, on one router: a router inside a router would hide its paths. */
export function createPages(options: PagesOptions): Pages & { routes: Router } {
  const routes = Router();
  const pages = [
    createLinkPage(routes, options),
    createDirectionPages(routes, options),
    createPeoplePages(routes, options),
    createStatementPages(routes, options),
    createKeyPages(routes, options),
  ];
  return {
    routes,
    permissions: pages.flatMap(({ permissions }) => permissions),
    navigation: pages.flatMap(({ navigation }) => navigation),
  };
}
