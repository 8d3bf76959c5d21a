import { collected } from './collected.ts';
import { compared } from './compare.ts';
import { type Ground, openGround } from './ground.ts';
import { openApi } from './openapi.ts';
import { pageScopes } from './page-scopes.ts';
import { pages } from './pages.ts';
import { asked } from './reports.ts';

describe('the API of reports, and its pages', function () {
  this.timeout(120_000);
  let ground: Ground;
  before(async () => {
    ground = await openGround();
  });
  after(() => ground.served.close());

  asked(() => ground);
  compared(() => ground);
  collected(() => ground);
  openApi(() => ground);
  pages(() => ground);
  pageScopes(() => ground);
});
