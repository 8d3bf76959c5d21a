/**
 * Enrolments that may not be shown by name to whoever sees these directions, because figures about them were published before
 * anybody saw names there. Rule 3 of published-cells.md makes atoms large enough for the perimeters of their day; for a
 * perimeter that is newer, and that would leave fewer than k others of an atom, what is frozen cannot be taken back: so it is
 * the names that are not given. A correspondent who is named before a period is published never meets this.
 */
import type { Store } from '../../lrs/index.ts';
import { METRICS } from '../metrics/index.ts';
import { cutUnits, PUBLICATIONS, type PublicationRecord } from '../privacy/index.ts';
import type { Query } from '../projection/database.ts';

export interface Withheld {
  /** Names of the periods, in order, whose cohorts are not shown whole. */
  periods: readonly string[];
  has(person: string, parcours: string): boolean;
  /** All of them. A parcours that is null stands for all of a person. */
  all: readonly { person: string; parcours: string | null }[];
}

interface Found {
  periods: readonly string[];
  units: ReadonlySet<string>;
}

const unitOf = (person: string, parcours: unknown): string => JSON.stringify([person, parcours ?? null]);

/** Metrics whose units correspondents see by name. */
const NOMINATIVE = METRICS.filter(({ family }) => family.nominative).map(({ name }) => name);

/** A unit that is a person has all of their parcours in it. */
const isIn = ({ units }: Found, person: string, parcours: string): boolean =>
  units.has(unitOf(person, parcours)) || units.has(unitOf(person, null));

/** Sets of directions for which it is kept: as many as correspondents may have. Most are empty. */
const KEPT = 500;

/** Reads the members of atoms once for each set of directions and state of the publications. */
export class PublishedBefore {
  readonly #store: Store;
  readonly #kept = new Map<string, { state: string; found: Found }>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** `query`: of the read model, for headcounts. */
  async withheld(query: Query, directions: readonly string[]): Promise<Withheld> {
    const key = JSON.stringify(directions.toSorted());
    const publications = await this.#publications();
    const state = JSON.stringify(
      publications.map(({ metric, period, atoms, publishedAt }) => [metric, period, atoms, publishedAt]),
    );
    const kept = this.#kept.get(key);
    const found = kept?.state === state ? kept.found : await this.#find(query, new Set(directions), publications);
    this.#kept.delete(key);
    this.#kept.set(key, { state, found });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return {
      periods: found.periods,
      has: (person, parcours) => isIn(found, person, parcours),
      all: [...found.units].map((unit) => {
        const [person, parcours] = JSON.parse(unit) as [string, string | null];
        return { person, parcours };
      }),
    };
  }

  async #publications(): Promise<PublicationRecord[]> {
    const found = await Promise.all(
      NOMINATIVE.map((metric) => this.#store.collection(PUBLICATIONS).find({ index: 'metric', equals: [metric] })),
    );
    return found.flat().flatMap(({ value }) => (value.state === 'published' ? [value] : []));
  }

  async #find(
    query: Query,
    perimeter: ReadonlySet<string>,
    publications: readonly PublicationRecord[],
  ): Promise<Found> {
    const units = new Set<string>();
    const periods = new Set<string>();
    for (const publication of publications) {
      const cut = await cutUnits(this.#store, query, publication, perimeter);
      if (cut.length > 0) periods.add(publication.period);
      for (const { person, leaf } of cut) units.add(unitOf(person, leaf[1]));
    }
    return { periods: [...periods].sort(), units };
  }
}
