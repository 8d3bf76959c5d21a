/** The words of the page of the system's state. */
import type { Bilingual } from '../../web/index.ts';

interface StatusWords {
  title: string;
  summary: string;
  lead: string;
  ready: string;
  notReady: string;
  program: string;
  store: string;
  jobs: string;
  facts: Record<
    | 'version'
    | 'node'
    | 'since'
    | 'memory'
    | 'roles'
    | 'address'
    | 'endpoint'
    | 'engine'
    | 'statements'
    | 'through'
    | 'reports'
    | 'people'
    | 'sessions'
    | 'data',
    string
  >;
  unknown: string;
  noReports: string;
  jobsCaption: string;
  columns: Record<'job' | 'every' | 'last' | 'took' | 'state', string>;
  never: string;
  done: string;
  failed: string;
  jobNames: Record<string, string>;
}

export const words: Bilingual<StatusWords> = {
  fr: {
    title: 'État du système',
    summary: 'Entrepôt, flux, versions et tâches de fond.',
    lead: 'Ce que ce processus sait de lui-même et de l’entrepôt, à l’instant.',
    ready: 'Le service est prêt.',
    notReady: 'Le service n’est pas prêt :',
    program: 'Programme',
    store: 'Entrepôt',
    jobs: 'Tâches de fond',
    facts: {
      version: 'Version de Livret',
      node: 'Version de Node.js',
      since: 'En marche depuis',
      memory: 'Mémoire occupée',
      roles: 'Rôles de ce processus',
      address: 'Adresse du site',
      endpoint: 'Adresse à donner aux lecteurs de contenus (endpoint xAPI)',
      engine: 'Moteur',
      statements: 'Traces enregistrées',
      through: 'Flux complet jusqu’au',
      reports: 'Rapports à jour jusqu’au',
      people: 'Personnes dans l’annuaire (révision)',
      sessions: 'Sessions ouvertes',
      data: 'Dossier des données',
    },
    unknown: 'ne répond pas',
    noReports: 'Ce processus ne tient pas de rapports.',
    jobsCaption: 'Tâches, et leur dernier passage dans ce processus',
    columns: { job: 'Tâche', every: 'Toutes les', last: 'Dernier passage', took: 'Durée', state: 'Résultat' },
    never: 'pas ici (un autre processus peut s’en charger)',
    done: 'Fait',
    failed: 'Échec',
    jobNames: {
      'blobs.sweep': 'Effacement des contenus sans usage',
      'store.maintain': 'Entretien de l’entrepôt',
      'sessions.sweep': 'Effacement des sessions terminées',
      'people.previews': 'Effacement des imports vérifiés et non confirmés',
      'sso.sweep': 'Effacement des connexions inachevées',
      'reports.publish': 'Publication des périodes closes',
      'reports.forget': 'Oubli des personnes effacées dans les rapports',
      'reports.digests': 'Envoi des chiffres par courriel',
    },
  },
  en: {
    title: 'System status',
    summary: 'Store, feed, versions and background jobs.',
    lead: 'What this process knows of itself and of the store right now.',
    ready: 'The service is ready.',
    notReady: 'The service is not ready:',
    program: 'Program',
    store: 'Store',
    jobs: 'Background jobs',
    facts: {
      version: 'Version of Livret',
      node: 'Version of Node.js',
      since: 'Running since',
      memory: 'Memory in use',
      roles: 'Roles of this process',
      address: 'Address of the site',
      endpoint: 'Address to give to content players (xAPI endpoint)',
      engine: 'Engine',
      statements: 'Statements stored',
      through: 'Feed complete up to',
      reports: 'Reports up to date as of',
      people: 'People in the directory (revision)',
      sessions: 'Open sessions',
      data: 'Data folder',
    },
    unknown: 'does not answer',
    noReports: 'This process keeps no reports.',
    jobsCaption: 'Jobs, and their last run in this process',
    columns: { job: 'Job', every: 'Every', last: 'Last run', took: 'Took', state: 'Outcome' },
    never: 'not here (another process may do it)',
    done: 'Done',
    failed: 'Failed',
    jobNames: {
      'blobs.sweep': 'Clearing away contents that nothing uses',
      'store.maintain': 'Upkeep of the store',
      'sessions.sweep': 'Clearing away sessions that are over',
      'people.previews': 'Clearing away imports that were looked at and not confirmed',
      'sso.sweep': 'Clearing away logins that came to nothing',
      'reports.publish': 'Publishing periods that are over',
      'reports.forget': 'Forgetting erased people in the reports',
      'reports.digests': 'Sending figures by mail',
    },
  },
};
