/** What every component may know of the page it stands in, without being handed it. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Language } from './language.ts';

export interface PageVisitor {
  name: string;
  csrf: string;
}

export interface PageContext {
  lang: Language;
  /** Path and query as the browser asked for them. */
  path: string;
  /** The token that the forms of whoever is logged in carry. */
  csrf?: string;
}

export const CurrentPage = createContext<PageContext>({ lang: 'fr', path: '/' });

/** The page around a component; call it in components only. Outside of any page: French, at the root. */
export const usePage = (): PageContext => useContext(CurrentPage);
