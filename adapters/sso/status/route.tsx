/** GET /sso: the status page of single sign-on. */
import type { Request, Response, Router } from 'express';
import { type PeopleAccess, permissionFor } from '../../../lrs/index.ts';
import { languageOf, type NavigationItem, type Permission, sendPage } from '../../../web/index.ts';
import type { Provider } from '../provider.ts';
import type { SeenArrivals } from '../seen.ts';
import type { ProviderSettings } from '../settings.ts';
import { type ShownProvider, StatusPage } from './page.tsx';
import { words } from './words.ts';

const ACTION = 'sso.read';
const PATH = '/sso';

export interface StatusOptions {
  routes: Router;
  settings: readonly ProviderSettings[];
  providers: readonly Provider[];
  seen: SeenArrivals;
  access: PeopleAccess;
}

export const statusNavigation: NavigationItem = {
  path: PATH,
  label: { fr: words.fr.title, en: words.en.title },
  description: { fr: words.fr.summary, en: words.en.summary },
  action: ACTION,
  administers: true,
};

/** Adds the page; gives its line for the table of permissions. */
export function addStatusPage({ routes, settings, providers, seen, access }: StatusOptions): Permission {
  const show = async (each: ProviderSettings): Promise<ShownProvider> => {
    const provider = providers.find(({ id }) => id === each.id);
    const status = (await provider?.status()) ?? { keys: [], addresses: {} };
    return { settings: each, status, seen: await seen.last(each.id) };
  };
  routes.get(PATH, access.guard(ACTION), async (request: Request, response: Response) => {
    const lang = languageOf(request);
    const shown = await Promise.all(settings.map(show));
    const { title, lead } = words[lang];
    sendPage(request, response, { title, lead, children: <StatusPage lang={lang} providers={shown} /> });
  });
  return permissionFor('GET', PATH, ACTION);
}
