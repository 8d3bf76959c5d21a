/** The words of logging in and out. */
import type { Bilingual } from '../../web/index.ts';

interface SsoWords {
  login: string;
  loginLead: string;
  noProvider: string;
  noProviderNext: string;
  with(label: string): string;
  confirm: string;
  confirmLead(label: string): string;
  enter: string;
  loggedOut: string;
  loggedOutLead: string;
  loggedOutThere: string;
  goOn: string;
  again: string;
  refused: string;
  /** What happened, and what to do next. */
  refusals: Record<'sso.refused' | 'sso.expired' | 'sso.unavailable' | 'sso.unknown', readonly [string, string]>;
}

export const words: Bilingual<SsoWords> = {
  fr: {
    login: 'Se connecter',
    loginLead: 'Livret n’a pas de mot de passe à lui : l’identité est vérifiée par le service d’authentification.',
    noProvider: 'Aucun service d’authentification n’est encore relié à Livret.',
    noProviderNext:
      'Prévenez l’administrateur du site : la documentation de Livret lui dit comment entrer et relier un service.',
    with: (label) => `Se connecter avec ${label}`,
    confirm: 'Confirmer la connexion',
    confirmLead: (label) =>
      `${label} demande à vous connecter à Livret. Si vous ne l’avez pas demandé, fermez cette page.`,
    enter: 'Entrer dans Livret',
    loggedOut: 'Vous êtes déconnecté',
    loggedOutLead: 'Votre session dans Livret est terminée.',
    loggedOutThere: 'Le service d’authentification va aussi fermer sa session.',
    goOn: 'Continuer',
    again: 'Se connecter à nouveau',
    refused: 'La connexion n’a pas abouti',
    refusals: {
      'sso.refused': [
        'La réponse du service d’authentification n’a pas été acceptée.',
        'Réessayez ; si cela se reproduit, donnez l’heure et le numéro ci-dessous à votre administrateur.',
      ],
      'sso.expired': ['Cette connexion a trop duré, ou elle a déjà servi.', 'Connectez-vous à nouveau.'],
      'sso.unavailable': [
        'Le service d’authentification ne répond pas.',
        'Réessayez dans un instant ; si cela dure, donnez l’heure et le numéro ci-dessous à votre administrateur.',
      ],
      'sso.unknown': ['Ce service d’authentification n’est pas relié à Livret.', 'Choisissez-en un autre.'],
    },
  },
  en: {
    login: 'Log in',
    loginLead: 'Livret has no passwords of its own: the identity provider says who you are.',
    noProvider: 'No identity provider is connected to Livret yet.',
    noProviderNext: 'Tell the administrator of the site: Livret’s documentation says how to come in and connect one.',
    with: (label) => `Log in with ${label}`,
    confirm: 'Confirm your login',
    confirmLead: (label) => `${label} asks to log you in to Livret. If you did not ask for it, close this page.`,
    enter: 'Enter Livret',
    loggedOut: 'You are logged out',
    loggedOutLead: 'Your session in Livret has ended.',
    loggedOutThere: 'The identity provider is about to end its session too.',
    goOn: 'Continue',
    again: 'Log in again',
    refused: 'You could not be logged in',
    refusals: {
      'sso.refused': [
        'What the identity provider answered was not accepted.',
        'Try again; if it happens again, give the time and the number below to your administrator.',
      ],
      'sso.expired': ['This login took too long, or was used already.', 'Log in again.'],
      'sso.unavailable': [
        'The identity provider does not answer.',
        'Try again in a moment; if it goes on, give the time and the number below to your administrator.',
      ],
      'sso.unknown': ['That identity provider is not connected to Livret.', 'Choose another one.'],
    },
  },
};
