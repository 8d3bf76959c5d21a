/** Roles, as pages name them. */
import type { Bilingual, Language } from '../../web/index.ts';
import type { Role } from '../directory/index.ts';

export const roleNames: Bilingual<Record<Role, string>> = {
  fr: {
    agent: 'Agent',
    tutor: 'Tuteur',
    correspondent: 'Correspondant de formation',
    analyst: 'Analyste',
    administrator: 'Administrateur',
  },
  en: {
    agent: 'Agent',
    tutor: 'Tutor',
    correspondent: 'Training correspondent',
    analyst: 'Analyst',
    administrator: 'Administrator',
  },
};

/** Those that reach as far as a direction; an agent reaches only themselves, an administrator everywhere. */
const BOUND: readonly Role[] = ['tutor', 'correspondent', 'analyst'];

const EVERYWHERE: Bilingual<string> = { fr: 'toutes les directions', en: 'all directions' };

/** A role with where it holds: « Tuteur (DRH) ». */
export function roleText(lang: Language, { role, direction }: { role: Role; direction?: string }): string {
  const name = roleNames[lang][role];
  return BOUND.includes(role) ? `${name} (${direction ?? EVERYWHERE[lang]})` : name;
}
