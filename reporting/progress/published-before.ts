/**
 * Enrolments that may not be shown by name to whoever sees these directions, because figures about them were published before
 * anybody saw names there. Rule 3 of published-cells.md makes atoms large enough for the perimeters of their day; for a
 * perimeter that is newer, and that would leave fewer than k others of an atom, what is frozen cannot be taken back: so it is
 * the names that are not given. A correspondent who is named before a period is published never meets this.
 *
 * Nor may one be shown that was counted somewhere else: a late correction can bring an enrolment into a perimeter, and whoever
 * read that name would know one of the others in an atom that was made large enough for them without.
 */
import type { Directory } from '../../lrs/directory/index.ts';
import type { Store } from '../../lrs/index.ts';
import { METRICS } from '../metrics/index.ts';
import {
  cutUnits,
  idsNow,
  type Name,
  PUBLICATIONS,
  peopleKnown,
  publicationId,
  readHeads,
  readUnits,
} from '../privacy/index.ts';
import type { Query } from '../projection/database.ts';
import { listOf } from './enrolment.ts';
import { FoundOnce } from './found-once.ts';

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

/** Ids that people were counted under who were merged into somebody else since, by the id that they have now. */
type Merged = ReadonlyMap<string, readonly string[]>;

const SEEN = `SELECT person, parcours FROM enrolments WHERE direction IN ${listOf('directions')}`;

const unitOf = (person: string, parcours: unknown): string => JSON.stringify([person, parcours ?? null]);
const personIn = (unit: string): [person: string, parcours: string | null] => JSON.parse(unit);

/** Metrics whose units correspondents see by name. */
const NOMINATIVE = METRICS.filter(({ family }) => family.nominative).map(({ name }) => name);

/** A unit that is a person has all of their parcours in it. */
const isIn = ({ units }: Found, person: string, parcours: string): boolean =>
  units.has(unitOf(person, parcours)) || units.has(unitOf(person, null));

/** Sets of directions for which it is kept: as many as correspondents may have. Most are empty. */
const KEPT = 500;

/** Who was counted where, and every person of them. */
interface CountedUnits {
  units: ReadonlyMap<string, readonly Counted[]>;
  people: ReadonlySet<string>;
}

/**
 * Reads the members of atoms once for each set of directions and state of the publications. What is being read is kept too:
 * after a publication many open their pages at a time, and each would read all cohorts.
 */
export class PublishedBefore {
  readonly #store: Store;
  readonly #directory: Pick<Directory, 'leadsTo'>;
  readonly #kept = new Map<string, FoundOnce<Found>>();
  readonly #counted = new FoundOnce<CountedUnits>();
  readonly #merged = new FoundOnce<Merged>();

  constructor(store: Store, directory: Pick<Directory, 'leadsTo'>) {
    this.#store = store;
    this.#directory = directory;
  }

  /** `query`: of the read model, for headcounts. */
  async withheld(query: Query, directions: readonly string[]): Promise<Withheld> {
    const publications = await this.#publications();
    const state = JSON.stringify(publications);
    const found = await this.#keptFor(directions).of(state, () => this.#find(query, new Set(directions), publications));
    const { units: counted, people } = await this.#counted.of(state, () => this.#countedBy(publications));
    const [directory] = await query("SELECT value FROM meta WHERE key = 'directory'");
    const merged = await this.#merged.of(`${directory?.value} ${state}`, () => this.#mergedSince(query, people));
    const elsewhere = await countedElsewhere(query, directions, counted, merged);
    const both: Found = {
      periods: [...new Set([...found.periods, ...elsewhere.periods])].sort(),
      units: new Set([...found.units, ...underTheirIds(found.units, merged), ...elsewhere.units]),
    };
    return {
      periods: both.periods,
      has: (person, parcours) => isIn(both, person, parcours),
      all: [...both.units].map((unit) => {
        const [person, parcours] = personIn(unit);
        return { person, parcours };
      }),
    };
  }

  /** Those asked for last are kept longest. */
  #keptFor(directions: readonly string[]): FoundOnce<Found> {
    const key = JSON.stringify(directions.toSorted());
    const kept = this.#kept.get(key) ?? new FoundOnce<Found>();
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return kept;
  }

  /** Asked of those whom the read model does not know any more. */
  async #mergedSince(query: Query, people: ReadonlySet<string>): Promise<Merged> {
    const idOf = await idsNow(people, await peopleKnown(query), this.#directory.leadsTo);
    const ids = new Map<string, string[]>();
    for (const person of people) {
      const now = idOf(person);
      if (now !== person) ids.set(now, [...(ids.get(now) ?? []), person]);
    }
    return ids;
  }

  async #countedBy(publications: readonly Published[]): Promise<CountedUnits> {
    const units = new Map<string, Counted[]>();
    const people = new Set<string>();
    for (const { metric, period } of publications) {
      for (const { person, leaf } of await readUnits(this.#store, { metric, period })) {
        const unit = unitOf(person, leaf[1]);
        units.set(unit, [...(units.get(unit) ?? []), { period, direction: leaf[0] }]);
        people.add(person);
      }
    }
    return { units, people };
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

/** Of those who stand in these directions by now, who was counted in others. */
async function countedElsewhere(
  query: Query,
  directions: readonly string[],
  counted: ReadonlyMap<string, readonly Counted[]>,
  merged: Merged,
): Promise<Found> {
  const perimeter = new Set(directions);
  const periods = new Set<string>();
  const units = new Set<string>();
  if (counted.size === 0) return { periods: [], units };
  for (const row of await query(SEEN, { directions: JSON.stringify(directions) })) {
    const person = String(row.person);
    for (const id of [person, ...(merged.get(person) ?? [])]) {
      for (const { period, direction } of counted.get(unitOf(id, row.parcours)) ?? []) {
        if (perimeter.has(direction)) continue;
        periods.add(period);
        units.add(unitOf(person, row.parcours));
      }
    }
  }
  return { periods: [...periods], units };
}

/** The same units of those who were merged, under the id that they have now. */
function underTheirIds(units: ReadonlySet<string>, merged: Merged): string[] {
  const now = new Map([...merged].flatMap(([id, before]) => before.map((was): [string, string] => [was, id])));
  return [...units].flatMap((unit) => {
    const [was, parcours] = personIn(unit);
    const id = now.get(was);
    return id === undefined ? [] : [unitOf(id, parcours)];
  });
}
