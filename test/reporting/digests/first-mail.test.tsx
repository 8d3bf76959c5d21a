/** What the page of digests promises of the first mail. */
import { expect } from 'chai';
import { DigestsPage } from '../../../reporting/digests/page.tsx';
import type { Subscription } from '../../../reporting/digests/subscription.ts';
import { LANGUAGES, type Language, renderPage } from '../../../web/index.ts';

const value: Subscription = {
  ...{ person: 'p', created: 0, lang: 'fr', frequency: 'weekly', sections: ['completion'], stop: 's', done: '' },
};
const subscriptions = [{ id: 'one', version: 1, value }];

function pageOf(lang: Language, mails: boolean): string {
  const filled = { lang, frequency: 'publication', sections: ['completion'], direction: '' } as const;
  const children = (
    <DigestsPage
      {...{ lang, subscriptions, filled, mails, published: true, byLogin: false, directions: [], errors: [] }}
      email="a@agents.test"
      contact={undefined}
    />
  );
  return renderPage({ lang, title: 'digests', navigation: [], path: '/reports/digests', children });
}

describe('the first mail of a subscription', () => {
  for (const lang of LANGUAGES) {
    const soon = lang === 'fr' ? /dans les cinq minutes/g : /within five minutes/g;
    it(`is promised where the site sends mail, in the list and the form, and not where it sends none (${lang})`, () => {
      expect(pageOf(lang, true).match(soon)).to.have.length(2);
      expect(pageOf(lang, false)).to.not.match(soon);
    });
  }
});
