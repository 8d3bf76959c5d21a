/** Where the one-time link of the command line leads: a button, since a link alone might be followed by a program that looks ahead. */
import type { Request, Response, Router } from 'express';
import { type Bilingual, languageOf, sendErrorPage, sendPage } from '../../../web/index.ts';
import { requireSameOrigin } from '../../access/index.ts';
import { hasCode } from '../../errors.ts';
import { readForm } from '../../http/form.ts';
import type { Pages, PagesOptions } from '../pages.ts';

interface LinkWords {
  title: string;
  lead: string;
  enter: string;
  /** Title, sentence, and what to do, where the link counts no more. */
  used: readonly [string, string, string];
}

const words: Bilingual<LinkWords> = {
  fr: {
    title: 'Accès d’urgence de l’administrateur',
    lead: 'Ce lien ne sert qu’une fois et ouvre une session d’administrateur d’une heure. Son usage est noté dans le journal.',
    enter: 'Ouvrir la session',
    used: [
      'Ce lien n’ouvre plus rien',
      'Il a déjà servi, ou il a expiré\u00a0: un lien vaut quinze minutes.',
      'Demandez-en un autre sur la console du serveur\u00a0: livret admin link',
    ],
  },
  en: {
    title: 'Emergency access for an administrator',
    lead: 'This link works once, and opens an administrator’s session of one hour. That it was used is written to the log.',
    enter: 'Open the session',
    used: [
      'This link opens nothing any more',
      'It was used already, or has expired: a link is good for a quarter of an hour.',
      'Ask for another one on the console of the server: livret admin link',
    ],
  },
};

const secretOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** GET and POST /link. */
export function createLinkPage(routes: Router, { access, tell }: PagesOptions): Pages {
  routes.get('/link', (request: Request, response: Response) => {
    const { title, lead, enter } = words[languageOf(request)];
    sendPage(request, response, {
      title,
      lead,
      children: (
        <form method="post" action="/link">
          <input type="hidden" name="secret" value={secretOf(request.query.secret)} />
          <button class="fr-btn" type="submit">
            {enter}
          </button>
        </form>
      ),
    });
  });
  routes.post(
    '/link',
    readForm({ limit: 10_000, parameterLimit: 10 }),
    async (request: Request, response: Response) => {
      requireSameOrigin(request);
      try {
        await access.people.logInByLink(request, response, secretOf(request.body?.secret));
      } catch (error) {
        if (!hasCode(error, 'access.link')) throw error;
        tell('a one-time link was refused', { address: request.ip });
        const { used } = words[languageOf(request)];
        sendErrorPage(request, response, { status: error.status, code: error.code, say: used });
        return;
      }
      tell('an administrator came in by a one-time link', { address: request.ip });
      response.redirect(303, '/');
    },
  );
  return {
    permissions: [
      { method: 'GET', path: '/link', anyOf: 'public' },
      { method: 'POST', path: '/link', anyOf: 'public' },
    ],
    navigation: [],
  };
}
