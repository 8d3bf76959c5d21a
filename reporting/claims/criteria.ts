/**
 * The claims of 2006 and the criteria by which they are judged (facts/reporting.md: claim → figures), written down before
 * the figures were seen. The source story says what became of self-training in office software at the ministry's
 * secrétariat général: about 1,000 people in two years, who manage their time better.
 *
 * A criterion holds when the whole 95 % interval lies on its side of the threshold; it is refuted when the whole interval
 * lies on the other one. Changing a threshold after having seen figures is to be said where they are shown.
 */
import type { Bilingual } from '../../web/index.ts';
import { differenceOf, type Estimator, meanOf, meanShareOf, medianOf, roundedShareOf, shareOf } from './estimate.ts';
import type { Test } from './verdict.ts';

export interface Criterion {
  name: string;
  /** Name of the metric. */
  report: string;
  /** Its figures whose sum is the number of people that the estimate is made of. */
  people: readonly string[];
  /** Its figures that are read. */
  figures: readonly string[];
  estimate: Estimator;
  /** Figures that are all 0 in the whole ministry where what they count is not recorded at all: then there is nothing to judge by. */
  recorded?: readonly string[];
  /** Why there is no estimate where `people` is 0. */
  zero?: 'nobodyChanged';
  /** Without one the figure is only shown beside: it is needed to read the others. */
  test?: Test;
  unit?: 'share' | 'minutes' | 'hours' | 'bits' | 'calls' | 'ratio';
  texts: Bilingual<{ measure: string; criterion: string }>;
}

export interface Claim {
  name: string;
  texts: Bilingual<{ claim: string; note?: string }>;
  criteria: readonly Criterion[];
}

const HALF: Test = { above: 0.5 };

const ONLY_SHOWN = {
  fr: 'Montré pour lire les autres chiffres ; aucun critère.',
  en: 'Shown to read the others by; no criterion.',
};

type Share = Pick<Criterion, 'name' | 'report' | 'texts'>;

const mean = (name: string, rest: Omit<Criterion, 'name' | 'estimate' | 'people' | 'figures'>): Criterion => ({
  ...rest,
  name,
  people: ['n'],
  figures: [name],
  estimate: rest.unit === 'share' ? meanShareOf(name) : meanOf(name),
});

/** Of an entry into a parcours; exact. */
const stage = (name: string, fr: string, en: string): Criterion => ({
  name,
  report: 'completion',
  people: ['enrolments'],
  figures: [name, 'enrolments'],
  estimate: shareOf(name, ['enrolments']),
  recorded: [name],
  test: HALF,
  unit: 'share',
  texts: {
    fr: { measure: `Part des entrées : ${fr}`, criterion: 'Plus de la moitié des entrées.' },
    en: { measure: `Share of entries: ${en}`, criterion: 'More than half of the entries.' },
  },
});

/** Better among better and worse; who stayed the same says nothing either way. */
const better = (name: string, fr: string, en: string): Criterion => ({
  name: `${name}Better`,
  report: 'change',
  people: [`${name}More`, `${name}Less`],
  figures: [`${name}More`, `${name}Less`],
  estimate: roundedShareOf(`${name}More`, `${name}Less`),
  zero: 'nobodyChanged',
  test: HALF,
  unit: 'share',
  texts: {
    fr: {
      measure: `${fr}, du premier au dernier tiers du parcours : mieux ÷ (mieux + moins bien)`,
      criterion: 'Plus de la moitié de celles et ceux qui ont changé.',
    },
    en: {
      measure: `${en}, from the first to the last third of the course: better ÷ (better + worse)`,
      criterion: 'More than half of those who changed.',
    },
  },
});

const shareText = ({ name, report, texts }: Share): Criterion =>
  mean(name, { report, texts, test: HALF, unit: 'share' });

export const CLAIMS: readonly Claim[] = [
  {
    name: 'path',
    texts: {
      fr: { claim: 'Les besoins sont recensés, puis chacun est diagnostiqué et suit un parcours.' },
      en: { claim: 'Needs are censused, then everybody is diagnosed and follows a course.' },
    },
    criteria: [
      stage('censused', 'besoin recensé', 'need censused'),
      stage('diagnosed', 'diagnostic fait', 'diagnostic made'),
      stage('started', 'parcours commencé', 'course started'),
    ],
  },
  {
    name: 'oneHour',
    texts: {
      fr: { claim: 'Un module prend une heure environ.' },
      en: { claim: 'A module takes about an hour.' },
    },
    criteria: [
      {
        name: 'minutesMedian',
        report: 'module-time',
        people: ['n'],
        figures: ['minutesQ1', 'minutesMedian', 'minutesQ3'],
        estimate: medianOf('minutes', 'n'),
        test: { above: 45, below: 75 },
        unit: 'minutes',
        texts: {
          fr: { measure: 'Temps par module achevé, médiane', criterion: 'Entre 45 et 75 minutes.' },
          en: { measure: 'Time for a completed module, median', criterion: 'Between 45 and 75 minutes.' },
        },
      },
      mean('meanMinutes', {
        report: 'module-time',
        test: { above: 45, below: 75 },
        unit: 'minutes',
        texts: {
          fr: { measure: 'Temps par module achevé, moyenne', criterion: 'Entre 45 et 75 minutes.' },
          en: { measure: 'Time for a completed module, mean', criterion: 'Between 45 and 75 minutes.' },
        },
      }),
    ],
  },
  {
    name: 'calendar',
    texts: {
      fr: { claim: 'Les agents gèrent leur calendrier d’autoformation.' },
      en: { claim: 'Agents manage their self-training calendar.' },
    },
    criteria: [
      shareText({
        name: 'keptShare',
        report: 'slots',
        texts: {
          fr: { measure: 'Part des créneaux tenus', criterion: 'Plus de la moitié.' },
          en: { measure: 'Share of slots kept', criterion: 'More than half.' },
        },
      }),
      mean('pacing', {
        report: 'pacing',
        test: { above: 0.8 },
        unit: 'ratio',
        texts: {
          fr: { measure: 'Modules achevés ÷ créneaux prévus', criterion: 'Plus de 0,8 (1 : comme prévu).' },
          en: { measure: 'Modules completed ÷ slots planned', criterion: 'More than 0.8 (1: as planned).' },
        },
      }),
      mean('ws1', {
        report: 'weekly-regularity',
        unit: 'ratio',
        texts: {
          fr: { measure: 'Ressemblance des semaines (WS1)', criterion: ONLY_SHOWN.fr },
          en: { measure: 'Likeness of weeks (WS1)', criterion: ONLY_SHOWN.en },
        },
      }),
    ],
  },
  {
    name: 'calendarBetter',
    texts: {
      fr: { claim: 'Ils le gèrent de mieux en mieux.' },
      en: { claim: 'They got better at it.' },
    },
    criteria: [
      better('hours', 'Régularité des heures', 'Regularity of hours'),
      better('weeks', 'Ressemblance des semaines', 'Likeness of weeks'),
      better('slots', 'Créneaux tenus', 'Slots kept'),
    ],
  },
  {
    name: 'urgent',
    texts: {
      fr: { claim: 'Ils savent faire face aux urgences du jour : ils s’interrompent, puis reviennent.' },
      en: { claim: 'They fit in the urgent tasks of the day: they break off, and come back.' },
    },
    criteria: [
      shareText({
        name: 'resumedShare',
        report: 'resumption',
        texts: {
          fr: { measure: 'Part des interruptions reprises sous 5 jours ouvrés', criterion: 'Plus de la moitié.' },
          en: { measure: 'Share of interruptions resumed within 5 working days', criterion: 'More than half.' },
        },
      }),
      shareText({
        name: 'masteredShare',
        report: 'mastery-after-interruption',
        texts: {
          fr: {
            measure: 'Part des interruptions dont le module est achevé ou réussi en 20 jours ouvrés au plus',
            criterion: 'Plus de la moitié.',
          },
          en: {
            measure: 'Share of interruptions whose module was completed or passed within 20 working days',
            criterion: 'More than half.',
          },
        },
      }),
      mean('interruptedShare', {
        report: 'interruptions',
        unit: 'share',
        texts: {
          fr: { measure: 'Part des modules interrompus', criterion: ONLY_SHOWN.fr },
          en: { measure: 'Share of modules interrupted', criterion: ONLY_SHOWN.en },
        },
      }),
      mean('returnDelay', {
        report: 'return-delay',
        unit: 'hours',
        texts: {
          fr: { measure: 'Délai de retour, heures ouvrées', criterion: ONLY_SHOWN.fr },
          en: { measure: 'Return delay, working hours', criterion: ONLY_SHOWN.en },
        },
      }),
    ],
  },
  {
    name: 'autonomy',
    texts: {
      fr: {
        claim: 'Ils gagnent en autonomie.',
        note: 'Trop peu d’appels au tuteur est aussi un défaut : aucun classement ne s’en déduit.',
      },
      en: {
        claim: 'They gain autonomy.',
        note: 'Too few calls for the tutor are a fault too: no ranking follows from them.',
      },
    },
    criteria: [
      mean('withoutCallShare', {
        report: 'autonomy',
        recorded: ['callsPerModule'],
        test: HALF,
        unit: 'share',
        texts: {
          fr: { measure: 'Part des modules achevés sans appel au tuteur', criterion: 'Plus de la moitié.' },
          en: { measure: 'Share of modules completed without a call for the tutor', criterion: 'More than half.' },
        },
      }),
      {
        name: 'callsChange',
        report: 'calls-by-third',
        people: ['n'],
        figures: ['lastThird', 'firstThird'],
        estimate: differenceOf('lastThird', 'firstThird'),
        recorded: ['firstThird', 'middleThird', 'lastThird'],
        test: { below: 0 },
        unit: 'calls',
        texts: {
          fr: { measure: 'Appels au tuteur, dernier tiers moins premier tiers', criterion: 'Moins d’appels à la fin.' },
          en: { measure: 'Calls for the tutor, last third less first third', criterion: 'Fewer calls at the end.' },
        },
      },
    ],
  },
  {
    name: 'access',
    texts: {
      fr: {
        claim: 'L’accès à la formation est plus souple : à l’heure et au lieu de son choix.',
        note: 'La dispersion des heures avait un seuil (3 bits) ; il a été retiré depuis que les critères sont écrits.',
      },
      en: {
        claim: 'Access to training is more flexible: at the hour and place of one’s choice.',
        note: 'The spread of hours had a threshold (3 bits); it was dropped after the criteria had been written down.',
      },
    },
    criteria: [
      mean('spread', {
        report: 'hours',
        unit: 'bits',
        texts: {
          fr: {
            measure: 'Dispersion des heures dans la semaine (entropie)',
            criterion:
              'Montré, aucun critère : qui apprend peu d’heures ne peut pas les disperser beaucoup ; un seuil jugerait la quantité, pas la souplesse. 3 bits : comme huit heures différentes, à parts égales.',
          },
          en: {
            measure: 'Spread of hours over the week (entropy)',
            criterion:
              'Shown, no criterion: who learns for few hours cannot spread them much; a threshold would judge how much, not how flexibly. 3 bits: as eight different hours, in equal parts.',
          },
        },
      }),
      mean('offHours', {
        report: 'hours',
        test: { above: 0.1 },
        unit: 'share',
        texts: {
          fr: { measure: 'Part du temps hors des heures de travail', criterion: 'Plus d’un dixième.' },
          en: { measure: 'Share of time outside working hours', criterion: 'More than a tenth.' },
        },
      }),
      mean('workstationSessions', {
        report: 'places',
        test: { below: 0.9 },
        unit: 'share',
        texts: {
          fr: { measure: 'Part des séances au poste de travail', criterion: 'Moins de neuf sur dix.' },
          en: { measure: 'Share of sessions at the workstation', criterion: 'Fewer than nine in ten.' },
        },
      }),
    ],
  },
];

/** « Près de 1 000 personnes en deux ans » is a count of everybody, over the periods of two years. */
export const TRAINED: Pick<Claim, 'name' | 'texts'> = {
  name: 'trained',
  texts: {
    fr: { claim: 'Près de 1 000 personnes formées en deux ans.' },
    en: { claim: 'Nearly 1,000 people trained in two years.' },
  },
};

export const TRAINED_BY = {
  name: 'trained',
  years: 2,
  test: { above: 900 } satisfies Test,
  texts: {
    fr: {
      measure: 'Personnes qui ont commencé un parcours pour la première fois, sur deux ans, dans tout le ministère',
      criterion:
        'Plus de 900. Moins n’infirme que si toutes les périodes des deux ans sont publiées jusqu’à leur fin et viennent après les premières données.',
    },
    en: {
      measure: 'People who started a course for the first time, over two years, in the whole ministry',
      criterion:
        'More than 900. Fewer refutes only where all the periods of the two years are published up to their end and come after the first data.',
    },
  },
} as const;

/** Names of the metrics that the claims are judged by, that of the people trained (TRAINED) among them. */
export const CLAIM_REPORTS: readonly string[] = [
  ...new Set([...CLAIMS.flatMap(({ criteria }) => criteria.map(({ report }) => report)), 'completion']),
];
