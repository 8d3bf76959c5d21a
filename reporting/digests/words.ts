/** The words of the pages of digests. */
import type { Bilingual } from '../../web/index.ts';
import type { Frequency, Section } from './subscription.ts';

interface Words {
  title: string;
  lead: string;
  privacy: string;
  off: { title: string; sentence: string };
  link: { title: string; sentence: string };
  /** Where no address is known. */
  noAddress: { title: string; sentence: string; contact: string };
  address(email: string): string;
  caption: string;
  columns: Record<'direction' | 'frequency' | 'language' | 'state', string>;
  sections: Record<Section, string>;
  frequencies: Record<Frequency, string>;
  languages: Record<'fr' | 'en', string>;
  everything: string;
  state: {
    first: string;
    /** Where the site sends no mail. */
    noMail: string;
    nothingYet: string;
    sent(time: string, period: string): string;
    failing(tries: number, reason: string, next: string): string;
    gaveUp(time: string, reason: string): string;
  };
  reasons: Record<string, string>;
  change: string;
  changeOf(content: string): string;
  stop: string;
  none: { title: string; sentence: string };
  form: {
    add: string;
    change: string;
    sections: string;
    frequency: string;
    frequencyHint: string;
    direction: string;
    directionHint: string;
    language: string;
    subscribe: string;
    save: string;
    cancel: string;
  };
  errors: { sections: string; frequency: string; direction: string; language: string; tooMany(most: number): string };
  login(days: number): string;
  /** For who has no role that lets them subscribe. */
  noRole: string;
  stopPage: {
    title: string;
    lead: string;
    confirm: string;
    done: string;
    doneLead: string;
    gone: string;
    goneLead: string;
  };
}

export const words: Bilingual<Words> = {
  fr: {
    title: 'Recevoir les chiffres par courriel',
    lead: 'Un résumé des chiffres publiés, envoyé à intervalles réguliers.',
    privacy:
      'Ces courriels ne contiennent que des chiffres publiés, dans la limite de ce que vous pouvez voir au moment de l’envoi, et aucun nom. Si vous perdez votre rôle ou quittez votre direction, l’abonnement prend fin de lui-même.',
    off: {
      title: 'L’envoi de courriels n’est pas configuré',
      sentence:
        'Vous pouvez vous abonner, mais rien ne partira tant que l’administrateur n’a pas indiqué de serveur de messagerie.',
    },
    link: {
      title: 'Personne à qui écrire',
      sentence: 'Vous êtes entré par le lien d’urgence\u00a0: connectez-vous sous votre nom pour vous abonner.',
    },
    noAddress: {
      title: 'Livret ne connaît pas votre adresse électronique',
      sentence:
        'Elle vient de l’annuaire\u00a0: demandez à l’administrateur de Livret de l’y ajouter. Vos abonnements partiront ensuite d’eux-mêmes.',
      contact: 'Écrire à l’administrateur',
    },
    address: (email) => `Les courriels vont à l’adresse ${email}, qui vient de l’annuaire.`,
    caption: 'Vos abonnements',
    columns: {
      direction: 'Directions',
      frequency: 'Fréquence',
      language: 'Langue',
      state: 'État',
    },
    sections: {
      completion: 'Inscriptions et achèvements',
      scheduling: 'Organisation du temps',
      claims: 'Affirmations de 2006',
    },
    frequencies: {
      publication: 'À chaque période publiée',
      monthly: 'Tous les mois (le 1er)',
      weekly: 'Toutes les semaines (le lundi)',
    },
    languages: { fr: 'français', en: 'anglais' },
    everything: 'Toutes celles que je vois',
    state: {
      first:
        'Le premier courriel part dans les cinq minutes, avec les derniers chiffres publiés\u00a0; dans l’heure, s’ils viennent de l’être.',
      noMail: 'Le premier courriel partira une fois l’envoi de courriels configuré.',
      nothingYet: 'Le premier courriel partira quand une période sera publiée.',
      sent: (time, period) => `Dernier envoi le ${time} (${period}).`,
      failing: (tries, reason, next) =>
        `${tries === 1 ? 'Un envoi a échoué' : `${tries} envois ont échoué`} (${reason}). Nouvel essai à partir du ${next}.`,
      gaveUp: (time, reason) => `Envoi abandonné le ${time} (${reason}). Le prochain courriel partira à son tour.`,
    },
    reasons: {
      'mail.refused': 'le serveur de messagerie refuse ce courriel ou cette adresse',
      'mail.failed': 'le serveur de messagerie ne répond pas ou refuse l’envoi',
      'mail.deferred': 'le serveur de messagerie remet ce courriel à plus tard',
      'mail.unclear': 'le serveur de messagerie n’a pas dit s’il a pris ce courriel\u00a0: il est peut-être arrivé',
      broken: 'deux envois interrompus\u00a0: il est peut-être arrivé',
    },
    change: 'Modifier',
    changeOf: (content) => `Modifier l’abonnement\u00a0: ${content}`,
    stop: 'Arrêter',
    none: { title: 'Aucun abonnement', sentence: 'Choisissez ci-dessous ce que vous voulez recevoir.' },
    form: {
      add: 'S’abonner',
      change: 'Modifier l’abonnement',
      sections: 'Contenu',
      frequency: 'Fréquence',
      frequencyHint:
        'Les courriels mensuels et hebdomadaires partent à partir de 7\u00a0h. Entre deux publications, les chiffres restent les mêmes.',
      direction: 'Directions',
      directionHint: 'Une seule, avec ce qui en dépend, ou toutes celles que vous pouvez voir.',
      language: 'Langue des courriels',
      subscribe: 'S’abonner',
      save: 'Enregistrer',
      cancel: 'Annuler',
    },
    errors: {
      sections: 'Choisissez au moins un contenu.',
      frequency: 'Choisissez une fréquence de la liste.',
      direction: 'Choisissez une direction de la liste.',
      language: 'Choisissez une langue de la liste.',
      tooMany: (most) => `Vous avez déjà ${most} abonnements\u00a0: arrêtez-en un d’abord.`,
    },
    login: (days) =>
      `Votre rôle vient de votre connexion, et non de l’annuaire\u00a0: les courriels s’arrêtent ${days} jours après votre dernière connexion, ou quand une connexion ne le donne plus.`,
    noRole:
      'Aucun de vos rôles ne permet plus de recevoir ces rapports\u00a0: vous ne pouvez qu’arrêter vos abonnements.',
    stopPage: {
      title: 'Ne plus recevoir ce courriel\u00a0?',
      lead: 'Un seul abonnement prend fin\u00a0: celui du courriel que vous lisiez.',
      confirm: 'Arrêter l’abonnement',
      done: 'C’est fait',
      doneLead: 'Vous ne recevrez plus ce courriel. Vous pouvez vous réabonner à tout moment depuis les rapports.',
      gone: 'Cet abonnement a déjà pris fin',
      goneLead: 'Plus aucun courriel n’est envoyé pour cet abonnement.',
    },
  },
  en: {
    title: 'Figures by mail',
    lead: 'A summary of the published figures, sent at regular intervals.',
    privacy:
      'These mails hold published figures alone, within what you may see when they are sent, and no names. If you lose your role or leave your direction, the subscription ends by itself.',
    off: {
      title: 'Mail is not set up',
      sentence:
        'You can subscribe, but nothing will go out before the administrator has said which mail server to use.',
    },
    link: {
      title: 'Nobody to write to',
      sentence: 'You came in by the emergency link: log in under your name to subscribe.',
    },
    noAddress: {
      title: 'Livret does not know your e-mail address',
      sentence:
        'It comes from the directory: ask the administrator of Livret to add it there. Your subscriptions will then go out by themselves.',
      contact: 'Write to the administrator',
    },
    address: (email) => `The mails go to ${email}, an address that comes from the directory.`,
    caption: 'Your subscriptions',
    columns: {
      direction: 'Directions',
      frequency: 'How often',
      language: 'Language',
      state: 'State',
    },
    sections: {
      completion: 'Enrolment and completion',
      scheduling: 'Managing time',
      claims: 'Claims of 2006',
    },
    frequencies: {
      publication: 'With each period that is published',
      monthly: 'Every month (on the 1st)',
      weekly: 'Every week (on Monday)',
    },
    languages: { fr: 'French', en: 'English' },
    everything: 'All that I may see',
    state: {
      first:
        'The first mail goes out within five minutes, with the figures published last; within the hour, where these have just been.',
      noMail: 'The first mail goes out once sending mail is set up.',
      nothingYet: 'The first mail will go out when a period is published.',
      sent: (time, period) => `Sent last on ${time} (${period}).`,
      failing: (tries, reason, next) =>
        `${tries === 1 ? 'One try has failed' : `${tries} tries have failed`} (${reason}). The next one is from ${next} on.`,
      gaveUp: (time, reason) => `Given up on ${time} (${reason}). The next mail will go out in its turn.`,
    },
    reasons: {
      'mail.refused': 'the mail server refuses this mail or this address',
      'mail.failed': 'the mail server does not answer, or refuses to send',
      'mail.deferred': 'the mail server puts this mail off',
      'mail.unclear': 'the mail server has not said whether it has taken this mail: it may have arrived',
      broken: 'two tries were broken off: it may have arrived',
    },
    change: 'Change',
    changeOf: (content) => `Change the subscription: ${content}`,
    stop: 'Stop',
    none: { title: 'No subscription', sentence: 'Choose below what you would like to get.' },
    form: {
      add: 'Subscribe',
      change: 'Change the subscription',
      sections: 'Content',
      frequency: 'How often',
      frequencyHint:
        'Monthly and weekly mails go out from 7 in the morning on. Between two publications the figures stay the same.',
      direction: 'Directions',
      directionHint: 'One direction with what is below it, or all that you may see.',
      language: 'Language of the mails',
      subscribe: 'Subscribe',
      save: 'Save',
      cancel: 'Cancel',
    },
    errors: {
      sections: 'Choose one content at least.',
      frequency: 'Choose one of the list.',
      direction: 'Choose a direction of the list.',
      language: 'Choose a language of the list.',
      tooMany: (most) => `You have ${most} subscriptions already: stop one first.`,
    },
    login: (days) =>
      `Your role comes with your login, and not from the directory: the mails stop ${days} days after you last logged in, or when a login does not bring it any more.`,
    noRole: 'None of your roles lets you receive these reports: all you can do is stop your subscriptions.',
    stopPage: {
      title: 'Stop this mail?',
      lead: 'One subscription ends: that of the mail you were reading.',
      confirm: 'Stop the subscription',
      done: 'Done',
      doneLead: 'You will not get this mail any more. You can subscribe again at any time from the reports.',
      gone: 'This subscription has ended already',
      goneLead: 'No mail is sent for this subscription any more.',
    },
  },
};
