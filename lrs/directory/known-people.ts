/** People read for an import: a few by their identifiers, or everyone at once where many are asked for. */
import type { Store, Versioned } from '../store/store.ts';
import { PEOPLE, type StoredPerson } from './person.ts';

type Found = Versioned<StoredPerson>;

/** So many asked for in turn are read faster by reading everyone, up to the number that is kept in memory. */
const ASKED_ONE_BY_ONE = 500;
const MOST_IN_MEMORY = 100_000;
const PAGE = 1000;

/** Stands for everyone where they are not kept. */
const TOO_MANY: ReadonlyMap<string, Found> = new Map();

/** Everyone, page by page, as they are stored. Not one instant. */
export async function* everyone(store: Store): AsyncGenerator<Found> {
  const people = store.collection(PEOPLE);
  for (let from = ''; ; ) {
    const page = await people.find({ from, limit: PAGE });
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    from = `${last.id}\0`;
  }
}

export class KnownPeople {
  readonly #store: Store;
  #asked = 0;
  #everyone: ReadonlyMap<string, Found> | undefined;
  /** Changed since everyone was read. */
  readonly #outdated = new Set<string>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Those who have one of these identifiers, each once; perhaps not as they are by now (their commit then finds out). */
  async find(identifiers: readonly string[]): Promise<Found[]> {
    this.#asked += identifiers.length;
    if (this.#everyone === undefined && this.#asked > ASKED_ONE_BY_ONE) this.#everyone = await this.#readEveryone();
    const memory = this.#everyone ?? TOO_MANY;
    const unsure = memory === TOO_MANY ? identifiers : identifiers.filter((each) => this.#outdated.has(each));
    const sure = memory === TOO_MANY ? [] : identifiers.filter((each) => !this.#outdated.has(each));
    const found = [...sure.flatMap((each) => memory.get(each) ?? []), ...(await this.#ask(unsure))];
    return [...new Map(found.map((person) => [person.id, person])).values()];
  }

  /** To be called for whom was changed, or turned out to have been. */
  forget(identifiers: Iterable<string>): void {
    for (const identifier of identifiers) this.#outdated.add(identifier);
  }

  async #ask(identifiers: readonly string[]): Promise<Found[]> {
    const people = this.#store.collection(PEOPLE);
    const found = await Promise.all(
      identifiers.map((each) => people.find({ index: 'identifiers', equals: [each], limit: 1 })),
    );
    return found.flat();
  }

  async #readEveryone(): Promise<ReadonlyMap<string, Found>> {
    const known = new Map<string, Found>();
    for await (const person of everyone(this.#store)) {
      for (const identifier of person.value.identifiers) known.set(identifier, person);
      // Too many to be kept: nobody is, and each is asked for.
      if (known.size > MOST_IN_MEMORY) return TOO_MANY;
    }
    return known;
  }
}
