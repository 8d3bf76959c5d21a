/** Every page there is: add a line for a new one, and pages.test.ts looks at it. */

export interface ListedPage {
  /** Path and query; `{package}` stands for the id of the package of the site. */
  path: string;
  /** Who looks at it; an administrator unless said otherwise. */
  as?: 'nobody';
  /** 200 unless said otherwise. */
  status?: number;
}

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
  { path: '/nothing', as: 'nobody', status: 404 },
];

/** Texts that are the same in both languages, and rightly so. */
export const SAME_IN_BOTH: readonly RegExp[] = [
  // The source of a metric, as it was published.
  /^Boroujeni, Sharma/,
  /^https?:\/\/\S+$/,
  // Names of time zones.
  /^[A-Z]\w+\/[A-Z]\w+$/,
];
