import { expect } from 'chai';
import { OWN_PERMISSIONS } from '../../cli/app.ts';
import { sqlite } from '../engines/sqlite.ts';
import { type HouseSite, openHouseSite } from '../house/open-house.ts';
import { PAGES } from './page-list.ts';

/** What people do not look at, and why. */
const NO_PAGES: readonly [path: RegExp, why: string][] = [
  [/^\/(xapi\/|xapi-profile|api\/|feed$)/, 'for programs'],
  [/^\/(health|ready)$/, 'for those who watch the server'],
  [/^\/sso\/:provider\//, 'a step on the way to a provider and back'],
  [/^\/people\/me$/, 'leads to the page of a person'],
];

describe('the list of pages', function () {
  this.timeout(30_000);
  let site: HouseSite;
  before(async () => {
    site = await openHouseSite(sqlite);
  });
  after(() => site.close());

  it('has a page that is there for every route that shows one, and no other', () => {
    const table = [...OWN_PERMISSIONS, ...site.house.parts.flatMap(({ permissions }) => permissions)];
    const routes = table.filter(({ method }) => method === 'GET').map(({ path }) => path);
    /** The route that answers: as Express does, the first that fits. */
    const routeOf = (path: string): string | undefined =>
      routes.find((route) => new RegExp(`^${route.replace(/:\w+/g, '[^/]+')}$`).test(path.split('?')[0] ?? ''));
    const there = PAGES.filter(({ status = 200 }) => status === 200);
    const shown = new Set(there.map(({ path }) => routeOf(path)));
    expect(there.filter(({ path }) => routeOf(path) === undefined)).to.deep.equal([]);
    const pages = routes.filter((route) => !NO_PAGES.some(([pattern]) => pattern.test(route)));
    expect(pages.filter((route) => !shown.has(route))).to.deep.equal([]);
    // Nothing is left out that is not there.
    for (const [pattern, why] of NO_PAGES)
      expect(
        routes.some((route) => pattern.test(route)),
        why,
      ).to.equal(true);
  });
});
