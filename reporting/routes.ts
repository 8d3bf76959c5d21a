/** The reports over HTTP: JSON for programs, one page for people. Nothing is published by asking. */
import { type NextFunction, type Request, type Response, Router } from 'express';
import { LivretError, type PeopleAccess, permissionFor, reachingOf } from '../lrs/index.ts';
import { languageOf, type Permission, sendErrorPage, sendPage } from '../web/index.ts';
import { COLLECTED, type Ground, sourcesOf } from './all-collected.ts';
import type { Answer } from './answer.ts';
import { exportOf, stemOf } from './answer-files/index.ts';
import { askedOf, parametersOf, writingOf } from './asking.ts';
import { catalogueOf } from './catalogue.ts';
import type { Asked } from './find-figures.ts';
import { METRICS } from './metrics/index.ts';
import { ReportPage, type ReportPageProps } from './pages/report-page.tsx';
import { words } from './pages/words.ts';
import { readParameters } from './parameters.ts';
import type { Reports } from './reports.ts';
import { acceptedFormat, sendWritten } from './send-export.ts';

const ACTION = 'report.read';
const PAGE = '/reports';
const CATALOGUE = '/api/reports';

const apiPath = (metric: string): string => `/api/reports/${metric}`;

const REPORTS = [...METRICS, ...COLLECTED].map(({ name }) => name);

export const permissions: Permission[] = [CATALOGUE, ...REPORTS.map(apiPath), PAGE].map((path) =>
  permissionFor('GET', path, ACTION),
);

export function createReportRoutes(ground: Ground, access: Pick<PeopleAccess, 'guard'>): Router {
  const { reports } = ground;
  const router = Router();
  const guard = access.guard(ACTION);
  router.get(CATALOGUE, guard, async function listReports(request: Request, response: Response) {
    readParameters(request.query, []);
    response.set('Cache-Control', 'private, no-cache').json(await catalogueOf(reports));
  });
  for (const metric of METRICS) {
    router.get(apiPath(metric.name), guard, async function answerReport(request: Request, response: Response) {
      const given = readParameters(request.query, parametersOf(metric));
      const writing = writingOf(given, acceptedFormat(request));
      const answer = await reports.read(reachedBy(response, askedOf(metric, given)), writing.lang);
      const exported = async () => exportOf(answer, writing.lang, await reports.namesIn(answer));
      await sendWritten(response, writing, stemOf(answer), { json: answer, exported });
    });
  }
  for (const { name, parameters, collect } of COLLECTED) {
    router.get(apiPath(name), guard, async function collectReport(request: Request, response: Response) {
      const given = readParameters(request.query, parameters);
      const writing = writingOf(given, acceptedFormat(request));
      const ask = (asked: Asked): Promise<Answer> => reports.read(asked, writing.lang);
      const { stem, ...collected } = await collect(sourcesOf(ground, ask, seenBy(response)), given, writing);
      await sendWritten(response, writing, stem, collected);
    });
  }
  router.get(PAGE, guard, async function showReport(request: Request, response: Response) {
    const props = await pageProps(reports, request, response);
    const { title, lead } = words[props.lang];
    sendPage(request, response, { title, lead, children: ReportPage(props) });
  });
  router.use(PAGE, errorPage);
  return router;
}

/** Directions whose figures the reader sees; undefined: all. */
function seenBy(response: Response): ReadonlySet<string> | undefined {
  const { reach, directions } = reachingOf(response);
  return reach === 'all' ? undefined : directions;
}

/** What is asked, of the directions that the reader sees. */
function reachedBy(response: Response, asked: Asked): Asked {
  const within = seenBy(response);
  return within ? { ...asked, within } : asked;
}

/** A query parameter given once; undefined when it is missing or repeated. */
function parameter(request: Request, name: string): string | undefined {
  const value = request.query[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

async function pageProps(reports: Reports, request: Request, response: Response): Promise<ReportPageProps> {
  const lang = languageOf(request);
  const published = new Map<string, readonly string[]>();
  for (const { name } of METRICS) published.set(name, await reports.publishedPeriods(name));
  const asked = parameter(request, 'period');
  const report = parameter(request, 'report') ?? newest(published, asked);
  const period = asked ?? published.get(report)?.[0] ?? reports.lastClosedPeriod();
  const answer = await reports.show(reachedBy(response, { report, period }), lang);
  return { lang, answer, published, publishDelay: reports.publishDelay };
}

/** The report with the newest figures, or with those of a period; the first one where there are none. */
function newest(published: ReadonlyMap<string, readonly string[]>, period: string | undefined): string {
  const candidates = [...published].map(([report, periods]) => ({
    report,
    found: periods.find((each) => period === undefined || each === period) ?? '',
  }));
  return candidates.reduce((best, each) => (each.found > best.found ? each : best)).report;
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
