/** Who can log in to the demonstration: nobody real. */
import type { Traits } from './traits.ts';

/** Home page of the demo people's accounts: what their statements and the import name. */
export const HOME_PAGE = 'https://sso.demo.example';

/** As the identity provider knows them: French attribute names, and its own names for directions and profiles. */
export interface DemoPerson {
  /** Stable identifier of an agent. */
  rio: string;
  sn: string;
  givenName: string;
  mail: string;
  direction: string;
  service: string;
  site: string;
  profil: string;
}

/** Somebody to log in as, and what is worth seeing then. */
export interface DemoLogin extends DemoPerson {
  shows: { fr: string; en: string };
  /** Comes in by the import of people; otherwise only by logging in. */
  imported: boolean;
  /** How they learn, where it is not left to chance. */
  traits?: Partial<Traits>;
}

/** What the provider sends → what Livret calls it. One direction and one profile that are sent are missing here on purpose. */
export const DIRECTIONS = { 'SG/DRH': 'DRH', 'SG/DTNUM': 'DTNUM', 'SG/DEPAFI': 'DEPAFI' } as const;
export const PROFILES = {
  'TUTEUR-FORMATION': 'tutor',
  'CORRESPONDANT-FORMATION': 'correspondent',
  'ANALYSTE-FORMATION': 'analyst',
  'ADMINISTRATEUR-LIVRET': 'administrator',
} as const;

type Direction = keyof typeof DIRECTIONS;

const SERVICES: Record<Direction, string> = {
  'SG/DRH': 'Bureau des parcours',
  'SG/DTNUM': 'Bureau des services numériques',
  'SG/DEPAFI': 'Bureau du budget',
};

/** `number` tells people of one name apart. */
export const mailOf = (givenName: string, sn: string, number = ''): string =>
  `${givenName}.${sn}${number}@demo.example`
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\w.@-]+/g, '-')
    .toLowerCase();

function person(rio: number, givenName: string, sn: string, direction: string, profil = 'AGENT'): DemoPerson {
  const service = SERVICES[direction as Direction] ?? 'Mission';
  const site = rio % 2 === 0 ? 'Paris' : 'Lognes';
  return { rio: String(rio), sn, givenName, mail: mailOf(givenName, sn), direction, service, site, profil };
}

/** RIO of the tutor among them, who answers calls. */
export const TUTOR = '1000003';

/** RIO of the analyst among them, who is one of the whole ministry by a role that is granted. */
export const ANALYST = '1000005';

/** One of each role, and two whose attributes do not fit the settings. */
export const LOGINS: readonly DemoLogin[] = [
  {
    ...person(1000001, 'Camille', 'Roussel', 'SG/DRH'),
    shows: { fr: 'Agent à la DRH : son parcours et ses rythmes', en: 'Agent in the DRH: own course and rhythm' },
    imported: true,
    traits: { rhythm: 'improving', calls: false, offHours: false, resumes: true, finishes: true },
  },
  {
    ...person(1000002, 'Yanis', 'Benali', 'SG/DTNUM'),
    shows: { fr: 'Agent à la DTNUM', en: 'Agent in the DTNUM' },
    imported: true,
    traits: { rhythm: 'irregular', calls: true, offHours: true, resumes: false, finishes: false },
  },
  {
    ...person(1000003, 'Hélène', 'Marchand', 'SG/DRH', 'TUTEUR-FORMATION'),
    shows: { fr: 'Tutrice à la DRH', en: 'Tutor in the DRH' },
    imported: true,
  },
  {
    ...person(1000004, 'Thomas', 'Lefèvre', 'SG/DRH', 'CORRESPONDANT-FORMATION'),
    shows: { fr: 'Correspondant de formation de la DRH', en: 'Training correspondent of the DRH' },
    imported: true,
  },
  {
    ...person(1000005, 'Nicolas', 'Perrin', 'SG/DTNUM', 'ANALYSTE-FORMATION'),
    shows: { fr: 'Analyste de tout le ministère', en: 'Analyst of the whole ministry' },
    imported: true,
  },
  {
    ...person(1000006, 'Sophie', 'Garnier', 'SG/DTNUM', 'ADMINISTRATEUR-LIVRET'),
    shows: { fr: 'Administratrice', en: 'Administrator' },
    imported: true,
  },
  {
    ...person(1000007, 'Malo', 'Le Goff', 'SG/MISSION-OUTRE-MER'),
    shows: {
      fr: 'Direction inconnue de Livret : à placer',
      en: 'Direction that Livret does not know: to be placed',
    },
    imported: false,
  },
  {
    ...person(1000008, 'Inès', 'Fabre', 'SG/DEPAFI', 'CHEF-DE-BUREAU'),
    shows: {
      fr: 'Profil inconnu de Livret : agent, sans plus',
      en: 'Profile that Livret does not know: an agent, no more',
    },
    imported: true,
  },
];
