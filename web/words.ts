/** The shell's own words. Each part keeps the words of its pages beside them, in the same form. */
import type { Bilingual } from './language.ts';
import type { Accessibility } from './site.ts';

interface ShellWords {
  tagline: string;
  homeOf: string;
  toContent: string;
  toMenu: string;
  toFooter: string;
  quickAccess: string;
  navigation: string;
  administration: string;
  menu: string;
  close: string;
  logIn: string;
  logOut: string;
  otherLanguage: string;
  about: string;
  accessibility: Record<Accessibility, string>;
  contact: string;
  display: { title: string; legend: string; light: string; dark: string; system: string; systemHint: string };
  breadcrumb: { label: string; show: string; home: string };
  pagination: { label: string; first: string; previous: string; next: string; last: string; page(n: number): string };
  sort: { by(heading: string): string; ascending: string; descending: string };
  removeFilter(name: string): string;
  search: string;
  optional: string;
  errorPrefix: string;
  summary(count: number): string;
  noRows: string;
  noValue: string;
  chart: {
    /** `of` names what is aimed at, where there are several. */
    target(value: string, of?: string): string;
    reference(value: string): string;
    interval(low: string, high: string): string;
  };
  home: string;
  /** Under the head of a printed page, before its address. */
  printed(time: string): string;
  errors: {
    title: string;
    fallback: readonly [title: string, sentence: string, next: string];
    byStatus: Readonly<Record<number, readonly [title: string, sentence: string, next: string]>>;
    code: string;
    request: string;
    at: string;
    writeTo: string;
  };
}

export const words: Bilingual<ShellWords> = {
  fr: {
    tagline: 'Livret de formation',
    homeOf: 'Accueil - Livret',
    toContent: 'Contenu',
    toMenu: 'Menu',
    toFooter: 'Pied de page',
    quickAccess: 'Accès rapide',
    navigation: 'Menu principal',
    administration: 'Administration',
    menu: 'Menu',
    close: 'Fermer',
    logIn: 'Se connecter',
    logOut: 'Se déconnecter',
    otherLanguage: 'English',
    about: 'Livret conserve les traces d’apprentissage des agents et en tire des rapports qui ne désignent personne.',
    accessibility: {
      none: 'Accessibilité\u00a0: non conforme',
      partial: 'Accessibilité\u00a0: partiellement conforme',
      full: 'Accessibilité\u00a0: totalement conforme',
    },
    contact: 'Contact',
    display: {
      title: 'Paramètres d’affichage',
      legend: 'Choisissez un thème pour personnaliser l’apparence du site.',
      light: 'Thème clair',
      dark: 'Thème sombre',
      system: 'Système',
      systemHint: 'Suit les réglages de votre appareil.',
    },
    breadcrumb: { label: 'vous êtes ici\u00a0:', show: 'Voir le fil d’Ariane', home: 'Accueil' },
    pagination: {
      label: 'Pagination',
      first: 'Première page',
      previous: 'Page précédente',
      next: 'Page suivante',
      last: 'Dernière page',
      page: (n) => `Page ${n}`,
    },
    sort: { by: (heading) => `Trier par\u00a0: ${heading}`, ascending: 'croissant', descending: 'décroissant' },
    removeFilter: (name) => `Retirer le filtre «\u00a0${name}\u00a0»`,
    search: 'Rechercher',
    optional: 'facultatif',
    errorPrefix: 'Erreur\u00a0: ',
    summary: (count) => (count === 1 ? 'Un champ est à corriger' : `${count} champs sont à corriger`),
    noRows: 'Aucune ligne.',
    noValue: 'pas de valeur',
    chart: {
      target: (value, of) => (of === undefined ? `Objectif\u00a0: ${value}` : `Objectif (${of})\u00a0: ${value}`),
      reference: (value) => `Référence\u00a0: ${value}`,
      interval: (low, high) => `[${low}\u00a0; ${high}]`,
    },
    home: 'Retour à l’accueil',
    printed: (time) => `Page établie le ${time}\u00a0:`,
    errors: {
      title: 'Erreur',
      fallback: ['Demande refusée', 'La demande n’a pas pu aboutir.', 'Revenez à la page précédente et réessayez.'],
      byStatus: {
        400: [
          'Demande incorrecte',
          'L’adresse ou le formulaire contient une valeur que le site ne comprend pas.',
          'Revenez à la page précédente et vérifiez ce que vous avez saisi.',
        ],
        401: ['Connexion nécessaire', 'Il faut se connecter pour voir cette page.', 'Connectez-vous, puis réessayez.'],
        403: [
          'Accès refusé',
          'Vous n’avez pas le droit de voir cette page ou de faire cette action.',
          'Si vous en avez besoin dans vos fonctions, demandez le rôle nécessaire à un administrateur du site.',
        ],
        404: [
          'Page introuvable',
          'Il n’y a rien à cette adresse.',
          'Vérifiez l’adresse si vous l’avez saisie\u00a0; sinon la page a peut-être été déplacée ou supprimée.',
        ],
        409: [
          'Action impossible pour le moment',
          'Les données ont changé entre-temps, ou leur état ne permet pas cette action.',
          'Rechargez la page précédente et réessayez.',
        ],
        413: [
          'Envoi trop volumineux',
          'Ce qui a été envoyé dépasse la taille acceptée.',
          'Réduisez le fichier, ou envoyez-le en plusieurs fois.',
        ],
        429: [
          'Trop de demandes',
          'Trop de demandes ont été faites en peu de temps.',
          'Attendez une minute, puis réessayez.',
        ],
        500: [
          'Erreur inattendue',
          'Une erreur s’est produite de notre côté. Elle a été notée dans le journal du service.',
          'Réessayez plus tard. Si l’erreur persiste, signalez-la avec la référence ci-dessous.',
        ],
        503: [
          'Service momentanément indisponible',
          'Le service ne peut pas répondre en ce moment.',
          'Rechargez la page dans quelques instants. Ce que vous aviez déjà enregistré n’est pas perdu.',
        ],
      },
      code: 'Code',
      request: 'Référence de la demande',
      at: 'Heure',
      writeTo: 'Nous contacter',
    },
  },
  en: {
    tagline: 'Learning records',
    homeOf: 'Home - Livret',
    toContent: 'Content',
    toMenu: 'Menu',
    toFooter: 'Footer',
    quickAccess: 'Quick access',
    navigation: 'Main menu',
    administration: 'Administration',
    menu: 'Menu',
    close: 'Close',
    logIn: 'Log in',
    logOut: 'Log out',
    otherLanguage: 'Français',
    about: 'Livret keeps learning records and draws reports from them that single nobody out.',
    accessibility: {
      none: 'Accessibility: not compliant',
      partial: 'Accessibility: partially compliant',
      full: 'Accessibility: fully compliant',
    },
    contact: 'Contact',
    display: {
      title: 'Display settings',
      legend: 'Choose a theme for the appearance of this site.',
      light: 'Light theme',
      dark: 'Dark theme',
      system: 'System',
      systemHint: 'Follows the settings of your device.',
    },
    breadcrumb: { label: 'you are here:', show: 'Show the breadcrumb', home: 'Home' },
    pagination: {
      label: 'Pagination',
      first: 'First page',
      previous: 'Previous page',
      next: 'Next page',
      last: 'Last page',
      page: (n) => `Page ${n}`,
    },
    sort: { by: (heading) => `Sort by: ${heading}`, ascending: 'ascending', descending: 'descending' },
    removeFilter: (name) => `Remove the filter “${name}”`,
    search: 'Search',
    optional: 'optional',
    errorPrefix: 'Error: ',
    summary: (count) => (count === 1 ? 'One field needs correcting' : `${count} fields need correcting`),
    noRows: 'No rows.',
    noValue: 'no value',
    chart: {
      target: (value, of) => (of === undefined ? `Target: ${value}` : `Target (${of}): ${value}`),
      reference: (value) => `Reference: ${value}`,
      interval: (low, high) => `[${low}, ${high}]`,
    },
    home: 'Back to the home page',
    printed: (time) => `Page made on ${time}:`,
    errors: {
      title: 'Error',
      fallback: ['Request refused', 'The request could not be answered.', 'Go back to the page before and try again.'],
      byStatus: {
        400: [
          'Incorrect request',
          'The address or the form holds a value that this site does not understand.',
          'Go back to the page before and check what you entered.',
        ],
        401: ['Login needed', 'You need to log in to see this page.', 'Log in, then try again.'],
        403: [
          'Access denied',
          'You are not allowed to see this page or to do this.',
          'If you need it for your work, ask an administrator of this site for the role it takes.',
        ],
        404: [
          'Page not found',
          'There is nothing at this address.',
          'Check the address if you typed it; otherwise the page may have been moved or removed.',
        ],
        409: [
          'Not possible for now',
          'The data have changed meanwhile, or are in a state that does not allow this.',
          'Load the page before again and retry.',
        ],
        413: [
          'Too large',
          'What was sent is larger than this site accepts.',
          'Make the file smaller, or send it in several parts.',
        ],
        429: ['Too many requests', 'Too many requests were made in a short time.', 'Wait a minute, then try again.'],
        500: [
          'Unexpected error',
          'Something went wrong on our side. It has been noted in the log of the service.',
          'Try again later. If the error persists, report it with the reference below.',
        ],
        503: [
          'Service unavailable for the moment',
          'The service cannot answer at the moment.',
          'Load the page again shortly. What you had already saved is not lost.',
        ],
      },
      code: 'Code',
      request: 'Reference of the request',
      at: 'Time',
      writeTo: 'Contact us',
    },
  },
};
