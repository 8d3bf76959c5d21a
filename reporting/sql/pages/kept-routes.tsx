/** Keeping queries by name: everybody for themselves. */
import type { Request, Response, Router } from 'express';
import type { JSX } from 'preact';
import { LivretError, type Versioned } from '../../../lrs/index.ts';
import { languageOf, sendPage } from '../../../web/index.ts';
import { requireSelf, selfOf } from '../../self.ts';
import type { KeepProblem, Kept, KeptQuery, Over } from '../kept/index.ts';
import { PAGES, queriesPath } from './address.ts';
import { seenOf, sqlOf, textOf } from './asked.ts';
import { EditPage, KeepPage, openPath } from './kept.tsx';
import { ACTIONS, MENU, type SqlPages } from './pages.ts';
import { words } from './words.ts';

/** GET with `id`: one of one's own, to be renamed or removed. POST with `act`: keep, replace, rename, remove. */
export function addKeptRoutes(router: Router, over: Over, { kept, access }: SqlPages): void {
  const path = queriesPath(over);
  const guard = access.guard(ACTIONS[over]);

  function send(request: Request, response: Response, title: string, status: 200 | 422, children: JSX.Element) {
    const breadcrumb = [{ href: PAGES[over], label: words[languageOf(request)].title[over] }];
    sendPage(request, response, { status, title, menu: MENU, breadcrumb, children });
  }

  function sendKeep(
    request: Request,
    response: Response,
    wanted: { name: string; sql: string; problem?: KeepProblem; other?: Versioned<KeptQuery> | undefined },
  ): void {
    const lang = languageOf(request);
    const status = wanted.problem === undefined ? 200 : 422;
    send(request, response, words[lang].kept.keepTitle, status, <KeepPage {...{ lang, over }} {...wanted} />);
  }

  function sendEdit(
    request: Request,
    response: Response,
    wanted: { query: Versioned<KeptQuery>; name?: string; problem?: KeepProblem },
  ): void {
    const lang = languageOf(request);
    const title = words[lang].kept.renameTitle(wanted.query.value.name);
    const status = wanted.problem === undefined ? 200 : 422;
    send(request, response, title, status, <EditPage {...{ lang, over }} {...wanted} />);
  }

  router.get(path, guard, async function editKept(request: Request, response: Response) {
    const id = textOf(request.query, 'id');
    if (id === undefined) {
      sendKeep(request, response, { name: '', sql: sqlOf(request.query) });
      return;
    }
    const query = await kept.get(selfOf(response), over, id);
    if (!query) throw new LivretError('sql.noQuery');
    sendEdit(request, response, { query });
  });

  router.post(path, guard, async function changeKept(request: Request, response: Response) {
    const owner = requireSelf(response);
    const { body } = request;
    const act = textOf(body, 'act');
    const seen = seenOf(body);
    if (act === 'rename' || act === 'remove') {
      if (!seen) throw new LivretError('sql.noQuery');
      const name = act === 'rename' ? (textOf(body, 'name') ?? '') : undefined;
      const problem =
        name === undefined
          ? await kept.remove(owner, over, seen)
          : problemOf(await kept.rename(owner, over, seen, name));
      if (problem) {
        const query = await kept.get(owner, over, seen.id);
        if (!query) throw new LivretError('sql.noQuery');
        sendEdit(request, response, { query, problem, ...(name !== undefined && { name }) });
      } else response.redirect(303, PAGES[over]);
      return;
    }
    const [name, sql] = [textOf(body, 'name') ?? '', sqlOf(body)];
    const replaced = act === 'replace' ? seen : undefined;
    const done = await (replaced ? kept.replace(owner, over, replaced, sql) : kept.keep(owner, over, name, sql));
    if ('problem' in done) {
      const other = replaced && (await kept.get(owner, over, replaced.id));
      sendKeep(request, response, { name, sql, other, problem: done.problem });
    } else response.redirect(303, openPath(over, done.kept.id));
  });
}

const problemOf = (done: Kept): KeepProblem | undefined => ('problem' in done ? done.problem : undefined);
