/** Language tags (RFC 5646), and which of a map's languages a reader wants (RFC 9110 §12.5.4). */

// RFC 5646 §2.1: language (with extlang), script, region, variants, extensions, private use.
const LANGTAG =
  /^(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?<variants>(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*)(?<extensions>(?:-[a-wyz\d](?:-[a-z\d]{2,8})+)*)(?:-x(?:-[a-z\d]{1,8})+)?$/i;
const PRIVATE_USE = /^x(?:-[a-z\d]{1,8})+$/i;
const GRANDFATHERED = new Set(
  'en-gb-oed i-ami i-bnn i-default i-enochian i-hak i-klingon i-lux i-mingo i-navajo i-pwn i-tao i-tay i-tsu sgn-be-fr sgn-be-nl sgn-ch-de'.split(
    ' ',
  ),
);
const SIMPLE = /^[a-z]{2,3}(?:-[A-Z]{2})?$/;

/** Whether the tag is well-formed, no variant and no extension's letter standing twice (RFC 5646 §2.2.9). */
export function isLanguageTag(text: string): boolean {
  if (SIMPLE.test(text)) return true;
  const match = LANGTAG.exec(text);
  if (match === null) return PRIVATE_USE.test(text) || GRANDFATHERED.has(text.toLowerCase());
  const lower = (name: string) => match.groups?.[name]?.toLowerCase().split('-').slice(1) ?? [];
  const letters = lower('extensions').filter((subtag) => subtag.length === 1);
  return isDistinct(lower('variants')) && isDistinct(letters);
}

const isDistinct = (list: string[]): boolean => new Set(list).size === list.length;

/**
 * The languages of an Accept-Language header, most wanted first, those of weight 0 left out. What is not a language
 * range is passed over: a header we cannot read is no reason to refuse an answer.
 */
export function preferredLanguages(header: string | undefined): string[] {
  return (header ?? '')
    .split(',')
    .slice(0, 50)
    .map((part) => {
      const [range = '', ...parameters] = part.split(';').map((piece) => piece.trim());
      const weight = parameters.find((parameter) => /^q=/i.test(parameter))?.slice(2);
      return { range, weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ range, weight }) => weight > 0 && (range === '*' || isLanguageTag(range)))
    .sort((a, b) => b.weight - a.weight)
    .map(({ range }) => range);
}

/**
 * The one key of a language map that suits best: an exact tag, then one more special than what is wanted (fr → fr-CA),
 * then one more general (fr-CA → fr), for each wanted language in turn; else the map's first. Undefined for an empty map.
 */
export function chooseLanguage(map: Record<string, string>, languages: readonly string[]): string | undefined {
  const tags = Object.keys(map);
  for (const wanted of languages) {
    if (wanted === '*') break;
    for (let range = wanted.toLowerCase(); range !== ''; range = range.slice(0, Math.max(0, range.lastIndexOf('-')))) {
      const found =
        tags.find((tag) => tag.toLowerCase() === range) ??
        tags.find((tag) => tag.toLowerCase().startsWith(`${range}-`));
      if (found !== undefined) return found;
    }
  }
  return tags[0];
}
