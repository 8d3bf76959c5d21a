/** What the reader of nominative progress may choose from, and how it is called. */
import type { Store } from '../../lrs/index.ts';
import type { Language } from '../../web/index.ts';
import { activityNames } from '../activity-names.ts';
import type { Projection } from '../projection/projection.ts';
import { listOf } from './enrolment.ts';

const PARCOURS = `SELECT DISTINCT parcours FROM enrolments WHERE direction IN ${listOf('directions')}`;

/** The parcours that enrolments of these directions are in. */
export async function parcoursIn(
  projection: Pick<Projection, 'snapshot'>,
  directions: readonly string[],
): Promise<string[]> {
  const rows = await projection.snapshot(({ query }) => query(PARCOURS, { directions: JSON.stringify(directions) }));
  return rows.map(({ parcours }) => String(parcours));
}

/** Names of activities in one language, each looked up once. */
export class ActivityNames {
  readonly #store: Pick<Store, 'activities'>;
  readonly #lang: Language;
  readonly #names = new Map<string, string>();

  constructor(store: Pick<Store, 'activities'>, lang: Language) {
    this.#store = store;
    this.#lang = lang;
  }

  /** Resolves once `of` knows these. */
  async learn(iris: Iterable<string>): Promise<void> {
    const unknown = [...new Set(iris)].filter((iri) => !this.#names.has(iri));
    const names = await activityNames(this.#store, unknown);
    for (const iri of unknown) this.#names.set(iri, names(iri, this.#lang));
  }

  /** The IRI itself where it has no name. */
  readonly of = (iri: string): string => this.#names.get(iri) ?? iri;
}
