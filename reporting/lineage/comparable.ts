/** Whose figures of an earlier period may stand beside those of some directions, and what the reader is told of it. Pure. */
import { predecessorsOf, type Succession } from '../../lrs/directory/index.ts';
import { type Bilingual, formatDay, LANGUAGES, type Language } from '../../web/index.ts';
import type { Period } from '../periods/period.ts';
import { labelOf } from '../privacy/label.ts';

type Days = Pick<Period, 'firstDay' | 'lastDay'>;

export interface Comparable {
  /**
   * same: the same directions. sum: others, added up. none: nothing, because a direction was divided, or had ended and
   * some are still counted under its name, or changed inside one of the two periods (whoever counts people where they began and whoever counts them where they are would differ).
   */
  kind: 'same' | 'sum' | 'none';
  /** Directions of the earlier period; empty where there is nothing to compare with. */
  directions: string[];
  /** What is to stand beside the comparison; nothing where nothing has changed. */
  says?: Bilingual<string>;
}

interface Words {
  sum(now: string, then: string, day: string): string;
  divided(now: string, day: string): string;
  over(now: string, day: string, ended: string, became: string, several: boolean): string;
  inside(now: string, day: string): string;
}

const WORDS: Bilingual<Words> = {
  fr: {
    sum: (now, then, day) => `Comparé à ${then} : c’est ce qui est devenu ${now} le ${day}.`,
    divided: (now, day) =>
      `Pas de comparaison pour ${now} : le ${day}, une direction a été partagée, et un chiffre ne se partage pas.`,
    over: (now, day, ended, became, several) =>
      `Pas de comparaison pour ${now} : le ${day}, ${ended} ${several ? 'sont devenus' : 'est devenu'} ${became}, et ces chiffres sont encore comptés sous ${several ? 'les anciens noms' : 'l’ancien nom'}.`,
    inside: (now, day) =>
      `Pas de comparaison pour ${now} : l’organisation a changé le ${day}, au cours d’une des deux périodes.`,
  },
  en: {
    sum: (now, then, day) => `Compared with ${then}, which became ${now} on ${day}.`,
    divided: (now, day) =>
      `No comparison for ${now}: a direction was divided on ${day}, and a figure cannot be divided.`,
    over: (now, day, ended, became, several) =>
      `No comparison for ${now}: on ${day} ${ended} became ${became}, and these figures are still counted under the old name${several ? 's' : ''}.`,
    inside: (now, day) =>
      `No comparison for ${now}: the organisation changed on ${day}, inside one of the two periods.`,
  },
};

const inBoth = (say: (words: Words, lang: Language) => string): Bilingual<string> => {
  const [fr, en] = LANGUAGES.map((lang) => say(WORDS[lang], lang));
  return { fr: fr ?? '', en: en ?? '' };
};

const dayIn = (day: string, lang: Language): string => formatDay(lang, Date.parse(day), 'UTC');

const isInside = ({ day }: Succession, { firstDay, lastDay }: Days): boolean => firstDay < day && day <= lastDay;

/** `directions` are those of one cell of `period`; `earlier` ends before `period` begins. */
export function comparableWith(
  successions: readonly Succession[],
  directions: readonly string[],
  period: Days,
  earlier: Days,
): Comparable {
  // From just before the earlier period began, so that what changed inside it is seen too.
  const { kind, directions: then, through } = predecessorsOf(successions, directions, earlier.firstDay, period.lastDay);
  const [latest] = through;
  if (latest === undefined) return { kind: 'same', directions: [...directions] };
  const inside = through.find((each) => isInside(each, period) || isInside(each, earlier));
  if (kind === 'over' && !inside) {
    const { from, to, day } = through.at(-1) ?? latest;
    const ended = from.filter((name) => directions.includes(name) && !to.includes(name));
    return {
      kind: 'none',
      directions: [],
      says: inBoth((words, lang) =>
        words.over(
          labelOf(directions, lang),
          dayIn(day, lang),
          labelOf(ended, lang),
          labelOf(to, lang),
          ended.length > 1,
        ),
      ),
    };
  }
  if (inside || kind === 'split' || kind === 'over') {
    const day = inside?.day ?? through.at(-1)?.day ?? latest.day;
    const why = inside ? 'inside' : 'divided';
    return {
      kind: 'none',
      directions: [],
      says: inBoth((words, lang) => words[why](labelOf(directions, lang), dayIn(day, lang))),
    };
  }
  return {
    kind: 'sum',
    directions: then,
    says: inBoth((words, lang) => words.sum(labelOf(directions, lang), labelOf(then, lang), dayIn(latest.day, lang))),
  };
}
