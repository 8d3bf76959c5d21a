/** Names of cells: « CAB et DAC » says what a figure holds. */
import type { Bilingual, Language } from '../../web/index.ts';

const COLLATORS: Bilingual<Intl.Collator> = { fr: new Intl.Collator('fr-FR'), en: new Intl.Collator('en-GB') };

const LISTS: Bilingual<Intl.ListFormat> = {
  fr: new Intl.ListFormat('fr-FR', { type: 'conjunction' }),
  en: new Intl.ListFormat('en-GB', { type: 'conjunction' }),
};

/** In the order of the language's dictionary. */
export const sortedNames = (names: readonly string[], lang: Language): string[] =>
  [...names].sort(COLLATORS[lang].compare);

/** « CAB et DAC », « CAB, DAC et DICOM ». */
export const labelOf = (names: readonly string[], lang: Language): string =>
  LISTS[lang].format(sortedNames(names, lang));
