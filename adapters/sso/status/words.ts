/** The words of the status page of single sign-on. */
import type { Bilingual } from '../../../web/index.ts';

interface StatusWords {
  title: string;
  summary: string;
  lead: string;
  none: string;
  noneNext: string;
  protocol: string;
  issuer: string;
  read: string;
  failure: string;
  keys: string;
  expires(day: string): string;
  addresses: string;
  addressNames: Record<string, string>;
  homePage: string;
  last: string;
  noArrival: string;
  noArrivalNext: string;
  sent: string;
  sentColumns: Record<'name' | 'values' | 'use', string>;
  notUsed: string;
  uses: Record<string, string>;
  made: string;
  madeFacts: Record<'identifier' | 'name' | 'mail' | 'sent' | 'placed' | 'roles', string>;
  notPlaced: string;
  noRole: string;
  refusals: string;
  noRefusal: string;
  refusalColumns: Record<'at' | 'reason', string>;
}

export const words: Bilingual<StatusWords> = {
  fr: {
    title: 'Authentification',
    summary: 'Services d’authentification reliés, ce qu’ils ont envoyé en dernier et ce que Livret en a fait.',
    lead: 'Ce que Livret sait des services d’authentification, ce qu’ils ont envoyé en dernier et ce qu’il en a fait.',
    none: 'Aucun service d’authentification n’est relié',
    noneNext: 'Décrivez-le dans le fichier que nomme LIVRET_SSO, puis redémarrez Livret.',
    protocol: 'Protocole',
    issuer: 'Émetteur',
    read: 'Métadonnées lues le',
    failure: 'Dernier échec',
    keys: 'Certificats et clés',
    expires: (day) => `expire le ${day}`,
    addresses: 'Adresses à donner à son administrateur',
    addressNames: {
      entityId: 'Métadonnées et entityID :',
      acs: 'Réponses (ACS) :',
      slo: 'Déconnexion unique (SLO) :',
      redirect_uri: 'Adresse de retour (redirect URI) :',
      backchannel_logout_uri: 'Déconnexion (back-channel) :',
      frontchannel_logout_uri: 'Déconnexion (front-channel) :',
      post_logout_redirect_uri: 'Après la déconnexion :',
    },
    homePage: 'Page d’accueil des comptes (fournisseur)',
    last: 'Dernière connexion',
    noArrival: 'Personne n’est encore venu par ce service',
    noArrivalNext: 'Connectez-vous par lui pour voir ici ce qu’il envoie.',
    sent: 'Ce que le service a envoyé',
    sentColumns: { name: 'Attribut', values: 'Valeurs', use: 'Sert de' },
    notUsed: 'non utilisé',
    uses: {
      identifier: 'identifiant',
      familyName: 'nom',
      givenName: 'prénom',
      mail: 'courriel',
      direction: 'direction',
      service: 'service',
      site: 'site',
      roles: 'rôles',
    },
    made: 'Ce que Livret en a fait',
    madeFacts: {
      identifier: 'Compte',
      name: 'Nom',
      mail: 'Courriel',
      sent: 'Direction envoyée',
      placed: 'Direction dans Livret',
      roles: 'Rôles accordés',
    },
    notPlaced: 'inconnue : la personne est à placer',
    noRole: 'aucun (agent)',
    refusals: 'Derniers refus',
    noRefusal: 'Aucun refus.',
    refusalColumns: { at: 'Le', reason: 'Raison' },
  },
  en: {
    title: 'Sign-on',
    summary: 'Identity providers that are connected, what they sent last and what Livret made of it.',
    lead: 'What Livret knows of the identity providers, what they sent last and what it made of that.',
    none: 'No identity provider is connected',
    noneNext: 'Describe it in the file that LIVRET_SSO names, then restart Livret.',
    protocol: 'Protocol',
    issuer: 'Issuer',
    read: 'Metadata read on',
    failure: 'Last failure',
    keys: 'Certificates and keys',
    expires: (day) => `expires on ${day}`,
    addresses: 'Addresses to give to its administrator',
    addressNames: {
      entityId: 'Metadata and entityID:',
      acs: 'Answers (ACS):',
      slo: 'Single logout (SLO):',
      redirect_uri: 'Redirect URI:',
      backchannel_logout_uri: 'Back-channel logout:',
      frontchannel_logout_uri: 'Front-channel logout:',
      post_logout_redirect_uri: 'After a logout:',
    },
    homePage: 'Home page of the accounts (fournisseur)',
    last: 'Last login',
    noArrival: 'Nobody has come by this provider yet',
    noArrivalNext: 'Log in with it to see here what it sends.',
    sent: 'What the provider sent',
    sentColumns: { name: 'Attribute', values: 'Values', use: 'Serves as' },
    notUsed: 'not used',
    uses: {
      identifier: 'identifier',
      familyName: 'family name',
      givenName: 'given name',
      mail: 'e-mail',
      direction: 'direction',
      service: 'service',
      site: 'site',
      roles: 'roles',
    },
    made: 'What Livret made of it',
    madeFacts: {
      identifier: 'Account',
      name: 'Name',
      mail: 'E-mail',
      sent: 'Direction that was sent',
      placed: 'Direction in Livret',
      roles: 'Roles granted',
    },
    notPlaced: 'unknown: the person is to be placed',
    noRole: 'none (agent)',
    refusals: 'Last refusals',
    noRefusal: 'No refusals.',
    refusalColumns: { at: 'On', reason: 'Reason' },
  },
};
