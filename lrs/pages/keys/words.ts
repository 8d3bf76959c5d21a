/** The words of the pages of keys. */

import type { Bilingual } from '../../../web/index.ts';
import type { Scope } from '../../access/index.ts';

interface KeyWords {
  title: string;
  summary: string;
  lead: string;
  add: string;
  caption: string;
  columns: Record<'label' | 'key' | 'scopes' | 'created' | 'state' | 'action', string>;
  state: { open: string; revoked: string; expired: string; until(day: string): string };
  revoke: string;
  revokeOf(label: string): string;
  revokeTitle(label: string): string;
  revokeLead: string;
  cancel: string;
  form: {
    title: string;
    label: string;
    labelHint: string;
    scopes: string;
    expires: string;
    expiresHint: string;
    make: string;
  };
  errors: { label: string; scopes: string; expires: string };
  made: string;
  madeLead: string;
  secret: string;
  endpoint: string;
  back: string;
  scopes: Record<Scope, string>;
}

export const words: Bilingual<KeyWords> = {
  fr: {
    title: 'Clés d’accès',
    summary: 'Clés des lecteurs de contenus et des programmes qui lisent ou écrivent des traces.',
    lead: 'Un lecteur de contenus ou un programme s’identifie par une clé et son secret. Chaque clé ne permet que ce qui est coché.',
    add: 'Nouvelle clé',
    caption: 'Clés, de la plus ancienne à la plus récente',
    columns: { label: 'Usage', key: 'Clé', scopes: 'Permet', created: 'Créée le', state: 'État', action: 'Action' },
    state: { open: 'Active', revoked: 'Révoquée', expired: 'Expirée', until: (day) => `Active jusqu’au ${day}` },
    revoke: 'Révoquer',
    revokeOf: (label) => `Révoquer la clé « ${label} »`,
    revokeTitle: (label) => `Révoquer la clé « ${label} » ?`,
    revokeLead:
      'Ce qui l’utilise sera refusé aussitôt. Une clé révoquée ne se rétablit pas : il faut en créer une autre.',
    cancel: 'Annuler',
    form: {
      title: 'Nouvelle clé',
      label: 'Usage',
      labelHint: 'Ce qui s’en servira, par exemple : lecteur du prestataire X. De 1 à 200 caractères.',
      scopes: 'Ce que la clé permet',
      expires: 'Dernier jour de validité',
      expiresHint: 'Sans date, la clé vaut jusqu’à sa révocation.',
      make: 'Créer la clé',
    },
    errors: {
      label: 'Dites à quoi servira la clé, en 1 à 200 caractères.',
      scopes: 'Cochez au moins une chose que la clé permet.',
      expires: 'Donnez un jour à venir, par exemple 31/12/2027.',
    },
    made: 'La clé est créée',
    madeLead: 'Notez le secret maintenant : il n’est gardé nulle part et ne sera plus montré.',
    secret: 'Secret',
    endpoint: 'Adresse (endpoint xAPI)',
    back: 'Retour aux clés',
    scopes: {
      'statements/write': 'Enregistrer des traces',
      'statements/read/mine': 'Lire les traces qu’elle a enregistrées',
      'statements/read': 'Lire toutes les traces',
      state: 'Lire et écrire l’état des activités',
      profile: 'Lire et écrire les profils des activités et des agents',
      define: 'Changer la définition des activités',
      'all/read': 'Lire tout ce qui précède',
      all: 'Tout faire',
      'feed/read': 'Suivre le flux des traces',
      'reports/read': 'Lire les rapports',
      'packages/read': 'Lire les contenus',
    },
  },
  en: {
    title: 'Access keys',
    summary: 'Keys of content players and of programs that read or write statements.',
    lead: 'A content player or a program says who it is by a key and its secret. Each key allows only what is ticked.',
    add: 'New key',
    caption: 'Keys, oldest first',
    columns: { label: 'Use', key: 'Key', scopes: 'Allows', created: 'Made on', state: 'State', action: 'Action' },
    state: { open: 'Active', revoked: 'Revoked', expired: 'Expired', until: (day) => `Active until ${day}` },
    revoke: 'Revoke',
    revokeOf: (label) => `Revoke the key “${label}”`,
    revokeTitle: (label) => `Revoke the key “${label}”?`,
    revokeLead: 'Whatever uses it is refused from then on. A revoked key cannot be brought back: make another one.',
    cancel: 'Cancel',
    form: {
      title: 'New key',
      label: 'Use',
      labelHint: 'What will use it, for example: player of company X. 1 to 200 characters.',
      scopes: 'What the key allows',
      expires: 'Last day it is valid',
      expiresHint: 'Without a date the key is valid until it is revoked.',
      make: 'Make the key',
    },
    errors: {
      label: 'Say what the key is for, in 1 to 200 characters.',
      scopes: 'Tick at least one thing that the key allows.',
      expires: 'Give a day to come, for example 2027-12-31.',
    },
    made: 'The key is made',
    madeLead: 'Note the secret now: it is kept nowhere and will not be shown again.',
    secret: 'Secret',
    endpoint: 'Address (xAPI endpoint)',
    back: 'Back to the keys',
    scopes: {
      'statements/write': 'Store statements',
      'statements/read/mine': 'Read the statements it has stored',
      'statements/read': 'Read all statements',
      state: 'Read and write the state of activities',
      profile: 'Read and write activity and agent profiles',
      define: 'Change the definitions of activities',
      'all/read': 'Read all of the above',
      all: 'Do everything',
      'feed/read': 'Follow the feed of statements',
      'reports/read': 'Read the reports',
      'packages/read': 'Read the packages',
    },
  },
};
