/** Every page there is: add a line for a new one, and pages.test.ts looks at it. */
import { directionId } from '../../lrs/directory/index.ts';
import { PARCOURS, STATEMENT } from './site.ts';

/** Who looks at a page: people of the demo by their role, the administrator of the link, and whoever is not logged in. */
export type Looker = 'administrator' | 'correspondent' | 'agent' | 'link' | 'nobody';

export interface ListedPage {
  /** Path and query; `{package}` stands for the id of the package of the site, `{person:NAME}` for that of somebody. */
  path: string;
  /** An administrator unless said otherwise. */
  as?: Looker;
  /** 200 unless said otherwise. */
  status?: number;
}

/** Stands for the id of somebody of site.ts, by the name of the account. */
const person = (name: string): string => `{person:${name}}`;

const SOMEBODY = `/people/${person('DRH-0')}`;

const QUERY = "SELECT holds AS direction, value FROM cells WHERE breakdown = 'direction' AND figure = 'mean'";

export const PAGES: readonly ListedPage[] = [
  { path: '/', as: 'nobody' },
  { path: '/accessibility', as: 'nobody' },
  { path: '/login', as: 'nobody' },
  { path: '/logged-out', as: 'nobody' },
  { path: '/link?secret=x', as: 'nobody' },
  { path: '/digests/stop?token=x', as: 'nobody' },
  { path: '/nothing', as: 'nobody', status: 404 },

  { path: '/', as: 'agent' },
  { path: '/people/me', as: 'agent' },
  { path: '/learning', as: 'agent' },
  { path: SOMEBODY, as: 'agent', status: 404 },

  { path: '/', as: 'correspondent' },
  { path: '/people', as: 'correspondent' },
  { path: SOMEBODY, as: 'correspondent' },
  { path: '/directions', as: 'correspondent' },
  { path: '/reports', as: 'correspondent' },
  { path: '/reports/directions?direction=DRH', as: 'correspondent' },
  { path: '/reports/directions?direction=DSIC', as: 'correspondent' },
  { path: '/reports/digests', as: 'correspondent' },
  { path: '/progress', as: 'correspondent' },
  { path: '/progress?state=late', as: 'correspondent' },
  { path: '/progress?q=mart', as: 'correspondent' },
  { path: `/progress/${person('DRH-0')}`, as: 'correspondent' },
  { path: '/statements', as: 'correspondent', status: 403 },
  { path: `/statements/${STATEMENT}` },
  { path: '/keys', as: 'correspondent', status: 403 },

  { path: '/', as: 'link' },
  { path: '/' },
  { path: '/packages' },
  { path: '/packages/{package}' },
  { path: '/packages/nothing', status: 404 },
  { path: '/reports' },
  { path: '/reports?period=2021-Q3' },
  { path: '/reports/directions' },
  { path: '/reports/directions?direction=DRH&period=2021-Q4&compare=2021-Q3' },
  { path: '/reports/parcours' },
  { path: `/reports/parcours?parcours=${encodeURIComponent(PARCOURS)}` },
  { path: '/reports/modules' },
  { path: '/reports/scheduling' },
  { path: '/reports/scheduling?topic=hours' },
  { path: '/reports/scheduling?topic=slots&direction=DRH' },
  { path: '/reports/scheduling?topic=interruptions' },
  { path: '/reports/scheduling?topic=autonomy' },
  { path: '/reports/comparison' },
  { path: '/reports/claims' },
  { path: '/reports/figures' },
  { path: '/reports/figures?report=completion&period=2021-Q3&by=module' },
  { path: '/reports/figures?report=nothing', status: 404 },
  { path: '/reports/sql' },
  { path: `/reports/sql?query=${encodeURIComponent(QUERY)}` },
  { path: '/reports/sql?query=SELECT+nothing&chart=none', status: 422 },
  { path: '/reports/sql/rows?query=FROM+sessions' },
  { path: '/reports/sql/queries?query=FROM+cells' },
  { path: '/reports/sql/rows/queries' },
  { path: '/reports/digests' },
  { path: '/people?q=mart&direction=DRH' },
  { path: '/people?q=zzz' },
  { path: SOMEBODY },
  { path: `${SOMEBODY}/place?direction=DRH` },
  { path: `${SOMEBODY}/merge?q=mart` },
  { path: `${SOMEBODY}/merge?with=${person('DRH-1')}` },
  { path: '/people/me' },
  { path: '/people/to-place' },
  { path: '/import/people' },
  { path: '/directions' },
  { path: `/directions/${directionId('DRH')}` },
  { path: '/statements' },
  { path: `/statements?person=${person('DRH-0')}` },
  { path: '/statements/nothing', status: 404 },
  { path: '/keys' },
  { path: '/keys/new' },
  { path: '/keys/e2e' },
  { path: '/sso' },
  { path: '/status' },
];

/** Texts that are the same in both languages, and rightly so. */
export const SAME_IN_BOTH: readonly RegExp[] = [
  // The source of a metric, as it was published.
  /^Boroujeni, Sharma/,
  /^https?:\/\/\S+$/,
  // People of site.ts and of the demo, and where they belong.
  /^(Martin Camille|Lefèvre Thomas|Thomas Lefèvre|Roussel Camille|Camille Roussel|Garnier Sophie|Sophie Garnier|Le Goff Malo|Malo Le Goff)$/,
  /^(SG\/)?(DRH|DSIC|MISSION-OUTRE-MER) \/ |^Bureau des /,
  // What the provider sends.
  /^SG\/|^ADMINISTRATEUR-LIVRET$|@demo\.example$/,
  // A statement as it was received.
  /^\{\n {2}"id": /,
  // What a refusal lists for whoever wrote the address by hand.
  /^There are: |^"\w+" takes one of: /,
  // Names of time zones and of scopes, and the label of the first key: the setting that gave it.
  /^\w+(\/\w+)+$/,
  /^LIVRET_KEY$/,
  // What SQL gives, as it is kept, and a column of the codebook.
  /^CAB et DSIC$/,
  /^Module \(IRI\)\.$/,
];
