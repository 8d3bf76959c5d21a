/** The words of the home page. */
import type { Role } from '../../lrs/directory/index.ts';
import type { Bilingual } from '../../web/index.ts';

export interface HomeWords {
  title: string;
  lead: string;
  offers: readonly (readonly [title: string, sentence: string])[];
  login: string;
  loginLead: string;
  hello(name: string): string;
  /** What somebody whose furthest role this is comes for. */
  leads: Record<Role, string>;
  administrator: string;
  you: string;
  administration: string;
  waiting(count: number, more: boolean): string;
  toPlace: string;
  nothing: string;
  nothingLead: string;
  technical: string;
  endpoint: string;
  /** As it is written after a word. */
  colon: string;
  state: string;
}

export const words: Bilingual<HomeWords> = {
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
    leads: {
      agent: 'Vos contenus de formation, et ce que Livret sait de vous.',
      tutor: 'Les personnes que vous accompagnez, et les contenus qui leur sont proposés.',
      correspondent: 'Les personnes de votre direction et ses rapports.',
      analyst: 'Les rapports des directions que vous suivez.',
      administrator: 'Les personnes, les directions et les rapports\u00a0; en dessous, ce qui fait marcher le site.',
    },
    administrator: 'administrateur',
    you: 'Vous, dans Livret',
    administration: 'Administration',
    waiting: (count, more) =>
      count === 1
        ? 'Une personne attend d’être placée.'
        : `${more ? 'Plus de ' : ''}${count} personnes attendent d’être placées.`,
    toPlace: 'Les placer',
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
    leads: {
      agent: 'Your learning content, and what Livret knows of you.',
      tutor: 'The people you guide, and the content that is there for them.',
      correspondent: 'The people of your direction and its reports.',
      analyst: 'The reports of the directions that you follow.',
      administrator: 'People, directions and reports; below, what keeps the site running.',
    },
    administrator: 'administrator',
    you: 'You, in Livret',
    administration: 'Administration',
    waiting: (count, more) =>
      count === 1 ? 'One person waits to be placed.' : `${more ? 'More than ' : ''}${count} people wait to be placed.`,
    toPlace: 'Place them',
    nothing: 'No page is open to you for now',
    nothingLead: 'If you expected one, ask an administrator of this site to check your role and your direction.',
    technical: 'Technical information',
    endpoint: 'Address to give to content players (xAPI endpoint)',
    colon: ':',
    state: 'State of the service',
  },
};
