import type { PublishedColumn } from './publish.ts';

/** A column with what it holds, in French and English. */
export const column = (name: string, type: string, fr: string, en: string, unit?: string): PublishedColumn => ({
  name,
  type,
  description: { fr, en },
  ...(unit !== undefined && { unit }),
});
