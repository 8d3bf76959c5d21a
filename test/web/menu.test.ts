import { expect } from 'chai';
import { type MenuItem, renderPage } from '../../web/index.ts';

const item = (path: string, administers = false): MenuItem => ({
  path,
  label: { fr: path, en: path },
  ...(administers && { administers }),
});

const DAILY = [item('/people'), item('/people/me'), item('/directions')];
const NAVIGATION = [...DAILY, item('/people/to-place', true), item('/keys', true)];

const at = (path: string, navigation = NAVIGATION, menu?: string): string =>
  renderPage({ lang: 'fr', title: 'x', navigation, path, ...(menu !== undefined && { menu }) });

/** Path and mark of the items that are marked. */
const marked = (page: string): string[][] =>
  [...page.matchAll(/<a class="fr-nav__link" href="([^"]+)" aria-current="(\w+)"/g)].map((match) => match.slice(1));

describe('the menu', () => {
  it('marks one item alone: the page’s own, or the nearest above it', () => {
    expect(marked(at('/people?q=x'))).to.deep.equal([['/people', 'page']]);
    expect(marked(at('/people/to-place'))).to.deep.equal([['/people/to-place', 'page']]);
    expect(marked(at('/people/12/place'))).to.deep.equal([['/people', 'true']]);
    expect(marked(at('/people/12', NAVIGATION, '/people/me'))).to.deep.equal([['/people/me', 'page']]);
    expect(marked(at('/'))).to.deep.equal([]);
    expect(marked(at('/peoples'))).to.deep.equal([]);
  });

  it('has a group for what administers, marked where the page stands in it', () => {
    const [, group = ''] = /id="menu-administration">(.*?)<\/ul>/s.exec(at('/keys/new')) ?? [];
    expect(group.match(/href="[^"]+"/g)).to.deep.equal(['href="/people/to-place"', 'href="/keys"']);
    const button = /<button class="fr-nav__btn[^>]*>/;
    expect(button.exec(at('/keys/new'))?.[0])
      .to.contain('aria-current="true"')
      .and.to.contain('aria-expanded="false"');
    expect(button.exec(at('/people'))?.[0]).not.to.contain('aria-current');
  });

  it('hides nothing in a group of one, and has none for who administers nothing', () => {
    for (const navigation of [DAILY, [...DAILY, item('/keys', true)]]) {
      const page = at('/keys', navigation);
      expect(page).not.to.contain('menu-administration');
      expect(page.match(/fr-nav__link/g)).to.have.length(navigation.length);
    }
  });
});
