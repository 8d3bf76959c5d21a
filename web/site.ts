/** What the site says of itself on every page. */

/** What an audit against the RGAA found: no conformity (or no audit), partial, full. */
export type Accessibility = 'none' | 'partial' | 'full';

export interface Site {
  /** Marianne, the bloc-marque and the favicon of the State: for a body that the State lets use them. */
  stateMarks: boolean;
  /** Who runs the site, as its bloc-marque says: « Ministère de l’Intérieur ». */
  ministry?: string | undefined;
  accessibility: Accessibility;
  /** Where people write to: a web address, or `mailto:` one. */
  contact?: string | undefined;
}

/** A site of which nothing was said. */
export const UNNAMED_SITE: Site = { stateMarks: false, accessibility: 'none' };
