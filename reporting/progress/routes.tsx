/** Nominative progress over HTTP: JSON, files and pages. For people whose role reaches directions; never for a key. */
import type { Request, Response, Router } from 'express';
import type { Directory } from '../../lrs/directory/index.ts';
import { LivretError, type PeopleAccess, permissionFor, reachingOf, type Store } from '../../lrs/index.ts';
import { languageOf, type NavigationItem, type Permission, sendPage } from '../../web/index.ts';
import { writingOf } from '../asking.ts';
import { mayOpen } from '../may-open.ts';
import { type Given, readParameters } from '../parameters.ts';
import { acceptedFormat, sendWritten } from '../send-export.ts';
import { STATES } from './enrolment.ts';
import { progressExport } from './export.ts';
import { ActivityNames, parcoursIn } from './names.ts';
import { type ProgressOfPerson, readPerson, registrationsOf } from './of-person.ts';
import { fullName, ProgressList } from './page.tsx';
import { ASKED, MOST, PERSON_PARAMETERS, PROGRESS_PARAMETERS, ROWS } from './parameters.ts';
import type { Perimeters } from './perimeters.ts';
import { PersonProgress } from './person-page.tsx';
import { type ProgressOptions, type ProgressQuery, readProgress } from './progress.ts';
import { words } from './words.ts';

const ACTION = 'progress.read';
const API = '/api/progress';
const PERSON_API = '/api/progress/person';
const PAGE = '/progress';
const PERSON_PAGE = '/progress/:person';

export interface ProgressRoutes extends ProgressOptions {
  access: Pick<PeopleAccess, 'guard'>;
  directory: Pick<Directory, 'directions'>;
  perimeters: Perimeters;
  /** For the names of activities. */
  store: Pick<Store, 'activities'>;
}

/** Adds the routes; gives what they need and where they are found. */
export function addProgressRoutes(routes: Router, options: ProgressRoutes) {
  const guard = options.access.guard(ACTION);

  /** Where the reader sees names. Noted before anything is read. */
  async function within(response: Response): Promise<readonly string[]> {
    const { reach, directions } = reachingOf(response);
    const all = reach === 'all' ? await options.directory.directions() : [...directions];
    await options.perimeters.note(all, options.now());
    return all;
  }

  /** Throws `people.unknown` for who is out of reach: as if there were none. */
  async function personOf(response: Response, id: string): Promise<ProgressOfPerson> {
    const found = await readPerson(options, await within(response), id);
    if (found === undefined) throw new LivretError('people.unknown');
    return found;
  }

  routes.get(API, guard, async function answerProgress(request: Request, response: Response) {
    const given = readParameters(request.query, PROGRESS_PARAMETERS);
    const query = queryOf(given, await within(response));
    const writing = writingOf({ lang: languageOf(request), ...given }, acceptedFormat(request));
    await sendWritten(response, writing, 'progress', {
      // Not read where a file is wanted: it would be read twice.
      json: writing.format === 'json' ? await readProgress(options, query) : undefined,
      exported: () => progressExport(options, query, writing.lang),
      personal: true,
    });
  });

  routes.get(PERSON_API, guard, async function answerPerson(request: Request, response: Response) {
    const { person = '' } = readParameters(request.query, PERSON_PARAMETERS);
    response.set('Cache-Control', 'private, no-store').json(await personOf(response, person));
  });

  routes.get(PAGE, guard, async function showProgress(request: Request, response: Response) {
    const lang = languageOf(request);
    const directions = await within(response);
    const known = Object.entries(request.query).filter(([name]) => ASKED.some((each) => each.name === name));
    const chosen = readParameters(Object.fromEntries(known), ASKED);
    const page = await readProgress(options, queryOf(chosen, directions));
    const parcours = await parcoursIn(options.projection, directions);
    const names = new ActivityNames(options.store, lang);
    await names.learn([...parcours, ...page.rows.map((row) => row.parcours)]);
    const { title, lead } = words[lang];
    const list = {
      lang,
      page,
      directions,
      parcours,
      nameOf: names.of,
      chosen,
      figures: mayOpen(response)('report.read'),
    };
    sendPage(request, response, { title, lead, children: <ProgressList {...list} /> });
  });

  routes.get(PERSON_PAGE, guard, async function showPerson(request: Request<{ person: string }>, response: Response) {
    const lang = languageOf(request);
    const progress = await personOf(response, request.params.person);
    const names = new ActivityNames(options.store, lang);
    await names.learn(
      progress.enrolments.flatMap(({ parcours, modules }) => [parcours, ...modules.map(({ module }) => module)]),
    );
    const registrations = mayOpen(response)('statement.read')
      ? await registrationsOf(options, progress.person)
      : undefined;
    const say = words[lang];
    sendPage(request, response, {
      title: fullName(lang, progress),
      lead: say.person.lead,
      breadcrumb: [{ label: say.title, href: PAGE }],
      children: <PersonProgress {...{ lang, progress, nameOf: names.of }} {...(registrations && { registrations })} />,
    });
  });

  const permissions: Permission[] = [API, PERSON_API, PAGE, PERSON_PAGE].map((path) =>
    permissionFor('GET', path, ACTION),
  );
  const navigation: NavigationItem[] = [
    {
      path: PAGE,
      action: ACTION,
      label: { fr: words.fr.title, en: words.en.title },
      description: { fr: words.fr.summary, en: words.en.summary },
    },
  ];
  return { permissions, navigation };
}

/** Throws `request.parameter`, or `direction.unknown` for one out of reach: as if there were none. */
function queryOf({ direction, parcours, state, q, limit, after }: Given, within: readonly string[]): ProgressQuery {
  if (direction !== undefined && !within.includes(direction)) throw new LivretError('direction.unknown');
  const wanted = [...STATES, 'late' as const].find((each) => each === state);
  return {
    within,
    limit: limitOf(limit),
    ...(direction !== undefined && { direction }),
    ...(parcours !== undefined && { parcours }),
    ...(wanted && { state: wanted }),
    ...(q !== undefined && { q }),
    ...(after !== undefined && { after }),
  };
}

function limitOf(text: string | undefined): number {
  if (text === undefined) return ROWS;
  const limit = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > MOST)
    throw new LivretError('request.parameter', { detail: `"limit" is not from 1 to ${MOST}.` });
  return limit;
}
