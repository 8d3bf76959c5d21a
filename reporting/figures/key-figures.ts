/** The figures that a reader looks at first, and compares directions by. */
import type { Bilingual, Language } from '../../web/index.ts';
import type { AnswerCell } from '../answer.ts';
import { metricOf } from '../metrics/index.ts';
import { BACK_WITHIN } from '../metrics/interruption.ts';
import { type FigureField, fieldOf, numberIn } from './field.ts';

export interface KeyFigure {
  name: string;
  report: string;
  field: string;
  /** It is the share of this. */
  over?: string;
  texts: Bilingual<{ heading: string; unit?: string }>;
  /** Page and query where there is more of it. */
  page: string;
}

const key = (
  name: string,
  report: string,
  field: string,
  page: string,
  fr: string,
  en: string,
  over?: string,
  unit?: Bilingual<string>,
): KeyFigure => ({
  ...{ name, report, field, page },
  texts: {
    fr: { heading: fr, ...(unit && { unit: unit.fr }) },
    en: { heading: en, ...(unit && { unit: unit.en }) },
  },
  ...(over !== undefined && { over }),
});

const topic = (name: string): string => `/reports/scheduling?topic=${name}`;

export const KEY_FIGURES: readonly KeyFigure[] = [
  key(
    'started',
    'completion',
    'started',
    '/reports/directions',
    'Parcours commencés (part des inscriptions)',
    'Courses started (share of enrolments)',
    'enrolled',
  ),
  key(
    'completed',
    'completion',
    'completed',
    '/reports/directions',
    'Parcours achevés (part des inscriptions)',
    'Courses completed (share of enrolments)',
    'enrolled',
  ),
  key(
    'time',
    'time-on-task',
    'meanMinutes',
    topic('rhythm'),
    'Temps passé par personne, moyenne',
    'Time spent per person, mean',
  ),
  key(
    'sessions',
    'sessions',
    'meanSessions',
    topic('rhythm'),
    'Séances par personne, moyenne',
    'Sessions per person, mean',
  ),
  key(
    'pdh',
    'regularity',
    'pdhNormalised',
    topic('rhythm'),
    'Régularité des heures (PDH normalisée)',
    'Regularity of hours (normalised PDH)',
    undefined,
    { fr: 'sur\u00a01', en: 'of\u00a01' },
  ),
  key('kept', 'slots', 'keptShare', topic('slots'), 'Créneaux tenus', 'Slots kept'),
  key(
    'resumed',
    'resumption',
    'resumedShare',
    topic('interruptions'),
    `Interruptions reprises sous ${BACK_WITHIN} jours ouvrés`,
    `Interruptions resumed within ${BACK_WITHIN} working days`,
  ),
  key('offHours', 'hours', 'offHours', topic('hours'), 'Temps hors horaires', 'Time off hours'),
];

/** Its value in a cell, and how it is written. */
export function keyField(
  { report, field, over, texts }: KeyFigure,
  lang: Language,
  cells: readonly AnswerCell[],
): FigureField {
  const metric = metricOf(report);
  const own = fieldOf(metric, 'direction', field, lang, cells);
  const { heading } = texts[lang];
  if (over === undefined) return { ...own, ...texts[lang] };
  const share = (cell: AnswerCell): number | null => {
    const [part, whole] = [numberIn(field)(cell), numberIn(over)(cell)];
    return part === null || !whole ? null : part / whole;
  };
  return { field: `${field}/${over}`, heading, percent: true, digits: 0, value: share };
}

/** What answers each; a report that answers several is asked once. */
export async function readKeyFigures<T>(
  ask: (report: string) => Promise<T>,
): Promise<{ figure: KeyFigure; answer: T }[]> {
  const answers = new Map<string, Promise<T>>();
  const read: { figure: KeyFigure; answer: T }[] = [];
  for (const figure of KEY_FIGURES) {
    const answer = answers.get(figure.report) ?? ask(figure.report);
    answers.set(figure.report, answer);
    // One after the other: they share the process with every other request.
    read.push({ figure, answer: await answer });
  }
  return read;
}
