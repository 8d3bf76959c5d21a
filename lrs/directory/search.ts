/** Finding people by the beginnings of their names, numbers and addresses, page by page. */
import type { CollectionQuery } from '../store/store.ts';
import { byBytes } from './by-bytes.ts';
import { lastPlaceOf, PEOPLE, type Person, personOf, type StoredPerson } from './person.ts';
import { hasWords, searchedWords } from './search-words.ts';
import type { Ground } from './write.ts';

export interface PeopleQuery {
  /** As typed: beginnings of names, of numbers, of addresses; all of them must be found. */
  text?: string;
  /** Only who belongs, or belonged last, to one of these; undefined: everybody. */
  directions?: readonly string[];
  /** People a page, at least 1. */
  limit: number;
  /** `next` of the page before. */
  after?: string;
  /** ms since 1970: when people belong where. */
  at: number;
}

export interface PeoplePage {
  people: Person[];
  /** There may be more: pass it as `after`. A page may be short, and still have more (row budget). */
  next?: string;
}

/** Documents read for one page at most, and at once where many are passed over. */
const BUDGET = 1500;
const AT_ONCE = 500;

/** A list that is read in its order: a stretch of an index, and who of it is meant. */
interface List {
  /** Tells it from the others of one search. */
  name: string;
  query: CollectionQuery;
  /** Keys of a person in it, in order: one in most lists. */
  keysOf(person: StoredPerson): readonly string[];
  wanted(person: StoredPerson): boolean;
}

const END = '\u{10ffff}';

const everyone = (wanted: List['wanted']): List => ({
  name: '',
  // Who was merged into somebody else has an empty key.
  query: { index: 'sortKey', from: '\n' },
  keysOf: ({ sortKey }) => [sortKey],
  wanted,
});

const byWord = (word: string, wanted: List['wanted']): List => ({
  name: '',
  query: { index: 'words', from: word, to: `${word}${END}` },
  keysOf: ({ words }) => words.filter((entry) => entry.startsWith(word)).toSorted(byBytes),
  wanted,
});

const ofDirection = (direction: string, wanted: List['wanted']): List => ({
  name: direction,
  query: { index: 'directions', equals: [direction] },
  keysOf: ({ sortKey }) => [sortKey],
  wanted,
});

/** See Directory.search. */
export async function searchPeople(ground: Ground, query: PeopleQuery): Promise<PeoplePage> {
  const words = searchedWords(query.text ?? '');
  // Something was typed, but nothing that anybody could be found by.
  if (query.text?.trim() && words.length === 0) return { people: [] };
  return read(ground, await listsOf(ground, query, words), query);
}

/** The shortest way to those who are meant: by the rarest word, by direction, or all in order of their names. */
async function listsOf(ground: Ground, { directions, at }: PeopleQuery, words: readonly string[]): Promise<List[]> {
  const within = directions && new Set(directions);
  const isWithin = (person: StoredPerson): boolean =>
    within === undefined || within.has(lastPlaceOf(person, at)?.direction ?? '');
  const isMeant = (person: StoredPerson): boolean => hasWords(person.words, words) && isWithin(person);
  const rarest = words.length > 0 ? await rarestOf(ground, words) : undefined;
  if (rarest && (within === undefined || rarest.count < BUDGET)) return [byWord(rarest.word, isMeant)];
  if (within === undefined) return [everyone(isMeant)];
  return [...within].sort(byBytes).map((direction) =>
    ofDirection(
      direction,
      // Who belonged there once, and is elsewhere now, stands in the list of that place.
      (person) => lastPlaceOf(person, at)?.direction === direction && hasWords(person.words, words),
    ),
  );
}

/** The word with the fewest entries, counted as far as BUDGET. */
async function rarestOf({ store }: Ground, words: readonly string[]): Promise<{ word: string; count: number }> {
  const people = store.collection(PEOPLE);
  const counted = words.map(async (word) => {
    const count = await people.count({ index: 'words', from: word, to: `${word}${END}`, limit: BUDGET });
    return { word, count };
  });
  const [first = { word: '', count: 0 }] = (await Promise.all(counted)).sort((a, b) => a.count - b.count);
  return first;
}

async function read(ground: Ground, lists: readonly List[], { limit, after }: PeopleQuery): Promise<PeoplePage> {
  const cursor = after === undefined ? undefined : readCursor(after);
  const people: Person[] = [];
  let left = BUDGET;
  let next = '';
  for (const list of lists.filter(({ name }) => cursor === undefined || byBytes(name, cursor.list) >= 0)) {
    const from = list.name === cursor?.list ? await keyAt(ground, list, cursor) : undefined;
    for await (const { id, turn, person } of entries(ground, list, from, limit + 1)) {
      const full = person !== undefined && people.length === limit;
      if (full || left === 0) return { people, next };
      if (person) people.push(person);
      left -= 1;
      next = [list.name, turn, id].join('\n');
    }
  }
  return { people };
}

/**
 * Where a page ended: the list, the person, and which of their keys. Not the key itself: it holds a name, perhaps of
 * somebody whom the reader may not see, and stands in an address.
 */
interface Cursor {
  list: string;
  turn: number;
  id: string;
}

function readCursor(after: string): Cursor {
  const [list = '', turn = '', id = ''] = after.split('\n');
  return { list, turn: Number(turn), id };
}

/** Undefined, for the beginning of the list, where the person has changed their names since. */
async function keyAt({ store }: Ground, list: List, { turn, id }: Cursor): Promise<string | undefined> {
  const person = await store.collection(PEOPLE).get(id);
  return person && list.keysOf(person.value)[turn];
}

interface Entry {
  id: string;
  /** Which of the person's keys of the list it is. */
  turn: number;
  /** There where the person is meant. */
  person: Person | undefined;
}

/** What a list holds after a key. */
async function* entries(
  { store }: Ground,
  { query, keysOf, wanted }: List,
  after: string | undefined,
  first: number,
): AsyncGenerator<Entry> {
  let from = after === undefined ? query.from : `${after}\0`;
  for (let limit = first; ; limit = AT_ONCE) {
    const page = await store.collection(PEOPLE).find({ ...query, ...(from !== undefined && { from }), limit });
    const met = new Map<string, number>();
    let last: string | undefined;
    for (const { id, value } of page) {
      const keys = keysOf(value);
      const passed = keys.filter((each) => from !== undefined && byBytes(each, String(from)) < 0).length;
      const turn = passed + (met.get(id) ?? 0);
      met.set(id, turn - passed + 1);
      // Undefined where it changed between the reading of its key and of itself.
      last = keys[turn] ?? last;
      // Found by two of their words, they stand where the first one is.
      yield { id, turn, person: turn === 0 && wanted(value) ? personOf(value) : undefined };
    }
    if (page.length < limit || last === undefined) return;
    from = `${last}\0`;
  }
}
