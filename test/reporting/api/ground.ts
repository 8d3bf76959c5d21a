/** One site for all suites about the API: a story told, and two quarters published. */
import { METRICS } from '../../../reporting/metrics/index.ts';
import { sqlite } from '../../engines/sqlite.ts';
import { type Served, serve } from '../served.ts';
import { openSite, type Site } from '../site.ts';
import { learn } from './story.ts';

export interface Ground {
  site: Site;
  served: Served;
  /** Headers of a key that reads reports. */
  key: Record<string, string>;
}

/** Of 2021-Q4 everything is published, of 2021-Q3 completion and time on task. */
export async function openGround(): Promise<Ground> {
  const site = await openSite(sqlite);
  await learn(site);
  for (const { name } of METRICS) await site.report(name, '2021-Q4');
  for (const name of ['completion', 'time-on-task']) await site.report(name, '2021-Q3');
  const served = await serve(site);
  return { site, served, key: await served.key('reports/read') };
}
