/** The words of one's own learning. */
import type { Bilingual } from '../../web/index.ts';
import type { OwnSlot } from './model.ts';

/** What was said of a slot or to the tutor. */
type Kind = 'slotPlanned' | 'slotMoved' | 'slotCancelled' | 'slotKept' | 'slotMissed' | 'tutorCalled' | 'tutorAnswered';

type FileColumn =
  | 'parcoursName'
  | 'moduleName'
  | 'direction'
  | 'service'
  | 'site'
  | 'enteredAt'
  | 'neededAt'
  | 'diagnosedAt'
  | 'passedAt'
  | 'failedAt'
  | 'abandonedAt'
  | 'satisfiedAt'
  | 'firstAt'
  | 'initializedAt'
  | 'endedAt'
  | 'modulesStarted'
  | 'registration'
  | 'events'
  | 'monday'
  | 'sessions'
  | 'slot'
  | 'kind'
  | 'hour'
  | 'day';

interface OwnWords {
  title: string;
  /** What one finds there. */
  summary: string;
  lead: string;
  privacy: string;
  dataAsOf(time: string): string;
  /** What the figures were made with. */
  how: string;
  nothing: { title: string; sentence: string };
  notEnough: string;
  enrolments: string;
  modules: string;
  sessions: string;
  slots: string;
  tutor: string;
  /** A list of which only the newest are shown. */
  newest(shown: number, all: string): string;
  columns: Record<
    | 'parcours'
    | 'module'
    | 'place'
    | 'registeredAt'
    | 'startedAt'
    | 'completedAt'
    | 'waivedAt'
    | 'modulesCompleted'
    | 'modulesWaived'
    | 'modulesKnown'
    | 'lastAt'
    | 'timeOnTask'
    | 'score'
    | 'tutorCalls'
    | 'from'
    | 'to'
    | 'offHours'
    | 'at'
    | 'what'
    | 'state'
    | 'moves'
    | 'left'
    | 'returnedAt'
    | 'masteredAt',
    string
  >;
  minute: string;
  /** Titles of further tables: each slot once, and of files. */
  files: Record<'slotStates' | 'activeHours', string>;
  /** Columns of files that the page does not have. */
  fileColumns: Record<FileColumn, string>;
  kinds: Record<Kind, string>;
  /** What became of a slot. */
  states: Record<OwnSlot['state'], string>;
}

export const words: Bilingual<OwnWords> = {
  fr: {
    title: 'Ma formation',
    summary: 'Tout ce que Livret sait de votre formation\u00a0: parcours, temps passé, créneaux.',
    lead: 'Votre avancement, votre temps et vos habitudes. Personne d’autre ne voit cette page.',
    privacy:
      'Votre correspondant de formation voit à quels parcours vous êtes inscrit et depuis quel jour, quel jour vous avez commencé et achevé chacun ou en avez été dispensé, et si vous êtes en retard. Des modules, il voit seulement lesquels étaient achevés ou dispensés à la fin de la dernière semaine complète, sans le jour. Il ne voit ni vos heures, ni vos durées, ni vos interruptions.',
    dataAsOf: (time) => `Données au ${time}.`,
    how: 'Réglages',
    nothing: { title: 'Rien encore', sentence: 'Aucune trace de formation n’est enregistrée à votre nom.' },
    notEnough: 'pas encore assez de données',
    enrolments: 'Vos parcours',
    modules: 'Vos modules',
    sessions: 'Vos séances',
    slots: 'Ce qui a été noté de vos créneaux',
    tutor: 'Vos échanges avec le tuteur',
    newest: (shown, all) => `Les ${shown} lignes les plus récentes, sur ${all}.`,
    columns: {
      parcours: 'Parcours',
      module: 'Module',
      place: 'Direction à l’inscription',
      registeredAt: 'Inscrit le',
      startedAt: 'Commencé le',
      completedAt: 'Achevé le',
      waivedAt: 'Dispensé le',
      modulesCompleted: 'Modules achevés',
      modulesWaived: 'Modules dispensés',
      modulesKnown: 'Modules du parcours',
      lastAt: 'Dernière activité',
      timeOnTask: 'Temps passé',
      score: 'Score',
      tutorCalls: 'Appels au tuteur',
      from: 'Début',
      to: 'Fin',
      offHours: 'dont hors heures ouvrées',
      at: 'Le',
      what: 'Événement',
      state: 'État',
      moves: 'Déplacements',
      left: 'Quitté le',
      returnedAt: 'Repris le',
      masteredAt: 'Maîtrisé le',
    },
    minute: 'min',
    files: { slotStates: 'Vos créneaux', activeHours: 'Vos heures actives' },
    fileColumns: {
      parcoursName: 'Nom du parcours',
      moduleName: 'Nom du module',
      direction: 'Direction',
      service: 'Service',
      site: 'Site',
      enteredAt: 'Entré le',
      neededAt: 'Besoin recensé le',
      diagnosedAt: 'Diagnostic le',
      passedAt: 'Réussi le',
      failedAt: 'Échoué le',
      abandonedAt: 'Abandonné le',
      satisfiedAt: 'Acquis le',
      firstAt: 'Première trace',
      initializedAt: 'Ouvert le',
      endedAt: 'Fin',
      modulesStarted: 'Modules commencés',
      registration: 'Inscription xAPI',
      events: 'Traces',
      monday: 'Semaine du',
      sessions: 'Séances',
      slot: 'Créneau',
      kind: 'Événement',
      hour: 'Heure',
      day: 'Jour',
    },
    kinds: {
      slotPlanned: 'Créneau prévu',
      slotMoved: 'Créneau déplacé',
      slotCancelled: 'Créneau annulé',
      slotKept: 'Créneau tenu',
      slotMissed: 'Créneau sans activité',
      tutorCalled: 'Appel au tuteur',
      tutorAnswered: 'Réponse du tuteur',
    },
    states: { planned: 'À venir', kept: 'Tenu', missed: 'Sans activité', cancelled: 'Annulé' },
  },
  en: {
    title: 'My learning',
    summary: 'All that Livret knows of your learning: courses, time spent, slots.',
    lead: 'Your progress, your time and your habits. Nobody else sees this page.',
    privacy:
      'Your training correspondent sees which courses you are enrolled in and since which day, on which day you started and completed each or had it waived, and whether you are late. Of modules, they see only which were completed or waived by the end of the last full week, without the day. They see neither your hours, nor your durations, nor your interruptions.',
    dataAsOf: (time) => `Data as of ${time}.`,
    how: 'Settings',
    nothing: { title: 'Nothing yet', sentence: 'Nothing that you have learnt is recorded under your name.' },
    notEnough: 'not enough data yet',
    enrolments: 'Your courses',
    modules: 'Your modules',
    sessions: 'Your sessions',
    slots: 'What was noted of your slots',
    tutor: 'Your exchanges with the tutor',
    newest: (shown, all) => `The newest ${shown} of ${all} rows.`,
    columns: {
      parcours: 'Course',
      module: 'Module',
      place: 'Direction when enrolled',
      registeredAt: 'Enrolled on',
      startedAt: 'Started on',
      completedAt: 'Completed on',
      waivedAt: 'Waived on',
      modulesCompleted: 'Modules completed',
      modulesWaived: 'Modules waived',
      modulesKnown: 'Modules of the course',
      lastAt: 'Last activity',
      timeOnTask: 'Time spent',
      score: 'Score',
      tutorCalls: 'Calls to the tutor',
      from: 'From',
      to: 'To',
      offHours: 'of it outside working hours',
      at: 'On',
      what: 'Event',
      state: 'State',
      moves: 'Moves',
      left: 'Left on',
      returnedAt: 'Came back on',
      masteredAt: 'Mastered on',
    },
    minute: 'minutes',
    files: { slotStates: 'Your slots', activeHours: 'Your active hours' },
    fileColumns: {
      parcoursName: 'Name of the course',
      moduleName: 'Name of the module',
      direction: 'Direction',
      service: 'Service',
      site: 'Site',
      enteredAt: 'Entered on',
      neededAt: 'Need noted on',
      diagnosedAt: 'Diagnosed on',
      passedAt: 'Passed on',
      failedAt: 'Failed on',
      abandonedAt: 'Abandoned on',
      satisfiedAt: 'Satisfied on',
      firstAt: 'First statement',
      initializedAt: 'Opened on',
      endedAt: 'End',
      modulesStarted: 'Modules begun',
      registration: 'xAPI registration',
      events: 'Statements',
      monday: 'Week of',
      sessions: 'Sessions',
      slot: 'Slot',
      kind: 'Event',
      hour: 'Hour',
      day: 'Day',
    },
    kinds: {
      slotPlanned: 'Slot planned',
      slotMoved: 'Slot moved',
      slotCancelled: 'Slot cancelled',
      slotKept: 'Slot kept',
      slotMissed: 'Slot without activity',
      tutorCalled: 'Tutor called',
      tutorAnswered: 'Tutor answered',
    },
    states: { planned: 'To come', kept: 'Kept', missed: 'Without activity', cancelled: 'Cancelled' },
  },
};

/** What to call something said of a slot or to the tutor. */
export const kindName = (lang: 'fr' | 'en', kind: string): string => {
  const names: Readonly<Record<string, string>> = words[lang].kinds;
  return names[kind] ?? kind;
};

export const stateName = (lang: 'fr' | 'en', state: string): string => {
  const names: Readonly<Record<string, string>> = words[lang].states;
  return names[state] ?? state;
};
