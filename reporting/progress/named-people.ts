/** People by name, from the directory: who ever belonged to some directions, in the order of lists. */
import { hash } from 'node:crypto';
import { type Directory, fold, sortKeyOf } from '../../lrs/directory/index.ts';

export interface Named {
  id: string;
  familyName: string | null;
  givenName: string | null;
  /** By which they stand in a list: never that of somebody else. */
  key: string;
}

/** In order of their keys. */
export class People {
  readonly list: readonly Named[];
  readonly #places: ReadonlyMap<string, number>;

  constructor(people: readonly Named[]) {
    this.list = people.toSorted((a, b) => (a.key < b.key ? -1 : 1));
    this.#places = new Map(this.list.map(({ id }, place) => [id, place]));
  }

  /** Undefined for who is none of them. */
  find(id: string): Named | undefined {
    const place = this.#places.get(id);
    return place === undefined ? undefined : this.list[place];
  }

  /**
   * Where a page that ends with these people is to be resumed: who they are, and a little of what their key was. Not the key,
   * which holds a name and would stand in an address.
   */
  cursorAfter(people: readonly Named[]): string {
    return people.slice(-ANCHORS).map(markOf).join('~');
  }

  /**
   * The place in the list that follows: after the last of those who stand where they stood, so that some may be given twice
   * and nobody is passed over; 0 where none does any more.
   */
  placeAfter(cursor: string): number {
    for (const mark of cursor.split('~').slice(0, ANCHORS).reverse()) {
      const place = this.#places.get(mark.split('.')[0] ?? '');
      const person = place === undefined ? undefined : this.list[place];
      if (place !== undefined && person !== undefined && markOf(person) === mark) return place + 1;
    }
    return 0;
  }
}

const wordsIn = (text: string): string[] => text.match(/[\p{L}\p{N}]+/gu) ?? [];

/** Whether each word that was typed begins one of somebody's names; everybody matches where none was. */
export function isNamed(typed: string): (person: Named) => boolean {
  const wanted = wordsIn(fold(typed));
  return ({ familyName, givenName }) => {
    const names = wordsIn(fold(`${familyName ?? ''} ${givenName ?? ''}`));
    return wanted.every((word) => names.some((name) => name.startsWith(word)));
  };
}

/** So many may be renamed or merged away between two pages. */
const ANCHORS = 3;

const markOf = ({ id, key }: Named): string => `${id}.${hash('sha256', key, 'hex').slice(0, 8)}`;

/** Sets of directions of which the people are kept. */
const KEPT = 16;

/**
 * Reads the people of directions once for each state of the directory: reading is what takes time, some 20 µs a person.
 */
export class NamedPeople {
  readonly #directory: Pick<Directory, 'ofDirection' | 'revision'>;
  readonly #kept = new Map<string, { revision: number; people: Promise<People> }>();

  constructor(directory: Pick<Directory, 'ofDirection' | 'revision'>) {
    this.#directory = directory;
  }

  /** Everyone who ever belonged to one of these directions. */
  async of(directions: readonly string[]): Promise<People> {
    const key = JSON.stringify(directions.toSorted());
    const revision = await this.#directory.revision();
    const kept = this.#kept.get(key);
    if (kept?.revision === revision) return kept.people;
    const people = this.#read(directions);
    this.#kept.delete(key);
    this.#kept.set(key, { revision, people });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest);
    // What failed is read again.
    people.catch(() => this.#kept.delete(key));
    return people;
  }

  async #read(directions: readonly string[]): Promise<People> {
    const people = new Map<string, Named>();
    for (const direction of directions) {
      for (const person of await this.#directory.ofDirection(direction)) {
        const { id, familyName = null, givenName = null } = person;
        people.set(id, { id, familyName, givenName, key: sortKeyOf(person) });
      }
    }
    return new People([...people.values()]);
  }
}
