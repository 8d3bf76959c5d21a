/** Periods as people name them. */
import { formatDay, type Language } from '../../web/index.ts';

/** '2021-11' → « novembre 2021 », '2021-Q4' → « 4e trimestre 2021 », '2021' → « 2021 ». */
export function periodName(lang: Language, name: string): string {
  const [, year = name, quarter, month] = /^(\d{4})(?:-Q(\d)|-(\d\d))?$/.exec(name) ?? [];
  if (quarter !== undefined) return QUARTERS[lang](quarter, year);
  return month === undefined
    ? year
    : formatDay(lang, Date.UTC(Number(year), Number(month) - 1), 'UTC').replace(/^\S+ /, '');
}

const QUARTERS: Record<Language, (quarter: string, year: string) => string> = {
  fr: (quarter, year) => `${quarter === '1' ? '1er' : `${quarter}e`} trimestre ${year}`,
  en: (quarter, year) => `Q${quarter} ${year}`,
};

/** After a noun: « du 4e trimestre 2021 », « de novembre 2021 », « d’avril 2021 », « de 2021 ». */
export function ofPeriod(lang: Language, name: string): string {
  const named = periodName(lang, name);
  if (lang === 'en') return `of ${named}`;
  if (name.includes('Q')) return `du ${named}`;
  return /^[ao]/.test(named) ? `d’${named}` : `de ${named}`;
}

/** '2021-12-31' → « 31 décembre 2021 ». */
export const dayName = (lang: Language, day: string): string => formatDay(lang, Date.parse(day), 'UTC');
