/** Nominative progress over HTTP: JSON, CSV and a page. For people whose role reaches directions; never for a key. */
import type { Request, Response, Router } from 'express';
import type { Directory } from '../../lrs/directory/index.ts';
import { LivretError, type PeopleAccess, permissionFor, reachingOf, type Store } from '../../lrs/index.ts';
import { languageOf, type NavigationItem, type Permission, sendPage, streamTo } from '../../web/index.ts';
import { activityNames } from '../activity-names.ts';
import { exportFile } from '../exports/index.ts';
import { STATES } from './enrolment.ts';
import { progressExport } from './export.ts';
import { ProgressList } from './page.tsx';
import type { Perimeters } from './perimeters.ts';
import { type ProgressOptions, type ProgressQuery, readProgress } from './progress.ts';
import { words } from './words.ts';

const ACTION = 'progress.read';
const API = '/api/progress';
const PAGE = '/progress';

/** Rows a page, and at most. */
const ROWS = 100;
const MOST = 1000;

const PARAMETERS = ['direction', 'parcours', 'state', 'limit', 'after', 'format'] as const;

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

  routes.get(API, guard, async function answerProgress(request: Request, response: Response) {
    const query = queryOf(request, await within(response));
    response.set('Cache-Control', 'private, no-store');
    if (formatOf(request) === 'json') {
      response.json(await readProgress(options, query));
      return;
    }
    const lang = languageOf(request);
    const { body, contentType, disposition } = await exportFile(await progressExport(options, query, lang), {
      format: 'csv',
      stem: 'progress',
    });
    response.set({ 'Content-Type': contentType, 'Content-Disposition': disposition });
    await streamTo(response, body);
  });

  routes.get(PAGE, guard, async function showProgress(request: Request, response: Response) {
    const lang = languageOf(request);
    const directions = await within(response);
    const page = await readProgress(options, queryOf(request, directions));
    const { title, lead } = words[lang];
    const { direction, state } = request.query;
    const chosen = {
      ...(typeof direction === 'string' && { direction }),
      ...(typeof state === 'string' && { state }),
    };
    const names = await activityNames(options.store, new Set(page.rows.map(({ parcours }) => parcours)));
    const nameOf = (iri: string): string => names(iri, lang);
    const children = <ProgressList {...{ lang, page, directions, nameOf, chosen }} />;
    sendPage(request, response, { title, lead, children });
  });

  const permissions: Permission[] = [permissionFor('GET', API, ACTION), permissionFor('GET', PAGE, ACTION)];
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

const refused = (name: string, complaint: string): LivretError =>
  new LivretError('request.parameter', { detail: `"${name.slice(0, 100)}" ${complaint}` });

/** Throws `request.parameter`, or `direction.unknown` for one out of reach: as if there were none. */
function queryOf(request: Request, within: readonly string[]): ProgressQuery {
  for (const [name, value] of Object.entries(request.query)) {
    if (typeof value !== 'string') throw refused(name, 'is repeated.');
  }
  const { direction, parcours, state, limit, after } = request.query as Partial<Record<string, string>>;
  if (direction && !within.includes(direction)) throw new LivretError('direction.unknown');
  const wanted = [...STATES, 'late' as const].find((each) => each === state);
  if (state && wanted === undefined) throw refused('state', `is none of ${STATES.join(', ')}, late.`);
  return {
    within,
    ...(direction && { direction }),
    limit: limitOf(limit),
    ...(parcours && { parcours }),
    ...(wanted && { state: wanted }),
    ...(after && { after }),
  };
}

function limitOf(text: string | undefined): number {
  if (!text) return ROWS;
  const limit = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > MOST) throw refused('limit', `is not from 1 to ${MOST}.`);
  return limit;
}

function formatOf(request: Request): 'json' | 'csv' {
  const { format = 'json' } = request.query;
  for (const name of Object.keys(request.query)) {
    if (!PARAMETERS.some((each) => each === name)) throw refused(name, 'is not a parameter of this request.');
  }
  if (format !== 'json' && format !== 'csv') throw refused('format', 'is neither json nor csv.');
  return format;
}
