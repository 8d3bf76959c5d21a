/** What is sent from the form of a subscription, read. Pure. */
import { type FieldError, LANGUAGES, type Language } from '../../web/index.ts';
import { type Choice, FREQUENCIES, SECTIONS } from './subscription.ts';
import { words } from './words.ts';

/** What was filled in, right or not. */
export interface Filled {
  lang: string;
  frequency: string;
  sections: readonly string[];
  /** Empty: all. */
  direction: string;
}

/** Id of the field that an error about the sections leads to: a group cannot be focused. */
export const FIRST_SECTION = `section-${SECTIONS[0]}`;

const listOf = (value: unknown): string[] => [value].flat().filter((each): each is string => typeof each === 'string');
const oneOf = <T extends string>(values: readonly T[], value: string): T | undefined =>
  values.find((each) => each === value);

export function filledIn(body: Record<string, unknown>): Filled {
  const [lang = ''] = listOf(body.language);
  const [frequency = ''] = listOf(body.frequency);
  const [direction = ''] = listOf(body.direction);
  return { lang, frequency, sections: listOf(body.section), direction };
}

/** The choice, or what is wrong with it. `directions`: those that the reader may name. */
export function readChoice(filled: Filled, directions: readonly string[], lang: Language): Choice | FieldError[] {
  const say = words[lang].errors;
  const language = oneOf(LANGUAGES, filled.lang);
  const frequency = oneOf(FREQUENCIES, filled.frequency);
  const sections = SECTIONS.filter((each) => filled.sections.includes(each));
  const { direction } = filled;
  const errors: FieldError[] = [];
  if (sections.length === 0) errors.push({ field: FIRST_SECTION, message: say.sections });
  if (!frequency) errors.push({ field: 'frequency', message: say.frequency });
  if (direction !== '' && !directions.includes(direction)) errors.push({ field: 'direction', message: say.direction });
  if (!language) errors.push({ field: 'language', message: say.language });
  if (!language || !frequency || errors.length > 0) return errors;
  return { lang: language, frequency, sections, ...(direction !== '' && { direction }) };
}
