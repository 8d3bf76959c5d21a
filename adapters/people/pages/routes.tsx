/** The import of people by page: a file is looked at first, and imported once somebody has confirmed what it would change. */
import type { Request, Response, Router } from 'express';
import type { Directory, Person } from '../../../lrs/directory/index.ts';
import {
  type Access,
  actorOf,
  hasCode,
  LivretError,
  permissionFor,
  principalOf,
  type Store,
  visitorOf,
} from '../../../lrs/index.ts';
import { type Job, type Language, languageOf, type Permission, sendPage, type Tell } from '../../../web/index.ts';
import type { Findings } from '../findings.ts';
import { importPeople } from '../import-people.ts';
import { Preview, type RefusedLine, Result, UploadForm } from './pages.tsx';
import { Previews } from './previews.ts';
import { receiveUpload, uploadOf } from './upload.ts';
import { sayIn, words } from './words.ts';

const ACTION = 'person.manage';

/** Refused lines that are shown. */
const SHOWN = 50;

/** Seconds between two looks for previews that nobody confirmed. */
const SWEEP_EVERY = 600;

export interface ImportPages {
  permissions: Permission[];
  jobs: Job[];
}

export interface ImportPagesOptions {
  routes: Router;
  store: Store;
  directory: Directory;
  access: Pick<Access, 'people'>;
  timeZone: string;
  tell: Tell;
}

interface Wanted {
  dryRun: boolean;
  complete: boolean;
  /** So many may leave, however many that is of all. */
  force: number;
}

/** By whom a preview may be confirmed. Of those who came by a link of the command line, each is somebody else. */
const makerOf = (response: Response): string =>
  visitorOf(response)?.person?.id ?? visitorOf(response)?.session.id ?? `key ${principalOf(response).id}`;

/**
 * GET and POST /import/people, POST /import/people/confirm. The file is kept as a blob between the two, which nothing
 * refers to but the preview: it is swept after a day.
 */
export function addImportPages({ routes, store, directory, access, timeZone, tell }: ImportPagesOptions): ImportPages {
  const guard = access.people.guard(ACTION);
  const previews = new Previews(store);

  async function run(blob: string, by: string, { dryRun, complete, force }: Wanted) {
    const refused: RefusedLine[] = [];
    const found = await importPeople(directory, store.blobs.stream(blob), {
      timeZone,
      dryRun,
      by,
      ...(complete && { complete: { force } }),
      async refused(line, problems) {
        if (refused.length < SHOWN) refused.push({ line, problems });
      },
      progress: async () => {},
    });
    return { found, refused };
  }

  async function leaversOf({ left }: Findings): Promise<Person[]> {
    const people = await Promise.all((left?.examples ?? []).map((id) => directory.person(id)));
    return people.flatMap((person) => person ?? []);
  }

  function sendForm(request: Request, response: Response, form: { complete: boolean; problem?: string }): void {
    const lang = languageOf(request);
    const { title, lead } = words[lang];
    const status = form.problem === undefined ? 200 : 422;
    sendPage(request, response, {
      status,
      title,
      lead,
      menu: '/people',
      breadcrumb: ABOVE[lang],
      children: <UploadForm lang={lang} {...form} />,
    });
  }

  routes.get('/import/people', guard, (request: Request, response: Response) => {
    sendForm(request, response, { complete: false });
  });

  routes.post('/import/people', receiveUpload, guard, async (request: Request, response: Response) => {
    const lang = languageOf(request);
    const file = uploadOf(response);
    const complete = request.body.complete === 'on';
    try {
      const kept = file && (await store.blobs.put(file));
      if (!kept || kept.length === 0) {
        sendForm(request, response, { complete, problem: words[lang].problems.none });
        return;
      }
      const shown = await run(kept.blob, actorOf(response), { dryRun: true, complete, force: 0 });
      const left = shown.found.left?.found ?? 0;
      const preview = await previews.make({ blob: kept.blob, by: makerOf(response), complete, left });
      const { title, lead } = words[lang].preview;
      const leavers = await leaversOf(shown.found);
      const children = <Preview lang={lang} {...shown} leavers={leavers} preview={preview} />;
      sendPage(request, response.set('Cache-Control', 'no-store'), {
        title,
        lead,
        menu: '/people',
        breadcrumb: ABOVE[lang],
        children,
      });
    } catch (error) {
      sendForm(request, response, { complete, problem: problemOf(error, lang) });
    }
  });

  routes.post('/import/people/confirm', guard, async (request: Request, response: Response) => {
    const lang = languageOf(request);
    const { preview, force } = request.body;
    const shown = typeof preview === 'string' ? await previews.take(preview, makerOf(response)) : undefined;
    if (shown === undefined) {
      sendForm(request, response, { complete: false, problem: words[lang].problems.gone });
      return;
    }
    const { blob, complete, left } = shown;
    try {
      const by = actorOf(response);
      const done = await run(blob, by, { dryRun: false, complete, force: force === 'on' ? left : 0 });
      tell('people were imported', { ...countsOf(done.found), by });
      const { title, lead } = words[lang].result;
      const children = <Result lang={lang} {...done} />;
      sendPage(request, response.set('Cache-Control', 'no-store'), {
        title,
        lead,
        menu: '/people',
        breadcrumb: ABOVE[lang],
        children,
      });
    } catch (error) {
      sendForm(request, response, { complete, problem: problemOf(error, lang) });
    }
  });

  return {
    permissions: [
      permissionFor('GET', '/import/people', ACTION),
      permissionFor('POST', '/import/people', ACTION),
      permissionFor('POST', '/import/people/confirm', ACTION),
    ],
    jobs: [{ name: 'people.previews', every: SWEEP_EVERY, run: () => previews.sweep() }],
  };
}

const ABOVE = {
  fr: [{ href: '/people', label: 'Personnes' }],
  en: [{ href: '/people', label: 'People' }],
} as const;

const countsOf = ({ lines, changed, refused, left, ...found }: Findings) => ({
  ...{ lines, new: found.new, changed, refused },
  ...(left && { closed: left.closed }),
});

/** Why a file would not do; what is no fault of the file goes on its way. */
function problemOf(error: unknown, lang: Language): string {
  const say = words[lang];
  if (hasCode(error, 'blob.missing')) return say.problems.gone;
  if (hasCode(error, 'request.tooLarge')) return say.problems.tooLarge;
  if (!(error instanceof LivretError && hasCode(error, 'people.file'))) throw error;
  return `${say.problems.unreadable} ${sayIn(say.sentences, error.detail ?? '')}`.trim();
}
