/** What the pages of reports read with: published cells, within the reader's reach, in the reader's language. */
import type { Action } from '../../../lrs/index.ts';
import type { Language } from '../../../web/index.ts';
import { askWhere, type Sources } from '../../collected.ts';
import type { Asked } from '../../find-figures.ts';
import type { Given, Parameter } from '../../parameters.ts';
import { MINISTRY } from '../../privacy/index.ts';
import type { Shown } from '../../reports.ts';
import type { ChosenParcours } from './parcours.ts';

export interface Reading {
  lang: Language;
  /** The period that is shown: the one asked for, else the newest that is published. */
  period: string;
  /** An earlier period to stand beside it. */
  compare?: string;
  /** A period that was asked for beside it and is no earlier one. */
  notEarlier?: string;
  direction?: string;
  /** A direction that was asked for and is none that the reader may see. */
  notYours?: string;
  /** Whether the reader sees the figures of all directions. */
  seesAll: boolean;
  parcours?: ChosenParcours;
  /** Everything in the address, checked. */
  given: Given;
  /** Periods of which anything is published, the newest first. */
  periods: readonly string[];
  /** Directions that the reader may name, in the order of the language. */
  directions: readonly string[];
  sources: Sources;
  /** Milliseconds: how far the reports have followed the store. */
  freshness: number;
  /** Days between the end of a period and its publication by itself. */
  publishDelay: number;
  show(asked: Asked): Promise<Shown>;
  /** Whether the reader may open what this right opens. */
  may(action: Action): boolean;
}

/** The language comes with the address too: the links between languages put it there. */
export const PAGE_PARAMETERS: readonly Parameter[] = [
  { name: 'period', description: 'A period, by its name.', example: '2021-Q4' },
  { name: 'compare', description: 'An earlier period, or `none`.' },
  { name: 'direction', description: 'A direction, with all that is below it.' },
  { name: 'lang', description: 'Language of the page.' },
];

/** What is shown of one report; undefined where nobody of the direction has contributed to it. */
export async function showWhere(reading: Reading, asked: Omit<Asked, 'period'>): Promise<Shown | undefined> {
  const { period, compare, direction, parcours } = reading;
  return askWhere<Shown>(
    { ask: reading.show },
    {
      period,
      ...(compare !== undefined && { compare }),
      ...(direction !== undefined && { direction }),
      ...(parcours !== undefined && { parcours: parcours.id }),
      ...asked,
    },
  );
}

/** Whether less than the whole ministry is asked for. Who sees a part of it alone is shown all of it too, where none is chosen. */
export const isPart = ({ direction, parcours }: Reading): boolean => direction !== undefined || parcours !== undefined;

/** The direction that is asked about, or the ministry. */
export const placeOf = ({ lang, direction }: Reading): string => direction ?? MINISTRY[lang];
