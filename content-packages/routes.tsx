import { type Request, type Response, Router } from 'express';
import { type PeopleAccess, permissionFor, reachOf, visitorOf } from '../lrs/index.ts';
import { closestTag, inLanguage, languageOf, linkFrom, type Permission, sendPage } from '../web/index.ts';
import type { Catalogue } from './catalogue/catalogue.ts';
import { packageJson, summaryJson } from './json.ts';
import { PackageList } from './pages/list.tsx';
import { PackageStructure } from './pages/structure.tsx';
import { words } from './pages/words.ts';

const PATHS = ['/packages', '/packages/:id', '/api/packages', '/api/packages/:id'];

export const PACKAGE_PERMISSIONS: readonly Permission[] = PATHS.map((path) =>
  permissionFor('GET', path, 'package.read'),
);

/** Whoever runs the site can bring packages in; keys are no people, and read no advice. */
const administers = (response: Response): boolean =>
  reachOf(visitorOf(response)?.roles ?? [], 'system.read') !== undefined;

/** The pages of packages, and the same as JSON: /api/packages gives { packages }, /api/packages/:id one with its structure. */
export function createPackageRoutes(catalogue: Catalogue, access: Pick<PeopleAccess, 'guard'>): Router {
  const router = Router();
  const guard = access.guard('package.read');
  router.get('/api/packages', guard, async (_request: Request, response: Response) => {
    response.json({ packages: (await catalogue.list()).map(summaryJson) });
  });
  router.get('/api/packages/:id', guard, async (request: Request<{ id: string }>, response: Response) => {
    response.json(packageJson(await catalogue.show(request.params.id)));
  });
  router.get('/packages', guard, async (request: Request, response: Response) => {
    const lang = languageOf(request);
    const packages = await catalogue.list();
    sendPage(request, response, {
      title: words[lang].packages,
      lead: words[lang].listLead,
      children: (
        <PackageList
          lang={lang}
          packages={packages}
          link={(path) => linkFrom(request, path)}
          administers={administers(response)}
        />
      ),
    });
  });
  router.get('/packages/:id', guard, async (request: Request<{ id: string }>, response: Response) => {
    const lang = languageOf(request);
    const shown = await catalogue.show(request.params.id);
    const { title } = shown.structure;
    const tag = closestTag(title, lang);
    sendPage(request, response, {
      title: inLanguage(title, lang) || words[lang].untitled,
      ...(tag !== undefined && !tag.startsWith(lang) && { titleLang: tag }),
      breadcrumb: [{ href: linkFrom(request, '/packages'), label: words[lang].packages }],
      children: <PackageStructure lang={lang} shown={shown} />,
    });
  });
  return router;
}
