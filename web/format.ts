/** Numbers and dates as people read them. Intl objects are made once: one costs 7 to 40 µs, more than the cell around it. */
import type { Language } from './language.ts';

const LOCALES = { fr: 'fr-FR', en: 'en-GB' } as const;

/** A function kept for each of its arguments. */
function once<Key extends string, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, Value>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}

const numberFormat = once((key: `${Language}:${number}`) => {
  const [lang, digits] = key.split(':') as [Language, string];
  return new Intl.NumberFormat(LOCALES[lang], { maximumFractionDigits: Number(digits) });
});

const shortFormat = once(
  (lang: Language) => new Intl.NumberFormat(LOCALES[lang], { notation: 'compact', maximumSignificantDigits: 2 }),
);

const percentFormat = once((key: `${Language}:${number}`) => {
  const [lang, digits] = key.split(':') as [Language, string];
  return new Intl.NumberFormat(LOCALES[lang], { style: 'percent', maximumFractionDigits: Number(digits) });
});

type DateStyle = 'day' | 'minute';

const dateFormat = once((key: `${Language}|${DateStyle}|${string}`) => {
  const [lang, style, timeZone] = key.split('|') as [Language, DateStyle, string];
  const hour = style === 'minute' ? ({ timeStyle: 'short' } as const) : {};
  return new Intl.DateTimeFormat(LOCALES[lang], { dateStyle: 'long', ...hour, timeZone });
});

let siteTimeZone = 'Europe/Paris';

/** Said once, by main: the civil time that dates are written in where no other is asked for. */
export function setTimeZone(timeZone: string): void {
  siteTimeZone = timeZone;
}

const UNITS: Record<Language, readonly string[]> = {
  fr: ['o', 'ko', 'Mo', 'Go', 'To'],
  en: ['B', 'kB', 'MB', 'GB', 'TB'],
};

/** Intl writes a hyphen where print has a minus. */
const withMinus = (text: string): string => text.replace(/^-/, '\u2212');

/** 1234.5 → « 1 234,5 » in French, "1,234.5" in English; at most `digits` decimals (2). */
export function formatNumber(lang: Language, value: number, digits = 2): string {
  return withMinus(numberFormat(`${lang}:${digits}`).format(value));
}

/** Where there is little room: 12345 → « 12 k ». */
export const formatShort = (lang: Language, value: number): string => shortFormat(lang).format(value);

/** A share: 0.865 → « 86,5 % » in French, "86.5%" in English; at most `digits` decimals (1). */
export function formatPercent(lang: Language, share: number, digits = 1): string {
  return withMinus(percentFormat(`${lang}:${digits}`).format(share));
}

/** Milliseconds since 1970 → « 23 novembre 2026 à 9 h 05 », "23 November 2026 at 09:05", in the site's time zone or another. */
export function formatDate(lang: Language, milliseconds: number, timeZone = siteTimeZone): string {
  const date = withOrdinal(lang, dateFormat(`${lang}|minute|${timeZone}`).format(milliseconds));
  return lang === 'fr' ? date.replace(/0?(\d+):(\d\d)$/, '$1\u00a0h\u00a0$2') : date;
}

/** Milliseconds since 1970 → « 23 novembre 2026 ». */
export function formatDay(lang: Language, milliseconds: number, timeZone = siteTimeZone): string {
  return withOrdinal(lang, dateFormat(`${lang}|day|${timeZone}`).format(milliseconds));
}

/** Intl writes « 1 janvier »; French says « 1er janvier », of the first day alone. */
const withOrdinal = (lang: Language, date: string): string => (lang === 'fr' ? date.replace(/^1 /, '1er ') : date);

/** Bytes → « 4,3 Mo ». */
export function formatBytes(lang: Language, bytes: number): string {
  const power = Math.min(4, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  return `${formatNumber(lang, bytes / 1000 ** power, 1)}\u00a0${UNITS[lang][power]}`;
}

/** « Fuseau horaire : Europe/Paris », "Time zone: Europe/Paris". */
export const labelled = (lang: Language, label: string, value: string): string =>
  `${label}${lang === 'fr' ? '\u00a0: ' : ': '}${value}`;

/** What has commas of its own, in one line. */
export const inLine = (lang: Language, parts: readonly string[]): string =>
  parts.join(lang === 'fr' ? '\u00a0; ' : '; ');
