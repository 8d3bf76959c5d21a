/** The reports over HTTP: JSON for programs, one page for people. Nothing is published by asking. */
import { type NextFunction, type Request, type RequestHandler, type Response, Router } from 'express';
import { LivretError, requireScope } from '../lrs/index.ts';
import { languageOf, type Permission, sendErrorPage, sendPage } from '../web/index.ts';
import { METRICS } from './metrics/index.ts';
import { ReportPage, type ReportPageProps } from './pages/report-page.tsx';
import { words } from './pages/words.ts';
import type { Reports } from './reports.ts';

const SCOPE = 'reports/read';
const PAGE = '/reports';

const apiPath = (metric: string): string => `/api/reports/${metric}`;

export const permissions: Permission[] = [...METRICS.map(({ name }) => apiPath(name)), PAGE].map((path) => ({
  method: 'GET',
  path,
  anyOf: [SCOPE],
}));

/** `authenticate` sets response.locals.principal (lrs/access). */
export function createReportRoutes(reports: Reports, authenticate: RequestHandler): Router {
  const router = Router();
  const guard = [authenticate, requireScope(SCOPE)];
  for (const { name } of METRICS) {
    router.get(apiPath(name), guard, async function answerReport(request: Request, response: Response) {
      const answer = await reports.read({ report: name, period: parameter(request, 'period') ?? '' });
      response.set('Cache-Control', 'private, no-cache').json(answer);
    });
  }
  router.get(PAGE, guard, async function showReport(request: Request, response: Response) {
    const props = await pageProps(reports, request);
    sendPage(request, response, { title: words[props.lang].title, children: ReportPage(props) });
  });
  router.use(PAGE, errorPage);
  return router;
}

/** A query parameter given once; undefined when it is missing or repeated. */
function parameter(request: Request, name: string): string | undefined {
  const value = request.query[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

async function pageProps(reports: Reports, request: Request): Promise<ReportPageProps> {
  const lang = languageOf(request);
  const report = parameter(request, 'report') ?? METRICS[0]?.name ?? '';
  const published = await reports.publishedPeriods(report);
  const period = parameter(request, 'period') ?? published[0] ?? reports.lastClosedPeriod();
  const answer = await reports.show({ report, period }, lang);
  return { lang, answer, periods: [...new Set([period, ...published])].sort().reverse() };
}

/** People get a page for what is refused; everything else is for the handler of all. */
function errorPage(error: unknown, request: Request, response: Response, next: NextFunction): void {
  if (!(error instanceof LivretError) || error.status >= 500 || response.headersSent) {
    next(error);
    return;
  }
  const { status, code, detail } = error;
  sendErrorPage(request, response, { status, code, ...(detail !== undefined && { detail }) });
}
