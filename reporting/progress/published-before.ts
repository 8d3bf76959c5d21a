/**
 * Enrolments that may not be shown by name to whoever sees these directions, because figures about them were published before
 * anybody saw names there. Rule 3 of published-cells.md makes atoms large enough for the perimeters of their day; for a
 * perimeter that is newer, and that would leave fewer than k others of an atom, what is frozen cannot be taken back: so it is
 * the names that are not given. A correspondent who is named before a period is published never meets this.
 *
 * Nor may one be shown that was counted somewhere else: a late correction can bring an enrolment into a perimeter, and whoever
 * read that name would know one of the others in an atom that was made large enough for them without.
 */
import type { Store } from '../../lrs/index.ts';
import { METRICS } from '../metrics/index.ts';
import { countedAt, cutUnits, type Name, PUBLICATIONS, publicationId, readHeads } from '../privacy/index.ts';
import type { Query } from '../projection/database.ts';
import { listOf } from './enrolment.ts';

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

/** Another revision after every change. */
type Published = Name & { revision: number };

/** Where a unit was counted. */
interface Counted {
  period: string;
  direction: string;
}

const SEEN = `SELECT person, parcours FROM enrolments WHERE direction IN ${listOf('directions')}`;

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
  #counted: { state: string; units: ReadonlyMap<string, readonly Counted[]> } | undefined;

  constructor(store: Store) {
    this.#store = store;
  }

  /** `query`: of the read model, for headcounts. */
  async withheld(query: Query, directions: readonly string[]): Promise<Withheld> {
    const key = JSON.stringify(directions.toSorted());
    const publications = await this.#publications();
    const state = JSON.stringify(publications);
    const kept = this.#kept.get(key);
    const found = kept?.state === state ? kept.found : await this.#find(query, new Set(directions), publications);
    this.#kept.delete(key);
    this.#kept.set(key, { state, found });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest);
    const elsewhere = await this.#countedElsewhere(query, directions, publications, state);
    const both: Found = {
      periods: [...new Set([...found.periods, ...elsewhere.periods])].sort(),
      units: new Set([...found.units, ...elsewhere.units]),
    };
    return {
      periods: both.periods,
      has: (person, parcours) => isIn(both, person, parcours),
      all: [...both.units].map((unit) => {
        const [person, parcours] = JSON.parse(unit) as [string, string | null];
        return { person, parcours };
      }),
    };
  }

  /** Of those who stand in these directions by now, who was counted in others. */
  async #countedElsewhere(
    query: Query,
    directions: readonly string[],
    publications: readonly Published[],
    state: string,
  ): Promise<Found> {
    if (publications.length === 0) return { periods: [], units: new Set() };
    if (this.#counted?.state !== state) this.#counted = { state, units: await this.#countedBy(publications) };
    const perimeter = new Set(directions);
    const periods = new Set<string>();
    const units = new Set<string>();
    for (const { person, parcours } of await query(SEEN, { directions: JSON.stringify(directions) })) {
      const unit = unitOf(String(person), parcours);
      for (const { period, direction } of this.#counted.units.get(unit) ?? []) {
        if (perimeter.has(direction)) continue;
        periods.add(period);
        units.add(unit);
      }
    }
    return { periods: [...periods], units };
  }

  async #countedBy(publications: readonly Published[]): Promise<ReadonlyMap<string, readonly Counted[]>> {
    const units = new Map<string, Counted[]>();
    for (const { metric, period } of publications) {
      for (const { person, leaf } of await countedAt(this.#store, { metric, period })) {
        const unit = unitOf(person, leaf[1]);
        units.set(unit, [...(units.get(unit) ?? []), { period, direction: leaf[0] }]);
      }
    }
    return units;
  }

  async #publications(): Promise<Published[]> {
    const heads = await Promise.all(NOMINATIVE.map((metric) => readHeads(this.#store, metric)));
    return heads
      .flat()
      .filter(({ state }) => state === 'published')
      .map(({ metric, period, revision }) => ({ metric, period, revision }));
  }

  async #find(query: Query, perimeter: ReadonlySet<string>, publications: readonly Published[]): Promise<Found> {
    const units = new Set<string>();
    const periods = new Set<string>();
    for (const publication of publications) {
      const record = await this.#store.collection(PUBLICATIONS).get(publicationId(publication));
      const cut = record ? await cutUnits(this.#store, query, record.value, perimeter) : [];
      if (cut.length > 0) periods.add(publication.period);
      for (const { person, leaf } of cut) units.add(unitOf(person, leaf[1]));
    }
    return { periods: [...periods].sort(), units };
  }
}
