/** The SQL pages: of cells the query stands in the address, which whoever has the right may open; over rows it is a form. */
import type { Request, Response, Router } from 'express';
import { actorOf, reachingOf } from '../../../lrs/index.ts';
import { languageOf, sendPage } from '../../../web/index.ts';
import type { ExportFormat } from '../../exports/index.ts';
import { mayOpen } from '../../may-open.ts';
import { selfOf } from '../../self.ts';
import { askerOf, goneOf } from '../gone.ts';
import type { Over } from '../kept/index.ts';
import type { SqlAnswer } from '../run.ts';
import { type Asked, addressOf, PAGES } from './address.ts';
import { sendAnswerFile } from './answer-file.ts';
import { askedOf, formatOf } from './asked.ts';
import { type Failed, failedBy } from './failures.ts';
import { addKeptRoutes } from './kept-routes.tsx';
import { SqlPage } from './page.tsx';
import { ACTIONS, MENU, OVERS, type SqlPages } from './pages.ts';
import { SHOWN } from './result.tsx';
import { words } from './words.ts';

/** Adds the routes to a router: one inside it would hide them from the table of permissions. */
export function addSqlPages(router: Router, pages: SqlPages): void {
  for (const over of OVERS) {
    addAskRoutes(router, over, pages);
    addKeptRoutes(router, over, pages);
  }
}

/** What is to be shown of a query: nothing yet, what it gave, or what is wrong. */
type Shown = { answer?: SqlAnswer; failed?: Failed; missing?: boolean };

function addAskRoutes(router: Router, over: Over, { sql, kept, access, now }: SqlPages): void {
  const path = PAGES[over];
  const guard = access.guard(ACTIONS[over]);

  async function show(request: Request, response: Response, asked: Asked, shown: Shown): Promise<void> {
    const lang = languageOf(request);
    const { answer, failed, missing } = shown;
    const errors = missing ? [{ field: 'query', message: words[lang].missing }] : [];
    if (failed?.retryAfter !== undefined) response.set('Retry-After', String(failed.retryAfter));
    const owner = selfOf(response);
    const props = {
      ...{ lang, over, asked, answer, failed, errors },
      kept: owner === undefined ? undefined : await kept.list(owner, over),
      may: mayOpen(response),
    };
    sendPage(request, response, {
      status: failed?.why === 'busy' ? 503 : failed || missing ? 422 : 200,
      title: words[lang].title[over],
      lead: words[lang].lead[over],
      menu: MENU,
      children: <SqlPage {...props} />,
    });
  }

  /** Runs what is asked, and gives the page or the file. */
  async function run(request: Request, response: Response, asked: Asked, format?: ExportFormat): Promise<void> {
    try {
      const by = over === 'cells' ? askerOf(response) : actorOf(response);
      const gone = goneOf(response);
      const asking = { by, sql: asked.sql, signal: gone, ...(format === undefined && { shown: SHOWN }) };
      const answer = await (over === 'cells' ? sql.askCells(reachingOf(response), asking) : sql.askRows(asking));
      if (format === undefined) await show(request, response, asked, { answer });
      else
        await sendAnswerFile(response, {
          lang: languageOf(request),
          over,
          sql: asked.sql,
          answer,
          format,
          gone,
          now: now(),
        });
    } catch (error) {
      await show(request, response, asked, { failed: failedBy(error) });
    }
  }

  router.get(path, guard, async function openSql(request: Request, response: Response) {
    const given = askedOf(request.query);
    const found = given.sql === '' && given.kept ? await kept.get(selfOf(response), over, given.kept.id) : undefined;
    const asked = found ? { ...given, sql: found.value.sql, kept: { id: found.id, version: found.version } } : given;
    // Over rows nothing is run by a link: whoever is sent one would be noted for what another one has written.
    if (over === 'rows' || asked.sql === '') await show(request, response, asked, {});
    else {
      const address = found && addressOf(over, asked);
      if (address) response.redirect(303, address);
      else await run(request, response, asked, formatOf(request.query));
    }
  });

  router.post(path, guard, async function runSql(request: Request, response: Response) {
    const asked = askedOf(request.body);
    const format = formatOf(request.body);
    if (asked.sql.trim() === '') {
      await show(request, response, asked, { missing: true });
      return;
    }
    const address = over === 'cells' && format === undefined ? addressOf(over, asked) : undefined;
    if (address) response.redirect(303, address);
    else await run(request, response, asked, format);
  });
}
