/** The import of people by page: a file is looked at first, and imported once somebody has confirmed what it would change. */
import type { Request, Response, Router } from 'express';
import type { Directory } from '../../../lrs/directory/index.ts';
import { type Access, actorOf, hasCode, LivretError, permissionFor, type Store } from '../../../lrs/index.ts';
import { type Language, languageOf, type Permission, sendPage, type Tell } from '../../../web/index.ts';
import type { Findings } from '../findings.ts';
import { importPeople } from '../import-people.ts';
import { Preview, type RefusedLine, Result, UploadForm } from './pages.tsx';
import { receiveUpload, uploadOf } from './upload.ts';
import { sayIn, words } from './words.ts';

const ACTION = 'person.manage';

/** Refused lines that are shown. */
const SHOWN = 50;

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
  force: boolean;
}

/**
 * GET and POST /import/people, POST /import/people/confirm. The file is kept as a blob between the two, which nothing
 * refers to: it is swept after a day.
 */
export function addImportPages({ routes, store, directory, access, timeZone, tell }: ImportPagesOptions): Permission[] {
  const guard = access.people.guard(ACTION);

  async function run(blob: string, { dryRun, complete, force }: Wanted) {
    const refused: RefusedLine[] = [];
    const found = await importPeople(directory, store.blobs.stream(blob), {
      timeZone,
      dryRun,
      ...(complete && { complete: { force } }),
      async refused(line, problems) {
        if (refused.length < SHOWN) refused.push({ line, problems });
      },
      progress: async () => {},
    });
    return { found, refused };
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
    const upload = uploadOf(response);
    try {
      const kept = upload && (await store.blobs.put(upload.file));
      await upload?.done;
      const complete = request.body.complete === 'on';
      if (!kept || kept.length === 0) {
        sendForm(request, response, { complete, problem: words[lang].problems.none });
        return;
      }
      const shown = await run(kept.blob, { dryRun: true, complete, force: false });
      const { title, lead } = words[lang].preview;
      const children = <Preview lang={lang} {...shown} blob={kept.blob} complete={complete} />;
      sendPage(request, response.set('Cache-Control', 'no-store'), {
        title,
        lead,
        menu: '/people',
        breadcrumb: ABOVE[lang],
        children,
      });
    } catch (error) {
      sendForm(request, response, { complete: request.body.complete === 'on', problem: problemOf(error, lang) });
    }
  });

  routes.post('/import/people/confirm', guard, async (request: Request, response: Response) => {
    const lang = languageOf(request);
    const { blob, complete, force } = request.body;
    try {
      if (typeof blob !== 'string' || !/^[\da-f]{64}$/.test(blob)) throw new LivretError('blob.missing');
      const shown = await run(blob, { dryRun: false, complete: complete === 'on', force: force === 'on' });
      tell('people were imported', { ...countsOf(shown.found), by: actorOf(response) });
      const { title, lead } = words[lang].result;
      const children = <Result lang={lang} {...shown} />;
      sendPage(request, response.set('Cache-Control', 'no-store'), {
        title,
        lead,
        menu: '/people',
        breadcrumb: ABOVE[lang],
        children,
      });
    } catch (error) {
      sendForm(request, response, { complete: complete === 'on', problem: problemOf(error, lang) });
    }
  });

  return [
    permissionFor('GET', '/import/people', ACTION),
    permissionFor('POST', '/import/people', ACTION),
    permissionFor('POST', '/import/people/confirm', ACTION),
  ];
}

const ABOVE = {
  fr: [{ href: '/people', label: 'Personnes' }],
  en: [{ href: '/people', label: 'People' }],
} as const;

const countsOf = ({ lines, changed, refused, left, ...found }: Findings) => ({
  ...{ lines, new: found.new, changed, refused },
  ...(left && left.refused === undefined && { closed: left.found }),
});

/** Why a file would not do; what is no fault of the file goes on its way. */
function problemOf(error: unknown, lang: Language): string {
  const say = words[lang];
  if (hasCode(error, 'blob.missing')) return say.problems.gone;
  if (hasCode(error, 'request.tooLarge')) return say.problems.tooLarge;
  if (!(error instanceof LivretError && hasCode(error, 'people.file'))) throw error;
  return `${say.problems.unreadable} ${sayIn(say.sentences, error.detail ?? '')}`.trim();
}
