/** The page at the root: what this is, who one is here, and where to go. */
import type { Request, Response } from 'express';
import { visitorOf } from '../lrs/index.ts';
import { type Bilingual, type Language, languageOf, type NavigationItem, sendPage } from '../web/index.ts';

interface HomeWords {
  lead: string;
  login: string;
  hello(name: string): string;
  endpoint: string;
  state: string;
}

const words: Bilingual<HomeWords> = {
  fr: {
    lead: 'Cette plateforme enregistre des traces d’apprentissage (xAPI) et en tire des rapports.',
    login: 'Se connecter',
    hello: (name) => `Bonjour, ${name}`,
    endpoint: 'Adresse à donner aux lecteurs de contenus (endpoint xAPI)',
    state: 'État du service',
  },
  en: {
    lead: 'This platform keeps learning records (xAPI) and draws reports from them.',
    login: 'Log in',
    hello: (name) => `Hello, ${name}`,
    endpoint: 'Address to give to content players (xAPI endpoint)',
    state: 'State of the service',
  },
};

/** `items` are the pages that whoever asks may open. */
export function sendHome(
  request: Request,
  response: Response,
  siteUrl: string,
  items: readonly NavigationItem[],
): void {
  const lang = languageOf(request);
  const visitor = visitorOf(response);
  const { lead, login, hello } = words[lang];
  sendPage(request, response, {
    title: visitor === undefined ? 'Livret' : hello(visitor.name),
    lead,
    children:
      visitor === undefined ? (
        <p>
          <a class="fr-btn" href="/login">
            {login}
          </a>
        </p>
      ) : (
        <>
          <Tiles lang={lang} items={items} />
          <Facts lang={lang} siteUrl={siteUrl} />
        </>
      ),
  });
}

function Tiles({ lang, items }: { lang: Language; items: readonly NavigationItem[] }) {
  return (
    <ul>
      {items.map(({ path, label, description }) => (
        <li key={path}>
          <a href={path}>{label[lang]}</a> {description[lang]}
        </li>
      ))}
    </ul>
  );
}

function Facts({ lang, siteUrl }: { lang: Language; siteUrl: string }) {
  const { endpoint, state } = words[lang];
  return (
    <dl>
      <dt>{endpoint}</dt>
      <dd>
        <code>{siteUrl}/xapi</code>
      </dd>
      <dt>{state}</dt>
      <dd>
        <a href="/ready">/ready</a>
      </dd>
    </dl>
  );
}
