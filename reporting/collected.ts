/** Reports that are put together from the cells of several metrics or periods. */
import { hasCode } from '../lrs/index.ts';
import type { Answer } from './answer.ts';
import type { Writing } from './asking.ts';
import type { Export } from './exports/index.ts';
import type { Asked } from './find-figures.ts';
import { type Given, notOneOf, type Parameter } from './parameters.ts';
import type { Reports } from './reports.ts';
import type { Target } from './targets/index.ts';

/** Where they come from: published cells alone, within the reader's reach. */
export interface Sources {
  reports: Pick<Reports, 'periodsBetween' | 'closedPeriodsFrom' | 'lastClosedPeriod'> & {
    publishedPeriods(report: string): Promise<string[]>;
  };
  /** Answers a question; at the console it publishes first. Rejects as Reports.read does. */
  ask(asked: Asked): Promise<Answer>;
  /** The same of what is published already: publishes nothing. */
  look(asked: Asked): Promise<Answer>;
  targets(): Promise<readonly Target[]>;
  /** Directions that the reader may name, those above them in the tree included. */
  directions(): Promise<readonly string[]>;
}

export interface Collection {
  json: unknown;
  exported(): Promise<Export>;
  /** Name of its file between `livret-` and the ending. */
  stem: string;
}

export interface Collected {
  /** In the URL and on the command line; none of a metric's. */
  name: string;
  /** What it answers, in a sentence. */
  summary: string;
  parameters: readonly Parameter[];
  collect(sources: Sources, given: Given, writing: Writing): Promise<Collection>;
}

/** Throws `request.parameter` for a direction that the reader may not name. */
export async function requireDirection({ directions }: Sources, direction: string | undefined): Promise<void> {
  if (direction === undefined) return;
  const known = await directions();
  if (!known.includes(direction)) throw notOneOf('direction', known);
}

/** An answer, or nothing where the direction or the parcours is none of that publication: nobody of it has contributed. */
export async function askWhere<T>({ ask }: { ask(asked: Asked): Promise<T> }, asked: Asked): Promise<T | undefined> {
  try {
    return await ask(asked);
  } catch (error) {
    const named = asked.direction !== undefined || asked.parcours !== undefined;
    if (named && hasCode(error, 'request.parameter')) return undefined;
    throw error;
  }
}
