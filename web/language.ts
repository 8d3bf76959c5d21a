/** French first, English beside it. */

export const LANGUAGES = ['fr', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The same thing in every language: the compiler refuses a table that lacks one. */
export type Bilingual<T> = Readonly<Record<Language, T>>;

const isLanguage = (value: unknown): value is Language => LANGUAGES.includes(value as Language);

/** The language a query string asks for with `lang=`, if any. */
export function chosenLanguage(query: unknown): Language | undefined {
  return isLanguage(query) ? query : undefined;
}

/**
 * The language of a page: the `lang` parameter of its query when that names one we speak, else the one that was chosen
 * before, else the first one we speak of the Accept-Language header (RFC 9110 §12.5.4), else French.
 */
export function pickLanguage(acceptLanguage: string | undefined, query: unknown, remembered?: Language): Language {
  return chosenLanguage(query) ?? remembered ?? preferred(acceptLanguage ?? '') ?? 'fr';
}

function preferred(acceptLanguage: string): Language | undefined {
  const wishes = acceptLanguage.split(',', 20).map((wish) => {
    const [range = '', ...parameters] = wish.trim().toLowerCase().split(';');
    const quality = parameters.map((each) => /^\s*q=([\d.]+)\s*$/.exec(each)?.[1]).find((each) => each !== undefined);
    return { language: range.split('-')[0], quality: quality === undefined ? 1 : Number(quality) };
  });
  return wishes
    .filter((wish): wish is { language: Language; quality: number } => isLanguage(wish.language) && wish.quality > 0)
    .sort((one, other) => other.quality - one.quality)[0]?.language;
}

/** The tag of a map like { fr: …, en-US: … } that fits `lang` best: the first of that language, else the first there is. */
export function closestTag(texts: Readonly<Record<string, string>>, lang: Language): string | undefined {
  const tags = Object.keys(texts);
  return tags.find((tag) => tag.toLowerCase().split('-')[0] === lang) ?? tags[0];
}

/** The text under the closest tag. */
export function inLanguage(texts: Readonly<Record<string, string>>, lang: Language): string | undefined {
  const tag = closestTag(texts, lang);
  return tag === undefined ? undefined : texts[tag];
}
