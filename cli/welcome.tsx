/** The page at the root: what this is, and where to go. */
import type { Request, Response } from 'express';
import { type Bilingual, languageOf, sendPage } from '../web/index.ts';

interface WelcomeWords {
  lead: string;
  endpoint: string;
  state: string;
}

const words: Bilingual<WelcomeWords> = {
  fr: {
    lead: 'Cette plateforme enregistre des traces d’apprentissage (xAPI) et en tire des rapports.',
    endpoint: 'Adresse à donner aux lecteurs de contenus (endpoint xAPI)',
    state: 'État du service',
  },
  en: {
    lead: 'This platform keeps learning records (xAPI) and draws reports from them.',
    endpoint: 'Address to give to content players (xAPI endpoint)',
    state: 'State of the service',
  },
};

export function sendWelcome(request: Request, response: Response, siteUrl: string): void {
  const { lead, endpoint, state } = words[languageOf(request)];
  sendPage(request, response, {
    title: 'Livret',
    lead,
    children: (
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
    ),
  });
}
