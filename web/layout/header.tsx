import { LANGUAGES } from '../language.ts';
import { type PageVisitor, usePage } from '../page-context.ts';
import type { MenuItem } from '../part.ts';
import { linkWith } from '../query.ts';
import type { Site } from '../site.ts';
import { words } from '../words.ts';
import { Logo } from './brand.tsx';
import { Menu } from './menu.tsx';

interface HeaderProps {
  site: Site;
  navigation: readonly MenuItem[];
  /** Path by which the menu knows where the reader is. */
  here: string;
  visitor?: PageVisitor;
}

/** On a phone menu and tools are behind one button; without scripts they stand in the page (assets/livret.css). */
export function Header({ site, navigation, here, visitor }: HeaderProps) {
  const { menu, homeOf, tagline } = words[usePage().lang];
  return (
    <header class="fr-header" id="header">
      <div class="fr-header__body">
        <div class="fr-container">
          <div class="fr-header__body-row">
            <div class="fr-header__brand fr-enlarge-link">
              <div class="fr-header__brand-top">
                <Logo site={site} className="fr-header" />
                <div class="fr-header__navbar">
                  <button
                    class="fr-btn--menu fr-btn"
                    id="menu-button"
                    type="button"
                    data-fr-opened="false"
                    aria-controls="menu"
                    title={menu}
                  >
                    {menu}
                  </button>
                </div>
              </div>
              <div class="fr-header__service">
                <a href="/" title={homeOf}>
                  <p class="fr-header__service-title">Livret</p>
                </a>
                <p class="fr-header__service-tagline">
                  {site.ministry && !site.stateMarks ? `${tagline} · ${site.ministry}` : tagline}
                </p>
              </div>
            </div>
            <div class="fr-header__tools">
              <Tools {...(visitor && { visitor })} />
            </div>
          </div>
        </div>
      </div>
      <Menu navigation={navigation} here={here} />
    </header>
  );
}

/** The design system's script copies these into the menu of a phone. */
function Tools({ visitor }: { visitor?: PageVisitor }) {
  const { lang, path } = usePage();
  const { logIn, logOut, otherLanguage } = words[lang];
  const other = LANGUAGES.find((each) => each !== lang) ?? lang;
  return (
    <div class="fr-header__tools-links">
      <ul class="fr-btns-group">
        {visitor && (
          <li>
            <span class="livret-visitor fr-icon-account-circle-line">{visitor.name}</span>
          </li>
        )}
        <li>
          {visitor ? (
            <form method="post" action="/logout">
              <input type="hidden" name="_csrf" value={visitor.csrf} />
              <button class="fr-btn fr-icon-logout-box-r-line" type="submit">
                {logOut}
              </button>
            </form>
          ) : (
            <a class="fr-btn fr-icon-lock-line" href="/login">
              {logIn}
            </a>
          )}
        </li>
        <li>
          <a
            class="fr-btn fr-icon-translate-2"
            href={linkWith(path, { lang: other })}
            hreflang={other}
            lang={other}
            rel="alternate"
          >
            {otherLanguage}
          </a>
        </li>
      </ul>
    </div>
  );
}
