/** One's own learning over HTTP: for whoever is logged in, about themselves. */
import type { Request, Response, Router } from 'express';
import { type PeopleAccess, permissionFor, type Store } from '../../lrs/index.ts';
import {
  formatDate,
  type Language,
  languageOf,
  type NavigationItem,
  type Permission,
  sendPage,
} from '../../web/index.ts';
import { activityNames } from '../activity-names.ts';
import { WRITING, writingOf } from '../asking.ts';
import { type Calendar, type Calendars, settingsNote } from '../calendar/index.ts';
import type { Labelled } from '../exports/index.ts';
import { readParameters } from '../parameters.ts';
import { requireSelf } from '../self.ts';
import { acceptedFormat, sendWritten } from '../send-export.ts';
import { ownExport } from './export.ts';
import { learningOf, type OwnOptions } from './learning.ts';
import type { OwnLearning } from './model.ts';
import { allIrisOf, irisOf, OwnPage } from './page.tsx';
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

  routes.get(API, guard, async function answerOwn(request: Request, response: Response) {
    const writing = writingOf(readParameters(request.query, WRITING), acceptedFormat(request));
    const learning = await learningOf(options, requireSelf(response));
    const exported = async () => {
      const names = await activityNames(store, allIrisOf(learning));
      const calendar = calendarOf(learning, calendars);
      const { lang } = writing;
      return ownExport(learning, {
        lang,
        nameOf: (iri) => names(iri, lang),
        notes: notesOf(learning, calendar, lang),
      });
    };
    await sendWritten(response, writing, 'my-learning', { json: learning, exported, personal: true });
  });

  routes.get(PAGE, guard, async function showOwn(request: Request, response: Response) {
    const lang = languageOf(request);
    const learning = await learningOf(options, requireSelf(response));
    const now = options.now();
    const names = await activityNames(store, irisOf(learning, now));
    const nameOf = (iri: string): string => names(iri, lang);
    const calendar = calendarOf(learning, calendars);
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

/** That of where the person belongs now, by what is said of it. */
const calendarOf = ({ settings }: OwnLearning, { all }: Calendars): Calendar | undefined =>
  all.find(
    ({ timeZone, hours, holidays }) =>
      timeZone === settings.timeZone && hours.text === settings.workingHours && holidays === settings.holidays,
  );

function notesOf({ asOf, settings }: OwnLearning, calendar: Calendar | undefined, lang: Language): Labelled[] {
  const { title, dataAsOf, how } = words[lang];
  return [
    { label: title, value: dataAsOf(formatDate(lang, Date.parse(asOf), settings.timeZone)) },
    { label: how, value: settingsNote(settings.sessionGap, calendar ? [calendar] : [])[lang] },
  ];
}
