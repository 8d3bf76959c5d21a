/** The shell that every page stands in. */
import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { Breadcrumb, type Crumb } from './components/breadcrumb.tsx';
import type { Theme } from './cookies.ts';
import { formatDate } from './format.ts';
import type { Language } from './language.ts';
import { DisplaySettings } from './layout/display-settings.tsx';
import { Footer } from './layout/footer.tsx';
import { Head } from './layout/head.tsx';
import { Header } from './layout/header.tsx';
import { SkipLinks } from './layout/skip-links.tsx';
import { CurrentPage, type PageVisitor } from './page-context.ts';
import type { MenuItem } from './part.ts';
import { splitPath } from './query.ts';
import { type Site, UNNAMED_SITE } from './site.ts';
import { words } from './words.ts';

export interface PageProps {
  lang: Language;
  /** The one h1 of the page, and the title of its window. */
  title: string;
  /** The language of the title, where somebody wrote it in another than the page's (WCAG 3.1.2). */
  titleLang?: string;
  /** A sentence under the title. */
  lead?: ComponentChildren;
  /** The pages above this one, without home and without itself. */
  breadcrumb?: readonly Crumb[];
  navigation: readonly MenuItem[];
  /** Who is logged in, and the token that their forms carry. */
  visitor?: PageVisitor;
  site?: Site;
  theme?: Theme;
  /** Set where a form was refused: the window's title says so first. */
  refused?: boolean;
  /** Path of the menu's item that the page belongs to, where its own does not say so. */
  menu?: string;
  /** Path and query as the browser asked for them: every filter is in them, and the language links keep them. */
  path: string;
  /** Scheme, host and port under which it was asked for: on paper the page says where it is from, and when. */
  origin?: string;
  children?: ComponentChildren;
}

/** A whole HTML document, doctype included. Text and attributes are escaped; children hold no inline style or script. */
export function renderPage(page: PageProps): string {
  return `<!DOCTYPE html>${renderToString(<Shell {...page} />)}`;
}

function Shell(page: PageProps) {
  const { lang, title, lead, path, visitor, theme = 'system', site = UNNAMED_SITE, origin, children } = page;
  return (
    <CurrentPage.Provider value={{ lang, path, ...(visitor && { csrf: visitor.csrf }) }}>
      <html lang={lang} data-fr-scheme={theme} data-fr-theme={theme === 'system' ? undefined : theme}>
        <Head title={title} refused={page.refused === true} stateMarks={site.stateMarks} />
        <body>
          <SkipLinks menu={page.navigation.length > 0} />
          <Header
            site={site}
            navigation={page.navigation}
            here={page.menu ?? splitPath(path).pathname}
            {...(visitor && { visitor })}
          />
          {origin && <Printed address={origin + path} lang={lang} />}
          <main id="content" class="fr-container fr-pt-3w fr-pb-8w" tabIndex={-1}>
            {page.breadcrumb && <Breadcrumb above={page.breadcrumb} here={title} />}
            <h1 lang={page.titleLang}>{title}</h1>
            {lead && <p class="fr-text--lead">{lead}</p>}
            {children}
          </main>
          <Footer site={site} />
          <DisplaySettings />
        </body>
      </html>
    </CurrentPage.Provider>
  );
}

/** In place of what a browser may print in the margins, which many have turned off. */
function Printed({ address, lang }: { address: string; lang: Language }) {
  return (
    <p class="livret-printed fr-container">
      {words[lang].printed(formatDate(lang, Date.now()))} <span translate={false}>{address}</span>
    </p>
  );
}
