/** What can be asked of nominative progress. */
import { WRITING } from '../asking.ts';
import type { Parameter } from '../parameters.ts';
import { STATES } from './enrolment.ts';

/** Rows a page, and at most. */
export const ROWS = 100;
export const MOST = 1000;

/** Which enrolments, and which page of them. */
export const ASKED: readonly Parameter[] = [
  { name: 'direction', description: 'Only this one of your directions.' },
  { name: 'parcours', description: 'Only this parcours, by its IRI.' },
  { name: 'state', description: 'Only who is there.', values: [...STATES, 'late'] },
  { name: 'q', description: 'Only people with a name that begins with each of these words.' },
  { name: 'limit', description: `Rows of a page, at most ${MOST}.`, example: String(ROWS) },
  { name: 'after', description: '`next` of the page before.' },
];

/** Files have all pages. */
export const PROGRESS_PARAMETERS: readonly Parameter[] = [...ASKED, ...WRITING];

export const PERSON_PARAMETERS: readonly Parameter[] = [
  {
    name: 'person',
    description: 'Somebody who belongs to one of your directions, or did, by `person` of a row.',
    required: true,
  },
];
