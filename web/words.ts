/** The shell's own words. Each part keeps the words of its pages beside them, in the same form. */
import type { Bilingual } from './language.ts';

interface ShellWords {
  tagline: string;
  skip: string;
  navigation: string;
  languages: string;
  noRows: string;
  noValue: string;
  home: string;
  errors: { title: string; fallback: string; byStatus: Readonly<Record<number, string>> };
}

export const words: Bilingual<ShellWords> = {
  fr: {
    tagline: 'Livret de formation',
    skip: 'Aller au contenu',
    navigation: 'Menu principal',
    languages: 'Langue',
    noRows: 'Aucune ligne.',
    noValue: 'pas de valeur',
    home: 'Retour à l’accueil',
    errors: {
      title: 'Erreur',
      fallback: 'La demande n’a pas pu aboutir.',
      byStatus: {
        400: 'La demande n’est pas correcte.',
        401: 'Il faut s’identifier pour voir cette page.',
        403: 'Vous n’avez pas le droit de voir cette page.',
        404: 'Il n’y a rien à cette adresse.',
        409: 'Ce n’est pas possible pour le moment.',
        413: 'Ce qui a été envoyé est trop volumineux.',
        429: 'Trop de demandes en peu de temps. Réessayez dans un instant.',
        500: 'Une erreur s’est produite de notre côté.',
        503: 'Le service est momentanément indisponible. Réessayez dans un instant.',
      },
    },
  },
  en: {
    tagline: 'Learning record platform',
    skip: 'Skip to content',
    navigation: 'Main menu',
    languages: 'Language',
    noRows: 'No rows.',
    noValue: 'no value',
    home: 'Back to the home page',
    errors: {
      title: 'Error',
      fallback: 'The request could not be answered.',
      byStatus: {
        400: 'The request is not correct.',
        401: 'Credentials are needed to see this page.',
        403: 'You are not allowed to see this page.',
        404: 'There is nothing at this address.',
        409: 'That is not possible for now.',
        413: 'What was sent is too large.',
        429: 'Too many requests in a short time. Try again in a moment.',
        500: 'Something went wrong on our side.',
        503: 'The service is unavailable for a moment. Try again shortly.',
      },
    },
  },
};
