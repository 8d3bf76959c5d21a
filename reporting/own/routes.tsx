/** One's own learning over HTTP: for whoever is logged in, about themselves. */
import type { Request, Response, Router } from 'express';
import { LivretError, type PeopleAccess, permissionFor, reachingOf, type Store } from '../../lrs/index.ts';
import { languageOf, type NavigationItem, type Permission, sendPage } from '../../web/index.ts';
import { activityNames } from '../activity-names.ts';
import { learningOf, type OwnOptions } from './learning.ts';
import { irisOf, OwnPage } from './page.tsx';
import { words } from './words.ts';

const ACTION = 'learning.read';
const API = '/api/me/learning';
const PAGE = '/learning';

export interface OwnRoutes extends OwnOptions {
  access: Pick<PeopleAccess, 'guard'>;
  /** For the names of activities. */
  store: Pick<Store, 'activities'>;
}

/** Adds the routes; gives what they need and where they are found. */
export function addOwnRoutes(routes: Router, options: OwnRoutes) {
  const { calendars, store } = options;
  const guard = options.access.guard(ACTION);

  routes.get(API, guard, async function answerOwn(_request: Request, response: Response) {
    response.set('Cache-Control', 'private, no-store').json(await learningOf(options, selfOf(response)));
  });

  routes.get(PAGE, guard, async function showOwn(request: Request, response: Response) {
    const lang = languageOf(request);
    const learning = await learningOf(options, selfOf(response));
    const now = options.now();
    const names = await activityNames(store, irisOf(learning, now));
    const nameOf = (iri: string): string => names(iri, lang);
    const { timeZone, workingHours, holidays } = learning.settings;
    const calendar = calendars.all.find(
      (each) => each.timeZone === timeZone && each.hours.text === workingHours && each.holidays === holidays,
    );
    const { title, lead } = words[lang];
    const children = <OwnPage {...{ lang, learning, nameOf, calendar, now }} />;
    sendPage(request, response, { title, lead, children });
  });

  const permissions: Permission[] = [permissionFor('GET', API, ACTION), permissionFor('GET', PAGE, ACTION)];
  const navigation: NavigationItem[] = [
    {
      path: PAGE,
      action: ACTION,
      personal: true,
      label: { fr: words.fr.title, en: words.en.title },
      description: { fr: words.fr.summary, en: words.en.summary },
    },
  ];
  return { permissions, navigation };
}

/** Who asks, by their session alone: no parameter names anybody. Throws `people.unknown` for who is nobody of the directory. */
function selfOf(response: Response): string {
  const { self } = reachingOf(response);
  if (self === undefined) throw new LivretError('people.unknown');
  return self;
}
