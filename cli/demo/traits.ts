/** How people are: what each direction has more of than the others, which is what the reports should find again. */
import { chanceOf } from './chance.ts';

export interface Traits {
  /** Always at an hour of their own on a day of their own; at any; or from the one to the other in the course of a parcours. */
  rhythm: 'regular' | 'improving' | 'irregular';
  /** Calls the tutor in most modules, not in few. */
  calls: boolean;
  /** Learns before or after the hours of work. */
  offHours: boolean;
  /** Comes back soon after an interruption. */
  resumes: boolean;
  /** Does not give up. */
  finishes: boolean;
}

/** How many of a direction are so, from 0 to 1. */
export interface Mix {
  regular: number;
  improving: number;
  calls: number;
  offHours: number;
  resumes: number;
  finishes: number;
}

const ELSEWHERE: Mix = { regular: 0.25, improving: 0.1, calls: 0.2, offHours: 0.08, resumes: 0.8, finishes: 0.5 };

const MIXES: Record<string, Partial<Mix>> = {
  DRH: { resumes: 0.95 },
  DTNUM: { regular: 0.15, resumes: 0.05 },
  DEPAFI: { regular: 0.9, improving: 0.05 },
  DMAT: { regular: 0.04, improving: 0.9, finishes: 0.75 },
  DLPAJ: { finishes: 0.98 },
  DICOM: { calls: 0.9 },
  'Préfecture de La Réunion': { offHours: 0.85 },
};

export const mixOf = (direction: string): Mix => ({ ...ELSEWHERE, ...MIXES[direction] });

/** Of one person of a direction. */
export function traitsOf(seed: number, rio: string, direction: string): Traits {
  const { next, happens } = chanceOf(seed, 'traits', rio);
  const { regular, improving, calls, offHours, resumes, finishes } = mixOf(direction);
  const drawn = next();
  return {
    rhythm: drawn < regular ? 'regular' : drawn < regular + improving ? 'improving' : 'irregular',
    calls: happens(calls),
    offHours: happens(offHours),
    resumes: happens(resumes),
    finishes: happens(finishes),
  };
}
