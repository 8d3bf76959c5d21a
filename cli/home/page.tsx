/** The page at the root: what this is, who one is here, and where to go. */
import type { Request, Response } from 'express';
import { type Visitor, visitorOf } from '../lrs/index.ts';
import {
  type Bilingual,
  DescriptionList,
  EmptyState,
  LinkButton,
  languageOf,
  type NavigationItem,
  sendPage,
  Tiles,
} from '../web/index.ts';

interface HomeWords {
  title: string;
  lead: string;
  offers: readonly (readonly [title: string, sentence: string])[];
  login: string;
  loginLead: string;
  hello(name: string): string;
  helloLead: string;
  administrator: string;
  nothing: string;
  nothingLead: string;
  technical: string;
  endpoint: string;
  /** As it is written after a word. */
  colon: string;
  state: string;
}

const words: Bilingual<HomeWords> = {
  fr: {
    title: 'Livret de formation',
    lead: 'Le suivi des formations en ligne des agents\u00a0: ce qui a été appris, et ce que les directions peuvent en savoir.',
    offers: [
      [
        'Pour les agents',
        'Les contenus de formation de votre administration, avec votre compte professionnel et sans autre mot de passe.',
      ],
      [
        'Pour les directions',
        'Des rapports par direction et par période. Un chiffre porte toujours sur assez de personnes pour n’en désigner aucune.',
      ],
      [
        'Pour les contenus',
        'Un entrepôt de traces d’apprentissage (xAPI 1.0.3 et 2.0) auquel tout lecteur de contenus conforme peut écrire.',
      ],
    ],
    login: 'Se connecter',
    loginLead: 'Connectez-vous avec votre compte professionnel pour accéder à vos pages.',
    hello: (name) => `Bonjour, ${name}`,
    helloLead: 'Voici ce que votre rôle vous permet de consulter.',
    administrator: 'administrateur',
    nothing: 'Aucune page ne vous est ouverte pour l’instant',
    nothingLead:
      'Si vous en attendiez une, demandez à un administrateur du site de vérifier votre rôle et votre direction.',
    technical: 'Informations techniques',
    endpoint: 'Adresse à donner aux lecteurs de contenus (point d’accès xAPI)',
    colon: '\u00a0:',
    state: 'État du service',
  },
  en: {
    title: 'Livret: learning records',
    lead: 'Following the online training of staff: what was learnt, and what departments may know of it.',
    offers: [
      ['For staff', 'The learning content of your administration, with your work account and no other password.'],
      [
        'For departments',
        'Reports by department (direction) and period. A figure always stands for enough people to single nobody out.',
      ],
      [
        'For learning content',
        'A Learning Record Store (xAPI 1.0.3 and 2.0) that any conformant content player can write to.',
      ],
    ],
    login: 'Log in',
    loginLead: 'Log in with your work account to reach your pages.',
    hello: (name) => `Hello, ${name}`,
    helloLead: 'This is what your role lets you see.',
    administrator: 'administrator',
    nothing: 'No page is open to you for now',
    nothingLead: 'If you expected one, ask an administrator of this site to check your role and your direction.',
    technical: 'Technical information',
    endpoint: 'Address to give to content players (xAPI endpoint)',
    colon: ':',
    state: 'State of the service',
  },
};

/** As pages greet somebody: who came by the link of the command line is nobody of the directory. */
export const nameOf = (request: Request, { person, name }: Pick<Visitor, 'person' | 'name'>): string =>
  person === undefined ? words[languageOf(request)].administrator : name;

/** `items` are the pages that whoever asks may open. */
export function sendHome(
  request: Request,
  response: Response,
  siteUrl: string,
  items: readonly NavigationItem[],
): void {
  const lang = languageOf(request);
  const visitor = visitorOf(response);
  const { title, lead, hello, helloLead, technical, endpoint, state } = words[lang];
  if (visitor === undefined) {
    sendPage(request, response, { title, lead, children: <Welcome say={words[lang]} siteUrl={siteUrl} /> });
    return;
  }
  const tiles = items.map(({ path, label, description }) => ({
    href: path,
    title: label[lang],
    description: description[lang],
  }));
  sendPage(request, response, {
    title: hello(nameOf(request, visitor)),
    lead: helloLead,
    children: (
      <>
        {tiles.length > 0 ? (
          <Tiles tiles={tiles} />
        ) : (
          <EmptyState title={words[lang].nothing}>{words[lang].nothingLead}</EmptyState>
        )}
        {visitor.roles.some(({ role }) => role === 'administrator') && (
          <>
            <h2 class="fr-h4">{technical}</h2>
            <DescriptionList
              entries={[
                [endpoint, <code key="endpoint">{siteUrl}/xapi</code>],
                [
                  state,
                  <a key="state" href="/ready">
                    /ready
                  </a>,
                ],
              ]}
            />
          </>
        )}
      </>
    ),
  });
}

function Welcome({ say, siteUrl }: { say: HomeWords; siteUrl: string }) {
  return (
    <>
      <p>{say.loginLead}</p>
      <p>
        <LinkButton href="/login" size="lg" icon="lock-line">
          {say.login}
        </LinkButton>
      </p>
      <div class="fr-grid-row fr-grid-row--gutters fr-mt-4w">
        {say.offers.map(([title, sentence]) => (
          <section class="fr-col-12 fr-col-md-4" key={title}>
            <h2 class="fr-h5">{title}</h2>
            <p>{sentence}</p>
          </section>
        ))}
      </div>
      <p class="fr-text--sm fr-mt-4w">
        {say.endpoint}
        {say.colon} <code>{siteUrl}/xapi</code>
      </p>
    </>
  );
}
