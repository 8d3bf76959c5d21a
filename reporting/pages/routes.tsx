/** The pages of reports over HTTP. Nothing is published by asking. */
import type { NextFunction, Request, Response, Router } from 'express';
import { LivretError, type PeopleAccess, permissionFor } from '../../lrs/index.ts';
import { labelled, languageOf, type Permission, sendErrorPage, sendPage } from '../../web/index.ts';
import { type Ground, sourcesOf } from '../all-collected.ts';
import type { Answer } from '../answer.ts';
import type { Asked } from '../find-figures.ts';
import { mayOpen } from '../may-open.ts';
import { type Given, readParameters } from '../parameters.ts';
import { isPeriodName } from '../periods/period.ts';
import type { Shown } from '../reports.ts';
import { seenBy } from '../seen-by.ts';
import { PageFrame } from './frame/page-frame.tsx';
import { parcoursIn } from './frame/parcours.ts';
import { PAGE_PARAMETERS, type Reading } from './frame/reading.ts';
import type { ReportsPage } from './frame/reports-page.ts';
import { PAGES } from './index.ts';

const ACTION = 'report.read';

export const pagePermissions: Permission[] = PAGES.map(({ path }) => permissionFor('GET', path, ACTION));

/** Adds the routes to a router: one inside it would hide them from the table of permissions. */
export function addReportPages(router: Router, ground: Ground, access: Pick<PeopleAccess, 'guard'>): void {
  const guard = access.guard(ACTION);
  for (const page of PAGES) {
    router.get(page.path, guard, async function showPage(request: Request, response: Response) {
      const reading = await readingOf(ground, page, request, response);
      const { lead } = page.texts[reading.lang];
      const children = (
        <PageFrame here={page.path} reading={reading} filters={page.filters} compares={page.compares === true}>
          {await page.body(reading)}
        </PageFrame>
      );
      sendPage(request, response, { title: titleOf(page, reading), lead, menu: '/reports', children });
    });
  }
  router.use('/reports', errorPage);
}

/** With all that is chosen of what it shows, so that two pages in two windows can be told apart (RGAA 8.6). */
function titleOf({ texts, shows }: ReportsPage, reading: Reading): string {
  const { lang, parcours, direction } = reading;
  const chosen = [shows?.(reading), parcours?.name, direction].filter((each) => each !== undefined);
  const { title } = texts[lang];
  return chosen.length === 0 ? title : labelled(lang, title, chosen.join(', '));
}

async function readingOf(ground: Ground, page: ReportsPage, request: Request, response: Response): Promise<Reading> {
  const { reports } = ground;
  const lang = languageOf(request);
  const given = readParameters(request.query, [...PAGE_PARAMETERS, ...(page.parameters ?? [])]);
  const periods = await periodsOf(ground);
  const period = given.period ?? periods[0] ?? reports.lastClosedPeriod();
  const { direction } = given;
  const within = seenBy(response);
  const reached = (asked: Asked): Asked => (within ? { ...asked, within } : asked);
  const ask = (asked: Asked): Promise<Answer> => reports.read(asked, lang);
  const sources = sourcesOf(ground, ask, within);
  const show = (asked: Asked): Promise<Shown> => reports.show(reached(asked), lang);
  const chooses = (name: string): boolean => page.filters.some((each) => each === name);
  const directions = [...(await sources.directions())].sort((a, b) => a.localeCompare(b, lang));
  const isTheirs = direction === undefined || directions.includes(direction);
  const rowsOf = (each: string) => show({ report: 'completion', period: each, by: 'parcours' });
  const parcours = given.parcours && (await parcoursIn(reports, rowsOf, [period, ...periods], given.parcours, lang));
  return {
    ...{ lang, period, given, periods, sources },
    ...(chooses('compare') && comparedWith(page, given, period, periods)),
    ...(chooses('direction') && direction !== undefined && (isTheirs ? { direction } : { notYours: direction })),
    ...(chooses('compare') && notEarlier(reports, given.compare, period)),
    seesAll: within === undefined,
    ...(parcours && { parcours }),
    directions,
    freshness: reports.freshness,
    publishDelay: reports.publishDelay,
    show,
    may: mayOpen(response),
  };
}

/** What is no earlier period, `none` among it, compares with nothing: so does going back to a period before the one compared with. */
function comparedWith(
  { compares }: ReportsPage,
  given: Given,
  period: string,
  periods: readonly string[],
): Pick<Reading, 'compare'> {
  const compare = given.compare ?? (compares ? periods.find((each) => each < period) : undefined);
  return compare !== undefined && compare < period ? { compare } : {};
}

/** A period that was asked to be compared with and is not before the one that is shown. */
function notEarlier(
  { periodLength }: Ground['reports'],
  compare: string | undefined,
  period: string,
): Pick<Reading, 'notEarlier'> {
  return compare !== undefined && isPeriodName(compare, periodLength) && compare >= period
    ? { notEarlier: compare }
    : {};
}

/** Periods of which anything is published, the newest first. */
async function periodsOf({ reports }: Ground): Promise<string[]> {
  const all = new Set([...(await reports.publishedPeriods()).values()].flat());
  return [...all].sort().reverse();
}

/** People get a page for what is refused about reports; everything else, logging in among it, is for the handler of all. */
function errorPage(error: unknown, request: Request, response: Response, next: NextFunction): void {
  if (!(error instanceof LivretError) || !error.code.startsWith('report.') || response.headersSent) {
    next(error);
    return;
  }
  const { status, code, detail } = error;
  sendErrorPage(request, response, { status, code, ...(detail !== undefined && { detail }) });
}
