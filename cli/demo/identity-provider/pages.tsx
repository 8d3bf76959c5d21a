/** Pages of the demo's identity provider: plain on purpose, so that nobody takes them for the ministry's, or for Livret's. */
import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { DemoLogin } from '../people.ts';
import type { IdpSession, Posting } from './saml.ts';

export const STYLE = `
:root { color-scheme: light dark; font-family: system-ui, sans-serif; }
body { margin: 2rem auto; max-width: 40rem; padding: 0 1rem; line-height: 1.5; }
.warning { border-left: .4rem solid #b34000; padding: .5rem 1rem; background: light-dark(#fff4ec, #3a2417); }
[lang=en] { opacity: .8; }
ul { list-style: none; padding: 0; }
button { display: block; width: 100%; margin: .5rem 0; padding: .75rem 1rem; text-align: left; font: inherit; cursor: pointer; }
button strong { display: block; }
`;

/** Posts the form of the page by itself. */
export const POST_SCRIPT = `document.forms[0].submit();`;

function page(title: string, children: ComponentChildren): string {
  return `<!doctype html>${renderToString(
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>{title}</title>
        <link rel="stylesheet" href="/style.css" />
      </head>
      <body>
        <p class="warning">
          Fournisseur d’identité de démonstration : aucun mot de passe, personne n’est réel.{' '}
          <span lang="en">Demonstration identity provider: no passwords, nobody is real.</span>
        </p>
        <main>
          <h1>{title}</h1>
          {children}
        </main>
      </body>
    </html>,
  )}`;
}

/** `request` names the login that waits for the choice. */
export const loginPage = (request: string, people: readonly DemoLogin[]): string =>
  page(
    'Qui voulez-vous être ?',
    <>
      <p lang="en">Who do you want to be?</p>
      <form method="post" action="/login">
        <input type="hidden" name="request" value={request} />
        <ul>
          {people.map(({ rio, givenName, sn, shows }) => (
            <li key={rio}>
              <button type="submit" name="rio" value={rio}>
                <strong>
                  {givenName} {sn}
                </strong>
                {shows.fr} <span lang="en">— {shows.en}</span>
              </button>
            </li>
          ))}
        </ul>
      </form>
    </>,
  );

export const postPage = ({ action, fields }: Posting): string =>
  page(
    'Retour à Livret…',
    <>
      <form method="post" action={action}>
        {Object.entries(fields).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <button type="submit">
          Continuer <span lang="en">— Continue</span>
        </button>
      </form>
      <script src="/post.js" />
    </>,
  );

/** Who is logged in at the provider; `leave` protects the form. */
export const homePage = (session: IdpSession | undefined, leave: string): string =>
  session === undefined
    ? page('Personne n’est connecté', <p lang="en">Nobody is logged in.</p>)
    : page(
        `${session.person.givenName} ${session.person.sn}`,
        <form method="post" action="/logout">
          <input type="hidden" name="leave" value={leave} />
          <button type="submit">
            Se déconnecter partout <span lang="en">— Log out everywhere</span>
          </button>
        </form>,
      );

export const messagePage = (fr: string, en: string): string => page(fr, <p lang="en">{en}</p>);
