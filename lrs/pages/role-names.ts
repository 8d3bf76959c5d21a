/** Roles, as pages name them. */
import type { Bilingual } from '../../web/index.ts';
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
