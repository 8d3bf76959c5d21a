/** The sentences of one's own page: what there is, said plainly, and judged by nobody. */
import { type Bilingual, formatNumber, type Language } from '../../web/index.ts';
import { hourName, weekdayName } from '../calendar/index.ts';
import type { HourSpan } from './rhythm.ts';

/** Minutes → « 45 min », « 3 h 05 ». */
export function duration(lang: Language, minutes: number): string {
  const whole = Math.round(minutes);
  if (whole < 60) return `${whole}\u00a0min`;
  const [hours, rest] = [formatNumber(lang, Math.floor(whole / 60)), String(whole % 60).padStart(2, '0')];
  return `${hours}\u00a0h\u00a0${rest}\u00a0min`;
}

const several = (count: number, one: string, more: string): string => `${count} ${count < 2 ? one : more}`;
const many = (count: number, one: string, more: string): string => `${count} ${count === 1 ? one : more}`;

const listed = (lang: Language, parts: readonly string[]): string =>
  parts.length < 2
    ? parts.join('')
    : `${parts.slice(0, -1).join(', ')} ${lang === 'fr' ? 'et' : 'and'} ${parts.at(-1)}`;

interface SlotCounts {
  kept: number;
  missed: number;
  cancelled: number;
  planned: number;
  moved: number;
}

interface Sentences {
  next: {
    title: string;
    none: string;
    modules(done: number, of: number, waived: number): string;
    noModule: string;
    module: string;
    slot: string;
    noSlot: string;
    needed: string;
    late(registered: string, days: number): string;
    lateBadge: string;
    missed(when: string): string;
    others(count: number): string;
    over(count: number): string;
    done: string;
    waived: string;
  };
  time: {
    title: string;
    lately(time: string, sessions: number): string;
    notLately(last: string): string;
    total(time: string, sessions: number): string;
    median(minutes: string): string;
    chart: { title: string; description(highest: string): string; unit: string; series: string };
    table: string;
    week: string;
    sessions: string;
    how(gap: number): string;
  };
  rhythm: {
    title: string;
    notEnough: string;
    days(weekdays: readonly number[]): string;
    anyDay: string;
    hours(span: HourSpan): string;
    anyHour: string;
    alike: string;
    partlyAlike: string;
    changing: string;
    free: string;
    picture: { title: string; description: string; unit: string; table: string };
    how: string;
    pdh: string;
    ws1: string;
    explained: string;
  };
  slots: { title: string; none: string; counts(counts: SlotCounts): string; moved(count: number): string; use: string };
  tutor: { title: string; none: string; calls(calls: number, answers: number): string; use: string };
  interruptions: {
    title: string;
    none: string;
    counts(all: number, resumed: number): string;
    use: string;
    open: string;
    how(gap: number): string;
  };
  lists: { title: string; lead: string };
  out: { title: string; json: string; xlsx: string; me: string };
}

export const sentences: Bilingual<Sentences> = {
  fr: {
    next: {
      title: 'Où vous en êtes',
      none: 'Aucun parcours n’est en cours.',
      modules: (done, of, waived) =>
        `${several(done, 'module achevé', 'modules achevés')} sur ${of}${waived === 0 ? '' : `, ${several(waived, 'dispensé', 'dispensés')}`}`,
      noModule: 'Aucun module n’est encore connu de ce parcours.',
      module: 'Module en cours\u00a0:',
      slot: 'Prochain créneau\u00a0:',
      noSlot: 'aucun créneau prévu',
      needed: 'Votre besoin est noté\u00a0; votre inscription viendra ensuite.',
      late: (registered, days) =>
        `Vous êtes inscrit depuis le ${registered}, soit plus de ${days} jours ouvrés\u00a0: il reste à ouvrir un premier module.`,
      lateBadge: 'À commencer',
      missed: (when) => `Le créneau du ${when} est resté sans activité.`,
      others: (count) => `${several(count, 'autre parcours commencé', 'autres parcours commencés')}`,
      over: (count) => several(count, 'parcours achevé', 'parcours achevés'),
      done: 'achevé le',
      waived: 'dispensé le',
    },
    time: {
      title: 'Votre temps',
      lately: (time, sessions) =>
        `Ces douze dernières semaines\u00a0: ${time}, en ${several(sessions, 'séance', 'séances')}.`,
      notLately: (last) => `Aucune séance ces douze dernières semaines\u00a0; la dernière date du ${last}.`,
      total: (time, sessions) => `Depuis le début\u00a0: ${time}, en ${several(sessions, 'séance', 'séances')}.`,
      median: (minutes) => `Une séance sur deux dure plus de ${minutes}, une sur deux moins.`,
      chart: {
        title: 'Votre temps par semaine',
        description: (highest) => `Douze semaines, la plus récente à droite\u00a0; ${highest} au plus en une semaine.`,
        unit: 'min',
        series: 'Temps passé',
      },
      table: 'Les mêmes chiffres en tableau',
      week: 'Semaine du',
      sessions: 'Séances',
      how: (gap) =>
        `Une séance s’arrête quand rien ne se passe pendant plus de ${gap} minutes. Le temps va de la première à la dernière trace d’une séance\u00a0: ce que vous lisez après n’est pas compté, le vrai temps est donc un peu plus long.`,
    },
    rhythm: {
      title: 'Vos habitudes',
      notEnough:
        'Il est trop tôt pour parler d’habitudes\u00a0: il faut au moins quatre jours de formation, sur deux semaines différentes. Rien ne presse.',
      days: (weekdays) =>
        `Vous vous formez surtout ${listed(
          'fr',
          weekdays.map((day) => `le ${weekdayName('fr', day)}`),
        )}`,
      anyDay: 'Vous vous formez à des jours variés',
      hours: ({ from, to }) => `entre ${hourName('fr', from)} et ${hourName('fr', to)}.`,
      anyHour: 'à des heures variées.',
      alike: 'Vos semaines se ressemblent\u00a0: vous revenez souvent les mêmes jours.',
      partlyAlike: 'Vos semaines se ressemblent en partie\u00a0: certains jours reviennent, d’autres changent.',
      changing: 'Vos jours changent d’une semaine à l’autre.',
      free: 'Aucune façon de s’organiser n’est meilleure qu’une autre\u00a0: c’est la vôtre.',
      picture: {
        title: 'Vos heures de la semaine',
        description: 'En combien de semaines vous étiez en formation à chaque heure de chaque jour.',
        unit: 'semaines',
        table: 'Les mêmes heures en tableau',
      },
      how: 'Comment c’est mesuré',
      pdh: 'Régularité des heures (PDH)',
      ws1: 'Régularité des semaines (WS1)',
      explained:
        '«\u00a0Surtout\u00a0» veut dire au moins deux fois sur trois. PDH croît quand vous revenez aux mêmes heures\u00a0: 4,58 par jour actif au plus. WS1 va de 0 à 1\u00a0: 1 quand vous revenez les mêmes jours chaque semaine\u00a0; à partir de 0,5 nous disons que vos semaines se ressemblent, à partir de 0,2 en partie.',
    },
    slots: {
      title: 'Vos créneaux',
      none: 'Vous n’avez pas encore prévu de créneau.',
      counts: ({ kept, missed, cancelled, planned }) =>
        `${several(kept, 'créneau tenu', 'créneaux tenus')}, ${missed} sans activité, ${several(cancelled, 'annulé', 'annulés')}, ${planned} à venir.`,
      moved: (count) =>
        count === 0
          ? 'Aucun n’a été déplacé.'
          : `${several(count, 'a été déplacé', 'ont été déplacés')} au moins une fois.`,
      use: 'Déplacer un créneau, c’est aussi tenir son calendrier.',
    },
    tutor: {
      title: 'Vos appels au tuteur',
      none: 'Vous n’avez pas encore appelé le tuteur\u00a0; il est là pour cela, à tout moment.',
      calls: (calls, answers) => `${several(calls, 'appel', 'appels')}, ${several(answers, 'réponse', 'réponses')}.`,
      use: 'Demander de l’aide fait partie de la formation.',
    },
    interruptions: {
      title: 'Vos interruptions',
      none: 'Aucun module n’a été interrompu.',
      counts: (all, resumed) =>
        `${several(all, 'interruption', 'interruptions')}, dont ${several(resumed, 'suivie', 'suivies')} d’une reprise.`,
      use: 'Une urgence du jour interrompt un module\u00a0: c’est prévu, il vous attend.',
      open: 'Modules qui vous attendent\u00a0:',
      how: (gap) =>
        `Il y a interruption quand vous quittez un module sans l’avoir achevé, ou que rien ne s’y passe pendant plus de ${gap} minutes.`,
    },
    lists: {
      title: 'Le détail',
      lead: 'Tout ce qui est enregistré, liste par liste, les lignes les plus récentes d’abord.',
    },
    out: {
      title: 'Emporter vos données',
      json: 'Tout (JSON)',
      xlsx: 'Classeur (XLSX)',
      me: 'Qui vous êtes dans Livret',
    },
  },
  en: {
    next: {
      title: 'Where you are',
      none: 'No course is under way.',
      modules: (done, of, waived) =>
        `${done} of ${many(of, 'module', 'modules')} completed${waived === 0 ? '' : `, ${waived} waived`}`,
      noModule: 'No module of this course is known yet.',
      module: 'Module under way:',
      slot: 'Next slot:',
      noSlot: 'no slot planned',
      needed: 'Your need is noted; your enrolment will follow.',
      late: (registered, days) =>
        `You have been enrolled since ${registered}, more than ${days} working days ago: a first module is waiting to be opened.`,
      lateBadge: 'To be started',
      missed: (when) => `The slot of ${when} went by without activity.`,
      others: (count) => many(count, 'other course begun', 'other courses begun'),
      over: (count) => many(count, 'course completed', 'courses completed'),
      done: 'completed on',
      waived: 'waived on',
    },
    time: {
      title: 'Your time',
      lately: (time, sessions) => `In the last twelve weeks: ${time}, in ${many(sessions, 'session', 'sessions')}.`,
      notLately: (last) => `No session in the last twelve weeks; the last one was on ${last}.`,
      total: (time, sessions) => `Since the beginning: ${time}, in ${many(sessions, 'session', 'sessions')}.`,
      median: (minutes) => `Half of your sessions last longer than ${minutes}, half are shorter.`,
      chart: {
        title: 'Your time by week',
        description: (highest) => `Twelve weeks, the newest on the right; at most ${highest} in a week.`,
        unit: 'minutes',
        series: 'Time spent',
      },
      table: 'The same figures as a table',
      week: 'Week of',
      sessions: 'Sessions in it',
      how: (gap) =>
        `A session ends when nothing happens for more than ${gap} minutes. Time goes from the first statement of a session to the last: what you read after that is not counted, so your real time is a little longer.`,
    },
    rhythm: {
      title: 'Your habits',
      notEnough:
        'It is too early to speak of habits: that takes at least four days of learning, in two different weeks. There is no hurry.',
      days: (weekdays) =>
        `You mostly learn on ${listed(
          'en',
          weekdays.map((day) => `${weekdayName('en', day)}s`),
        )}`,
      anyDay: 'You learn on various days',
      hours: ({ from, to }) => `between ${hourName('en', from)} and ${hourName('en', to)}.`,
      anyHour: 'at various hours.',
      alike: 'Your weeks are alike: you often come back on the same days.',
      partlyAlike: 'Your weeks are partly alike: some days come back, others change.',
      changing: 'Your days change from week to week.',
      free: 'No way of organising yourself is better than another: this one is yours.',
      picture: {
        title: 'Your hours of the week',
        description: 'In how many weeks you were learning at each hour of each day.',
        unit: 'weeks',
        table: 'The same hours as a table',
      },
      how: 'How this is measured',
      pdh: 'Regularity of hours (PDH) ',
      ws1: 'Regularity of weeks (WS1) ',
      explained:
        '“Mostly” means at least two times in three. PDH grows when you come back at the same hours: by 4.58 an active day at most. WS1 goes from 0 to 1: 1 when you come back on the same days every week; from 0.5 on we say that your weeks are alike, from 0.2 on partly.',
    },
    slots: {
      title: 'Your slots',
      none: 'You have not planned a slot yet.',
      counts: ({ kept, missed, cancelled, planned }) =>
        `${many(kept, 'slot kept', 'slots kept')}, ${missed} without activity, ${cancelled} cancelled, ${planned} to come.`,
      moved: (count) => (count === 0 ? 'None was moved.' : `${many(count, 'was moved', 'were moved')} at least once.`),
      use: 'Moving a slot is keeping a calendar, too.',
    },
    tutor: {
      title: 'Your calls to the tutor',
      none: 'You have not called the tutor yet; that is what the tutor is there for, at any time.',
      calls: (calls, answers) => `${many(calls, 'call', 'calls')}, ${many(answers, 'answer', 'answers')}.`,
      use: 'Asking for help is part of learning.',
    },
    interruptions: {
      title: 'Your interruptions',
      none: 'No module was interrupted.',
      counts: (all, resumed) =>
        `${many(all, 'interruption', 'interruptions')}; after ${resumed} of them you came back.`,
      use: 'Urgent work of the day interrupts a module: that is expected, and the module waits for you.',
      open: 'Modules waiting for you:',
      how: (gap) =>
        `An interruption is when you leave a module without having completed it, or nothing happens in it for more than ${gap} minutes.`,
    },
    lists: {
      title: 'In detail',
      lead: 'Everything that is recorded, list by list, the newest rows first.',
    },
    out: {
      title: 'Take your data along',
      json: 'Everything (JSON)',
      xlsx: 'Workbook (XLSX)',
      me: 'Who you are in Livret',
    },
  },
};
