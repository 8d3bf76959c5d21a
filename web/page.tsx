/** The shell that every page stands in. */
import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { assetPath } from './assets.ts';
import { chosenLanguage, LANGUAGES, type Language } from './language.ts';
import type { MenuItem } from './part.ts';
import { words } from './words.ts';

export interface PageVisitor {
  name: string;
  csrf: string;
}

export interface PageProps {
  lang: Language;
  /** The one h1 of the page, and the title of its window. */
  title: string;
  /** A sentence under the title. */
  lead?: ComponentChildren;
  navigation: readonly MenuItem[];
  /** Who is logged in, and the token that their forms carry. */
  visitor?: PageVisitor;
  /** Path and query as the browser asked for them: every filter is in them, and the language links keep them. */
  path: string;
  children?: ComponentChildren;
}

const LANGUAGE_NAMES: Record<Language, string> = { fr: 'Français', en: 'English' };

/** A whole HTML document, doctype included. Text and attributes are escaped; children hold no inline style or script. */
export function renderPage(page: PageProps): string {
  return `<!DOCTYPE html>${renderToString(<Shell {...page} />)}`;
}

function Shell(page: PageProps) {
  const { lang, title, lead, children } = page;
  return (
    <html lang={lang}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} - Livret`}</title>
        <link rel="icon" href={assetPath('icon.svg')} type="image/svg+xml" />
        <link rel="stylesheet" href={assetPath('livret.css')} />
      </head>
      <body>
        <a class="skip-link" href="#content">
          {words[lang].skip}
        </a>
        <Header {...page} />
        <main id="content" class="container" tabIndex={-1}>
          <h1>{title}</h1>
          {lead && <p class="lead">{lead}</p>}
          {children}
        </main>
        <footer class="footer">
          <p class="container">Livret · {words[lang].tagline}</p>
        </footer>
      </body>
    </html>
  );
}

function Header({ lang, navigation, path }: PageProps) {
  const { query } = parse(path);
  // A link inside the site keeps a language that was chosen by hand; otherwise the browser's own wish decides again.
  const suffix = chosenLanguage(query.get('lang')) ? `?lang=${lang}` : '';
  return (
    <header class="header">
      <div class="container header-brand">
        <a class="brand" href={`/${suffix}`}>
          <strong>Livret</strong> <span class="tagline">{words[lang].tagline}</span>
        </a>
        <Languages lang={lang} query={query} />
      </div>
      {navigation.length > 0 && (
        <nav class="container menu" aria-label={words[lang].navigation}>
          <ul>
            {navigation.map((item) => (
              <li key={item.path}>
                <a href={`${item.path}${suffix}`} aria-current={current(path, item.path)}>
                  {item.label[lang]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </header>
  );
}

function Languages({ lang, query }: { lang: Language; query: URLSearchParams }) {
  return (
    <nav class="languages" aria-label={words[lang].languages}>
      <ul>
        {LANGUAGES.map((each) => (
          <li key={each}>
            <a
              href={withParameter(query, 'lang', each)}
              hreflang={each}
              lang={each}
              aria-current={each === lang ? 'true' : undefined}
            >
              {LANGUAGE_NAMES[each]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function parse(path: string): { pathname: string; query: URLSearchParams } {
  const at = path.indexOf('?');
  return at < 0
    ? { pathname: path, query: new URLSearchParams() }
    : { pathname: path.slice(0, at), query: new URLSearchParams(path.slice(at + 1)) };
}

// Only the query: a link made from the path that was asked for could be talked into naming another host (//elsewhere).
function withParameter(query: URLSearchParams, name: string, value: string): string {
  const changed = new URLSearchParams(query);
  changed.set(name, value);
  return `?${changed}`;
}

function current(path: string, item: string): 'page' | 'true' | undefined {
  const { pathname } = parse(path);
  if (pathname === item) return 'page';
  return item !== '/' && pathname.startsWith(`${item}/`) ? 'true' : undefined;
}
