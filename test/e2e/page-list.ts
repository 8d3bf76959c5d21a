/** Every page there is: add a line for a new one, and pages.test.ts looks at it. */

import { directionId } from '../../lrs/directory/index.ts';

export interface ListedPage {
  /** Path and query; `{package}` stands for the id of the package of the site, `{person:NAME}` for that of somebody. */
  path: string;
  /** Who looks at it; an administrator unless said otherwise. */
  as?: 'nobody';
  /** 200 unless said otherwise. */
  status?: number;
}

/** Stands for the id of somebody of site.ts, by the name of the account. */
const person = (name: string): string => `{person:${name}}`;

export const PAGES: readonly ListedPage[] = [
  { path: '/', as: 'nobody' },
  { path: '/' },
  { path: '/accessibility', as: 'nobody' },
  { path: '/link?secret=x', as: 'nobody' },
  { path: '/packages' },
  { path: '/packages/{package}' },
  { path: '/packages/nothing', status: 404 },
  { path: '/reports' },
  { path: '/reports?report=completion&period=2021-Q3' },
  { path: '/people?q=mart&direction=DRH' },
  { path: '/people?q=zzz' },
  { path: `/people/${person('DRH-0')}` },
  { path: `/people/${person('DRH-0')}/place?direction=DRH` },
  { path: `/people/${person('DRH-0')}/merge?with=${person('DRH-1')}` },
  { path: '/people/to-place' },
  { path: '/directions' },
  { path: `/directions/${directionId('DRH')}` },
  { path: '/import/people' },
  { path: '/people' },
  { path: `/people/${person('DRH-0')}/merge?q=mart` },
  { path: '/keys' },
  { path: '/keys/new' },
  { path: '/keys/nothing', status: 404 },
  { path: '/sso' },
  { path: '/status' },
  { path: '/login', as: 'nobody' },
  { path: '/logged-out', as: 'nobody' },
  { path: '/nothing', as: 'nobody', status: 404 },
];

/** Texts that are the same in both languages, and rightly so. */
export const SAME_IN_BOTH: readonly RegExp[] = [
  // The source of a metric, as it was published.
  /^Boroujeni, Sharma/,
  /^https?:\/\/\S+$/,
  // Somebody of site.ts, and where they belong.
  /^Martin Camille$/,
  /^DRH \/ Paris$/,
  // A key without another name, scopes, and what a process does (LIVRET_ROLES), as settings and requests write them.
  /^LIVRET_KEY$/,
  /^[a-z]+(\/[a-z]+)+$/,
  /^web, reports, jobs$/,
  // Names of time zones.
  /^[A-Z]\w+\/[A-Z]\w+$/,
];
