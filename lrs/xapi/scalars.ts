/** The kinds of text the standard names: what each looks like. All checks are pure and take time linear in the text. */

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Standard string form (Data 4.4); any version and variant, either case. */
export const isUuid = (text: string): boolean => UUID.test(text);

// RFC 3987 leaves out white space, controls, <>"{}|\^` and lone surrogates; the first pattern is the fast way for ASCII.
const ASCII_IRI = /^[A-Za-z][A-Za-z0-9+.-]*:[!#-;=?-[\]_a-z~]+$/;
const ANY_IRI = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s\p{Cc}\p{Cs}<>"{}|\\^`]+$/u;

/** An IRI with its scheme (Data 4.3, RFC 3987): no relative reference, none of the characters an IRI cannot hold. */
export const isIri = (text: string): boolean => ASCII_IRI.test(text) || ANY_IRI.test(text);

const MAILTO = /^mailto:[^\s\p{Cc}\p{Cs}@?<>"{}|\\^`]+@[^\s\p{Cc}\p{Cs}@?<>"{}|\\^`]+$/u;

/** `mailto:` and an address (Data 2.4.2.3). */
export const isMailto = (text: string): boolean => MAILTO.test(text);

/** Text that UTF-8 can hold: no surrogate without its other half, which would become U+FFFD, like any other such. */
export const isUnicode = (text: string): boolean => !/\p{Cs}/u.test(text);

const SHA1 = /^[0-9a-f]{40}$/i;

/** A SHA-1 in hexadecimal. */
export const isSha1 = (text: string): boolean => SHA1.test(text);

const SHA2 = /^(?:[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128}|[0-9a-f]{56})$/i;

/** A SHA-256, -384, -512 or -224 in hexadecimal. */
export const isSha2 = (text: string): boolean => SHA2.test(text);

const MEDIA_TYPE = /^[\w!#$&^.+-]{1,127}\/[\w!#$&^.+-]{1,127}(?:\s*;\P{Cc}*)?$/u;

/** type/subtype, with or without parameters (RFC 2046). */
export const isMediaType = (text: string): boolean => MEDIA_TYPE.test(text);

const NUMBER = String.raw`\d+(?:[.,]\d+)?`;
const DURATION = new RegExp(
  `^P(?:${NUMBER}W|(?=[\\dT])(?:${NUMBER}Y)?(?:${NUMBER}M)?(?:${NUMBER}D)?(?:T(?=\\d)(?:${NUMBER}H)?(?:${NUMBER}M)?(?:${NUMBER}S)?)?)$`,
);
const FRACTION_BEFORE_THE_END = /[.,]\d+[A-Z]./;

/**
 * An ISO 8601 duration by components (4.4.3.2; Data 4.6): not the alternative format, no weeks beside anything else,
 * at least one component, one after T too, and a fraction in the last one only.
 */
export const isDuration = (text: string): boolean => DURATION.test(text) && !FRACTION_BEFORE_THE_END.test(text);

/** The duration as it is compared: cut at 0.01 s, never rounded (Data 4.6), zeros at the fraction's end dropped. */
export function comparableDuration(text: string): string {
  return text.replace(/[.,](\d+)S$/, (_, digits: string) => {
    const kept = withoutTrailingZeros(digits.slice(0, 2));
    return kept === '' ? 'S' : `.${kept}S`;
  });
}

/** Digits without the zeros at their end. By hand: /0+$/ takes quadratic time on zeros that are not at the end. */
export function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits[end - 1] === '0') end--;
  return digits.slice(0, end);
}
