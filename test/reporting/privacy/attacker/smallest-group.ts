/**
 * What linear arithmetic finds out from sums over sets. Each variable is what one unit (a person, an enrolment) adds to a
 * figure; each published number is the sum of some of them. Whoever adds and subtracts them with any factors learns the row
 * space of their incidence matrix, and about whom: the variables that do not cancel out.
 *
 * A group T of variables is told apart by some combination exactly when taking its columns away lowers the rank. Ranks are
 * those over the field of a prime, which differ from those over the rationals only where it divides a minor: in matrices of
 * zeros and ones of this size none is near it.
 */

const PRIME = 67_108_859;

export type Variable = string;

export interface Sums {
  /** Sets of variables of which the sum is known. */
  sets: readonly ReadonlySet<Variable>[];
  /** The person behind a variable; undefined for one whom the attacker knows: nothing is hidden in them. */
  personOf(variable: Variable): string | undefined;
  /** Variables whose values the attacker knows. */
  known?(variable: Variable): boolean;
}

/** Variables that are in exactly the same sums: nothing can tell them apart. */
interface Column {
  people: ReadonlySet<string>;
  /** 0 or 1 by row. */
  entries: readonly number[];
}

/** The people of a group of fewer than `least` of whom some combination of the sums tells; undefined where there is none. */
export function smallGroup(sums: Sums, least: number): string[] | undefined {
  const columns = columnsOf(sums);
  for (const component of componentsOf(columns)) {
    const found = search(component, least);
    if (found) return found;
  }
  return undefined;
}

function columnsOf({ sets, personOf, known = () => false }: Sums): Column[] {
  const distinct = [...new Map(sets.map((set) => [[...set].sort().join(), set])).values()];
  const columns = new Map<string, { people: Set<string>; entries: number[] }>();
  for (const variable of new Set(distinct.flatMap((set) => [...set]))) {
    if (known(variable)) continue;
    const entries = distinct.map((set) => (set.has(variable) ? 1 : 0));
    const key = entries.join('');
    const column = columns.get(key) ?? { people: new Set(), entries };
    const person = personOf(variable);
    if (person !== undefined) column.people.add(person);
    columns.set(key, column);
  }
  return [...columns.values()];
}

/** Reduced rows of a matrix given by its columns. */
function reduced(columns: readonly Column[]): number[][] {
  const count = columns[0]?.entries.length ?? 0;
  const rows = Array.from({ length: count }, (_, row) => columns.map(({ entries }) => entries[row] ?? 0));
  let rank = 0;
  for (let place = 0; place < columns.length; place++) {
    const pivot = rows.findIndex((row, index) => index >= rank && row[place] !== 0);
    const found = rows[pivot];
    const first = rows[rank];
    if (!found || !first) continue;
    rows[pivot] = first;
    const factor = inverse(found[place] ?? 1);
    const scaled = found.map((value) => times(value, factor));
    rows[rank] = scaled;
    for (const [index, row] of rows.entries()) {
      const much = row[place] ?? 0;
      if (index === rank || much === 0) continue;
      rows[index] = row.map((value, at) => (value + PRIME - times(much, scaled[at] ?? 0)) % PRIME);
    }
    rank++;
  }
  return rows.slice(0, rank);
}

// Products of two residues stay below 2 ** 53.
const times = (a: number, b: number): number => (a * b) % PRIME;

function inverse(value: number): number {
  let [result, base] = [1, value];
  for (let power = PRIME - 2; power > 0; power = Math.floor(power / 2)) {
    if (power % 2 === 1) result = times(result, base);
    base = times(base, base);
  }
  return result;
}

/** Columns that no combination joins to the others are looked at apart. */
function componentsOf(columns: readonly Column[]): Column[][] {
  const groups = columns.map((_, place) => place);
  const find = (place: number): number => (groups[place] === place ? place : find(groups[place] ?? place));
  for (const row of reduced(columns)) {
    const [first, ...others] = row.flatMap((value, place) => (value === 0 ? [] : [place]));
    for (const other of others) groups[find(other)] = find(first ?? other);
  }
  const components = new Map<number, Column[]>();
  for (const [place, column] of columns.entries()) {
    components.set(find(place), [...(components.get(find(place)) ?? []), column]);
  }
  return [...components.values()];
}

/** More sets than that to look through would be too slow to be a test. */
const MOST = 20_000;

function search(columns: readonly Column[], least: number): string[] | undefined {
  const small = columns.filter(({ people }) => people.size < least);
  const rank = reduced(columns).length;
  let looked = 0;
  const extend = (from: number, taken: readonly Column[], people: ReadonlySet<string>): string[] | undefined => {
    for (let place = from; place < small.length; place++) {
      const column = small[place];
      const union = new Set([...people, ...(column?.people ?? [])]);
      if (!column || union.size >= least) continue;
      if (++looked > MOST) throw new Error(`${small.length} small columns of ${columns.length}`);
      const group = [...taken, column];
      if (reduced(columns.filter((each) => !group.includes(each))).length < rank) return [...union].sort();
      const found = extend(place + 1, group, union);
      if (found) return found;
    }
    return undefined;
  };
  return extend(0, [], new Set());
}
