/** The words of one's own learning. */
import type { Bilingual } from '../../web/index.ts';

/** What was said of a slot or to the tutor. */
type Kind = 'slotPlanned' | 'slotMoved' | 'slotCancelled' | 'slotKept' | 'slotMissed' | 'tutorCalled' | 'tutorAnswered';

interface OwnWords {
  title: string;
  /** What one finds there. */
  summary: string;
  lead: string;
  privacy: string;
  dataAsOf(time: string): string;
  download: string;
  nothing: { title: string; sentence: string };
  facts: Record<'timeOnTask' | 'sessions' | 'pdh' | 'ws1', string>;
  /** Minutes. */
  minutes(minutes: string): string;
  notEnough: string;
  regularity: string;
  enrolments: string;
  modules: string;
  sessions: string;
  slots: string;
  tutor: string;
  /** A list of which only the newest are shown. */
  newest(shown: number, all: number): string;
  columns: Record<
    | 'parcours'
    | 'module'
    | 'place'
    | 'registeredAt'
    | 'startedAt'
    | 'completedAt'
    | 'modulesCompleted'
    | 'lastAt'
    | 'timeOnTask'
    | 'score'
    | 'tutorCalls'
    | 'from'
    | 'to'
    | 'offHours'
    | 'at'
    | 'what',
    string
  >;
  minute: string;
  kinds: Record<Kind, string>;
}

export const words: Bilingual<OwnWords> = {
  fr: {
    title: 'Ma formation',
    summary: 'Tout ce que Livret sait de votre formation\u00a0: parcours, temps passé, créneaux.',
    lead: 'Tout ce que les rapports savent de vous, et que personne d’autre ne voit ainsi.',
    privacy:
      'Votre correspondant de formation voit à quels parcours vous êtes inscrit, et si vous les avez commencés ou terminés. Il ne voit ni vos horaires, ni vos durées.',
    dataAsOf: (time) => `Données au ${time}.`,
    download: 'Tout consulter (JSON)',
    nothing: { title: 'Rien encore', sentence: 'Aucune trace de formation n’est enregistrée à votre nom.' },
    facts: {
      timeOnTask: 'Temps passé',
      sessions: 'Séances',
      pdh: 'Régularité des horaires (PDH)',
      ws1: 'Régularité d’une semaine à l’autre (WS1)',
    },
    minutes: (minutes) => `${minutes} min`,
    notEnough: 'pas encore assez de données',
    regularity:
      'PDH croît quand vous revenez aux mêmes heures\u00a0: 4,58 par jour actif au plus. WS1 va de 0 à 1\u00a0: 1 quand vous revenez les mêmes jours chaque semaine.',
    enrolments: 'Vos parcours',
    modules: 'Vos modules',
    sessions: 'Vos séances',
    slots: 'Vos créneaux',
    tutor: 'Vos échanges avec le tuteur',
    newest: (shown, all) => `Les ${shown} lignes les plus récentes, sur ${all}.`,
    columns: {
      parcours: 'Parcours',
      module: 'Module',
      place: 'Direction à l’inscription',
      registeredAt: 'Inscrit le',
      startedAt: 'Commencé le',
      completedAt: 'Terminé le',
      modulesCompleted: 'Modules terminés',
      lastAt: 'Dernière activité',
      timeOnTask: 'Temps passé',
      score: 'Score',
      tutorCalls: 'Appels au tuteur',
      from: 'Début',
      to: 'Fin',
      offHours: 'dont hors heures ouvrées',
      at: 'Le',
      what: 'Événement',
    },
    minute: 'min',
    kinds: {
      slotPlanned: 'Créneau prévu',
      slotMoved: 'Créneau déplacé',
      slotCancelled: 'Créneau annulé',
      slotKept: 'Créneau tenu',
      slotMissed: 'Créneau manqué',
      tutorCalled: 'Appel au tuteur',
      tutorAnswered: 'Réponse du tuteur',
    },
  },
  en: {
    title: 'My learning',
    summary: 'All that Livret knows of your learning: courses, time spent, slots.',
    lead: 'All that the reports know of you, and that nobody else sees like this.',
    privacy:
      'Your training correspondent sees which courses you are enrolled in, and whether you have started or finished them. They see neither your hours nor your durations.',
    dataAsOf: (time) => `Data as of ${time}.`,
    download: 'See everything (JSON)',
    nothing: { title: 'Nothing yet', sentence: 'Nothing that you have learnt is recorded under your name.' },
    facts: {
      timeOnTask: 'Time spent',
      sessions: 'Sessions',
      pdh: 'Regularity of hours (PDH)',
      ws1: 'Regularity from week to week (WS1)',
    },
    minutes: (minutes) => `${minutes} min.`,
    notEnough: 'not enough data yet',
    regularity:
      'PDH grows when you come back at the same hours: by 4.58 an active day at most. WS1 goes from 0 to 1: 1 when you come back on the same days every week.',
    enrolments: 'Your courses',
    modules: 'Your modules',
    sessions: 'Your sessions',
    slots: 'Your slots',
    tutor: 'Your exchanges with the tutor',
    newest: (shown, all) => `The newest ${shown} of ${all} rows.`,
    columns: {
      parcours: 'Course',
      module: 'Unit',
      place: 'Direction when enrolled',
      registeredAt: 'Enrolled on',
      startedAt: 'Started on',
      completedAt: 'Finished on',
      modulesCompleted: 'Units finished',
      lastAt: 'Last activity',
      timeOnTask: 'Time spent',
      score: 'Mark',
      tutorCalls: 'Calls to the tutor',
      from: 'From',
      to: 'To',
      offHours: 'of it outside working hours',
      at: 'On',
      what: 'Event',
    },
    minute: 'minutes',
    kinds: {
      slotPlanned: 'Slot planned',
      slotMoved: 'Slot moved',
      slotCancelled: 'Slot cancelled',
      slotKept: 'Slot kept',
      slotMissed: 'Slot missed',
      tutorCalled: 'Tutor called',
      tutorAnswered: 'Tutor answered',
    },
  },
};

/** What to call something said of a slot or to the tutor. */
export const kindName = (lang: 'fr' | 'en', kind: string): string => {
  const names: Readonly<Record<string, string>> = words[lang].kinds;
  return names[kind] ?? kind;
};
