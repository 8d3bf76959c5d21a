import { expect } from 'chai';
import { ProgressList } from '../../../reporting/progress/page.tsx';
import type { ProgressPage } from '../../../reporting/progress/progress.ts';
import { renderPage } from '../../../web/index.ts';

const page: ProgressPage = {
  asOf: '2021-12-31T00:00:00Z',
  lateAfter: 20,
  counts: { needed: 0, enrolled: 0, started: 7000, done: 1279, waived: 0, late: 0 },
  rows: [],
  withheldPeriods: [],
};

describe('the page of progress', () => {
  for (const [lang, expected] of [
    ['fr', /\(8\u202f279\)/],
    ['en', /\(8,279\)/],
  ] as const) {
    it(`writes how many there are as its language does (${lang})`, () => {
      const children = (
        <ProgressList
          {...{ lang, page, directions: [], parcours: [], chosen: {}, figures: false }}
          nameOf={(iri) => iri}
        />
      );
      expect(renderPage({ lang, title: 'progress', navigation: [], path: '/progress', children })).to.match(expected);
    });
  }
});
