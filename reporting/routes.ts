/** The reports over HTTP: JSON and files for programs, pages for people. Nothing is published by asking. */
import { type Request, type Response, Router } from 'express';
import { type PeopleAccess, permissionFor } from '../lrs/index.ts';
import type { Permission } from '../web/index.ts';
import { COLLECTED, type Ground, sourcesOf } from './all-collected.ts';
import type { Answer } from './answer.ts';
import { exportOf, stemOf } from './answer-files/index.ts';
import { askedOf, parametersOf, writingOf } from './asking.ts';
import { catalogueOf } from './catalogue.ts';
import type { Asked } from './find-figures.ts';
import { METRICS } from './metrics/index.ts';
import { addReportPages, pagePermissions } from './pages/routes.tsx';
import { readParameters } from './parameters.ts';
import { seenBy } from './seen-by.ts';
import { acceptedFormat, sendWritten } from './send-export.ts';

const ACTION = 'report.read';
const CATALOGUE = '/api/reports';

const apiPath = (metric: string): string => `/api/reports/${metric}`;

const REPORTS = [...METRICS, ...COLLECTED].map(({ name }) => name);

export const permissions: Permission[] = [
  ...[CATALOGUE, ...REPORTS.map(apiPath)].map((path) => permissionFor('GET', path, ACTION)),
  ...pagePermissions,
];

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
      const asked = askedOf(metric, given);
      const answer = await reports.read(reachedBy(response, asked), writing.lang);
      const exported = async () => exportOf(answer, writing.lang, await reports.namesIn(answer));
      await sendWritten(response, writing, stemOf(answer, asked), { json: answer, exported });
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
  addReportPages(router, ground, access);
  return router;
}

/** What is asked, of the directions that the reader sees. */
function reachedBy(response: Response, asked: Asked): Asked {
  const within = seenBy(response);
  return within ? { ...asked, within } : asked;
}
