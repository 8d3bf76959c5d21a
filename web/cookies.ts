/** What a browser remembers of how somebody reads the pages. Nothing of it says who. */
import { parseCookie, stringifySetCookie } from 'cookie';
import type { Request, Response } from 'express';
import { chosenLanguage, type Language } from './language.ts';

const LANGUAGE = 'livret_lang';
/** Written by assets/livret.js. */
const THEME = 'livret_theme';

/** Seconds. */
const A_YEAR = 365 * 86_400;

const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const cookie = (request: Request, name: string): string | undefined => parseCookie(request.get('cookie') ?? '')[name];

/** The language that was chosen before, if any. */
export const rememberedLanguage = (request: Request): Language | undefined => chosenLanguage(cookie(request, LANGUAGE));

/** Keeps the language that the address of this request names, if it names one that is not kept already. */
export function rememberLanguage(request: Request, response: Response): void {
  const value = chosenLanguage(request.query.lang);
  if (value === undefined || value === rememberedLanguage(request)) return;
  const { secure } = request;
  response.append(
    'Set-Cookie',
    stringifySetCookie({ name: LANGUAGE, value, path: '/', sameSite: 'lax', maxAge: A_YEAR, httpOnly: true, secure }),
  );
}

/** The theme that was chosen before; the system's by default. */
export function rememberedTheme(request: Request): Theme {
  const value = cookie(request, THEME);
  return THEMES.find((theme) => theme === value) ?? 'system';
}
