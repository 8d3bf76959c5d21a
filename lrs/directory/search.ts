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

/** Documents read for one page at most, and where none of them was meant; and at once where many are passed over. */
const BUDGET = 1500;
const BUDGET_OF_EMPTY = 6000;
const AT_ONCE = 500;

/** As many documents as a question to the store takes time. */
const QUESTION = 30;

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
  const reading = new Reading(query);
  return read(ground, await listsOf(ground, query, words, reading), reading);
}

/** The shortest way to those who are meant: by the rarest word, by direction, or all in order of their names. */
async function listsOf(
  ground: Ground,
  { directions, at }: PeopleQuery,
  words: readonly string[],
  reading: Reading,
): Promise<Iterable<List> | AsyncIterable<List>> {
  const within = directions && new Set(directions);
  const isWithin = (person: StoredPerson): boolean =>
    within === undefined || within.has(lastPlaceOf(person, at)?.direction ?? '');
  const isMeant = (person: StoredPerson): boolean => hasWords(person.words, words) && isWithin(person);
  const rarest = words.length > 0 ? await rarestOf(ground, words) : undefined;
  if (rarest && (within === undefined || rarest.count < BUDGET)) return [byWord(rarest.word, isMeant)];
  if (within === undefined) return [everyone(isMeant)];
  const from = reading.cursor?.list ?? '';
  const names = [...within].filter((name) => byBytes(name, from) >= 0).sort(byBytes);
  return eachDirection(ground, names, reading, (direction) =>
    ofDirection(
      direction,
      // Who belonged there once, and is elsewhere now, stands in the list of that place.
      (person) => lastPlaceOf(person, at)?.direction === direction && hasWords(person.words, words),
    ),
  );
}

/** The lists of those directions, given in order, to which anybody ever belonged: leaps over the others in the index. */
async function* eachDirection(
  { store }: Ground,
  names: readonly string[],
  reading: Reading,
  listOf: (direction: string) => List,
): AsyncGenerator<List> {
  for (let i = 0; i < names.length; ) {
    const from = names[i] ?? '';
    const [person] = reading.over ? [] : await store.collection(PEOPLE).find({ index: 'directions', from, limit: 1 });
    // Where the page ends before all are asked for, the next one begins with this one.
    const [next] = reading.over ? [from] : (person?.value.directions.filter((name) => byBytes(name, from) >= 0) ?? []);
    if (next === undefined) return;
    reading.read += QUESTION;
    while (i < names.length && byBytes(names[i] ?? '', next) < 0) i += 1;
    if (names[i] !== next) continue;
    yield listOf(next);
    i += 1;
  }
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

/** A page on its way. */
class Reading {
  readonly limit: number;
  readonly cursor: Cursor | undefined;
  readonly people: Person[] = [];
  /** Documents, and what took as long. */
  read = 0;

  constructor({ limit, after }: PeopleQuery) {
    this.limit = limit;
    this.cursor = after === undefined ? undefined : readCursor(after);
  }

  get over(): boolean {
    return this.read >= (this.people.length > 0 ? BUDGET : BUDGET_OF_EMPTY);
  }
}

async function read(
  ground: Ground,
  lists: Iterable<List> | AsyncIterable<List>,
  reading: Reading,
): Promise<PeoplePage> {
  const { limit, cursor, people } = reading;
  for await (const list of lists) {
    const resumed = list.name === cursor?.list;
    let anchors = resumed ? cursor.anchors : [];
    const from = resumed ? await keyAt(ground, list, anchors) : undefined;
    // Begun anew, it has nothing behind it.
    if (from === undefined) anchors = [];
    if (reading.over) return { people, next: written({ list: list.name, anchors }) };
    for await (const { person, ...anchor } of entries(ground, list, from, limit + 1)) {
      const full = person !== undefined && people.length === limit;
      if (full || reading.over) return { people, next: written({ list: list.name, anchors }) };
      if (person) people.push(person);
      reading.read += 1;
      anchors = [...anchors, anchor].slice(-ANCHORS);
    }
  }
  return { people };
}

/** So many may be changed between two pages, or merged away, and the second still begins where the first has ended. */
const ANCHORS = 3;

/** Somebody in a list. */
interface Anchor {
  id: string;
  /** Which of the person's keys of the list it is. */
  turn: number;
  /** As they were: of who was changed since, nobody knows where they stood. */
  version: number;
}

/**
 * Where a page ended: the list, and who stood there last. Not their key itself: it holds a name, perhaps of somebody
 * whom the reader may not see, and stands in an address.
 */
interface Cursor {
  list: string;
  anchors: Anchor[];
}

const written = ({ list, anchors }: Cursor): string =>
  [list, ...anchors.map(({ id, turn, version }) => `${turn}.${version}.${id}`)].join('\n');

function readCursor(after: string): Cursor {
  const [list = '', ...anchors] = after.split('\n');
  return {
    list,
    anchors: anchors.slice(0, ANCHORS).map((anchor) => {
      const [turn = '', version = '', id = ''] = anchor.split('.');
      return { id, turn: Number(turn), version: Number(version) };
    }),
  };
}

/**
 * The key of the last one who has not changed since: some are given twice then, and nobody is skipped. Undefined, for the
 * beginning of the list, where all have.
 */
async function keyAt({ store }: Ground, list: List, anchors: readonly Anchor[]): Promise<string | undefined> {
  for (const { id, turn, version } of anchors.toReversed()) {
    const person = await store.collection(PEOPLE).get(id);
    if (person?.version === version) return list.keysOf(person.value)[turn];
  }
  return undefined;
}

interface Entry extends Anchor {
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
    for (const { id, value, version } of page) {
      const keys = keysOf(value);
      const passed = keys.filter((each) => from !== undefined && byBytes(each, String(from)) < 0).length;
      const turn = passed + (met.get(id) ?? 0);
      met.set(id, turn - passed + 1);
      // Undefined where it changed between the reading of its key and of itself.
      last = keys[turn] ?? last;
      // Found by two of their words, they stand where the first one is.
      yield { id, turn, version, person: turn === 0 && wanted(value) ? personOf(value) : undefined };
    }
    if (page.length < limit || last === undefined) return;
    from = `${last}\0`;
  }
}
