/** Cells (rule 4): unions of whole atoms, made when they are asked for. Nothing finer exists. */
import { LRUCache } from 'lru-cache';
import type { FigureSpec, Metric } from '../metrics/metric.ts';
import { DIMENSIONS, type Dimension, valueIn } from './dimensions.ts';
import { type Distributions, type Figure, type Figures, figuresOf } from './figures.ts';
import { groupBy } from './group-by.ts';
import { Layout, type Region } from './layout.ts';
import type { HorizonRecord, PublicationRecord, Row } from './records.ts';
import { type Sums, together } from './sums.ts';
import type { Leaf } from './tree.ts';

/** An atom as cells are made of it. */
export interface AtomSums {
  leaves: readonly Leaf[];
  sums: Sums;
}

/** What is published of a metric for a period, up to one of its horizons. */
export interface Publication {
  record: PublicationRecord;
  horizon: HorizonRecord;
  /** In the order of the tree, so that each of its nodes is some of them in a row. */
  atoms: readonly AtomSums[];
}

/** All of it together. */
export interface Whole {
  record: PublicationRecord;
  horizon: HorizonRecord;
  /** Some of the leaves: in each dimension they have everything that all have. */
  leaves: readonly Leaf[];
  sums: Sums;
}

/** One row for each of these. */
export type By = Dimension | 'module' | 'total';

export interface Ask {
  by: By;
  /** Only what touches one of these; a region comes with what is below it. */
  direction?: readonly string[];
  parcours?: readonly string[];
  service?: readonly string[];
  site?: readonly string[];
}

export interface Cell {
  leaves: readonly Leaf[];
  /** Where it is asked for by module: which one. */
  module?: string;
  /** nobody: no one of these people contributed; otherwise there are figures. */
  state: 'published' | 'nobody';
  /** Whether it holds more than what was asked, which is too small to stand alone. */
  wider: boolean;
  figures: Figures;
  /** Names of what is null because too few people stand behind it. */
  withheld: string[];
}

/** Quartiles are given from this many times the least number of people on. */
const QUARTILE_FACTOR = 4;

export const quartileMinimum = (minimum: number): number => QUARTILE_FACTOR * minimum;

/** What a family can be asked by. */
export const byOf = ({ family, figures }: Pick<Metric, 'family' | 'figures'>): By[] => [
  ...(family.byParcours ? DIMENSIONS : (['direction'] as const)),
  ...(figures.some(({ kind }) => kind === 'tally') ? (['module'] as const) : []),
  'total',
];

/** An atom that touches what was asked, by its place among all. */
interface Touching {
  place: number;
  atom: AtomSums;
  wider: boolean;
}

/** What is worked out once for the atoms of a publication: they are asked for again and again. */
interface Worked {
  /** Another one for each. */
  id: number;
  leaves: readonly Leaf[];
  /** By place of a leaf, the place of its atom. */
  atomAt: readonly number[];
  /** By what makes the rows, and by place of an atom, its row. */
  rows: Map<By, readonly string[]>;
  /** All atoms together, by name of a metric. */
  totals: Map<string, Cell>;
}

const worked = new WeakMap<Publication['atoms'], Worked>();
let next = 0;

/** Leaves and figures of cells in memory: some tens of megabytes. */
const MOST_CELLS = 1_000_000;
/** Of a cell, what is not one of its leaves or in a tally. */
const FIGURES = 50;

const answered = new LRUCache<string, readonly Cell[]>({
  maxSize: MOST_CELLS,
  sizeCalculation: sizeOfCells,
});

/** Rows by module hold the same leaves. */
export function sizeOfCells(cells: readonly Cell[]): number {
  const held = new Set(cells.map(({ leaves }) => leaves));
  const figures = cells.flatMap((cell) => Object.values(cell.figures));
  const tallies = figures.reduce<number>((size, figure) => size + sizeOfTally(figure), 0);
  return [...held].reduce((size, leaves) => size + leaves.length, 1 + FIGURES * cells.length + tallies);
}

const sizeOfTally = (figure: Figure): number =>
  typeof figure === 'object' && figure !== null && !Array.isArray(figure) ? 2 * Object.keys(figure).length : 0;

/** The same as cellsOf, and the same cells again where the same was asked before: for what people ask. */
export function knownCellsOf(publication: Publication, metric: Metric, ask: Ask): readonly Cell[] {
  const key = JSON.stringify([idOf(publication), metric.name, ask]);
  const cells = answered.get(key) ?? cellsOf(publication, metric, ask);
  answered.set(key, cells);
  return cells;
}

/** Tells the publications that are in memory apart. */
export const idOf = (publication: Publication): number => workedOf(publication).id;

function workedOf({ atoms }: Publication): Worked {
  const known = worked.get(atoms);
  if (known) return known;
  const leaves = atoms.flatMap((atom) => atom.leaves);
  const atomAt = atoms.flatMap((atom, place) => atom.leaves.map(() => place));
  const made: Worked = { id: next++, leaves, atomAt, rows: new Map(), totals: new Map() };
  worked.set(atoms, made);
  return made;
}

/** Every leaf; the same array for the same publication. */
export const leavesIn = (publication: Publication): readonly Leaf[] => workedOf(publication).leaves;

/**
 * The cells of what was asked: each atom that touches it stands in exactly one. Atoms that lie across several rows make
 * one row together, and so do those that hold more than was asked.
 */
export function cellsOf(publication: Publication, metric: Metric, ask: Ask): Cell[] {
  const rowAt = rowsOf(publication, ask.by);
  const rows = groupBy(touchedBy(publication, ask), ({ place, wider }) => `${wider} ${rowAt[place]}`);
  const cells = [...rows.values()].map((row) => cellOf(publication, metric, row));
  return ask.by === 'module' ? cells.flatMap((cell) => byModule(cell, metric.figures)) : cells;
}

/** What a question names; undefined where atoms hold more, or nothing does. */
export function exactlyNamed(publication: Publication, ask: Omit<Ask, 'by'>): readonly Leaf[] | undefined {
  const touched = touchedBy(publication, ask);
  if (touched.length === 0 || touched.some(({ wider }) => wider)) return undefined;
  return touched.flatMap(({ atom }) => atom.leaves);
}

/** All atoms together. */
export function totalOf(publication: Publication, metric: Metric): Cell {
  const { totals } = workedOf(publication);
  const known = totals.get(metric.name);
  if (known) return known;
  const total = { ...cellOf(publication, metric, touchedBy(publication, {})), leaves: leavesIn(publication) };
  totals.set(metric.name, total);
  return total;
}

/** The same cell, of what is kept of all atoms together; its leaves are some of them. */
export function wholeOf({ record, horizon, leaves, sums }: Whole, metric: Metric): Cell {
  const places = Array.from({ length: record.atoms }, (_, place) => place);
  return {
    leaves,
    state: sums.units === 0 ? 'nobody' : 'published',
    wider: false,
    ...figuresOf(sums, metric, distributionsOf({ record, horizon }, places)),
  };
}

/** In the order of the tree. */
function touchedBy(publication: Publication, ask: Omit<Ask, 'by'>): Touching[] {
  const { leaves, atomAt } = workedOf(publication);
  const asked = DIMENSIONS.filter((dimension) => ask[dimension] !== undefined);
  if (asked.length === 0) return publication.atoms.map((atom, place) => ({ place, atom, wider: false }));
  const region: Region = Object.fromEntries(asked.map((dimension) => [dimension, new Set(ask[dimension])]));
  const counts = new Map<number, number>();
  for (const leaf of Layout.of(leaves).within(region)) {
    const place = atomAt[leaf] ?? -1;
    counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a], [b]) => a - b)
    .flatMap(([place, count]) => {
      const atom = publication.atoms[place];
      return atom ? [{ place, atom, wider: count < atom.leaves.length }] : [];
    });
}

function rowsOf(publication: Publication, by: By): readonly string[] {
  const { rows } = workedOf(publication);
  const known = rows.get(by);
  if (known) return known;
  const made = publication.atoms.map((atom) => JSON.stringify(rowOf(atom, by)));
  rows.set(by, made);
  return made;
}

/** What an atom touches in the dimension that makes the rows. A service is one of its direction's. */
function rowOf({ leaves }: AtomSums, by: By): (string | null)[] {
  if (by === 'total' || by === 'module') return [];
  const value = (leaf: Leaf) => valueIn(leaf, by) ?? null;
  const key = by === 'service' ? (leaf: Leaf) => JSON.stringify([leaf[0], value(leaf)]) : value;
  return [...new Set(leaves.map(key))].sort();
}

function cellOf(publication: Publication, metric: Metric, row: readonly Touching[]): Cell {
  const sums = together(row.map(({ atom }) => atom.sums));
  const places = row.map(({ place }) => place);
  return {
    leaves: row.flatMap(({ atom }) => atom.leaves),
    state: sums.units === 0 ? 'nobody' : 'published',
    wider: row.some(({ wider }) => wider),
    ...figuresOf(sums, metric, distributionsOf(publication, places)),
  };
}

/** Quartiles where the places are those of a node; histograms where they are those of whole blocks. */
function distributionsOf(
  { record, horizon }: Pick<Publication, 'record' | 'horizon'>,
  places: readonly number[],
): Distributions {
  const [first = 0] = places;
  const end = (places.at(-1) ?? -1) + 1;
  const inRow = end - first === places.length;
  const node = inRow ? horizon.nodes.find((each) => each.from === first && each.end === end) : undefined;
  const heldIn = ({ from, end: to }: Row): number => firstFrom(places, to) - firstFrom(places, from);
  const touched = record.blocks.filter((block) => heldIn(block) > 0);
  const whole = touched.every((block) => heldIn(block) === block.end - block.from);
  // A republication drops blocks that have become too small: their atoms lie in none.
  const inBlocks = touched.reduce((count, block) => count + heldIn(block), 0);
  const histograms = touched.length > 0 && whole && inBlocks === places.length;
  return { histograms, ...(node && { quartiles: node.quartiles }) };
}

/** Where the first of some ascending places is that is not before `from`. */
function firstFrom(places: readonly number[], from: number): number {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] ?? from) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** One cell a module: how often each tally counts it, beside the people of all of them. */
function byModule(cell: Cell, specs: readonly FigureSpec[]): Cell[] {
  const tallies = specs.filter(({ kind }) => kind === 'tally').map(({ name }) => [name, countsOf(cell, name)] as const);
  const people = specs.filter(({ kind }) => kind === 'people').map(({ name }) => [name, cell.figures[name] ?? null]);
  const modules = new Set(tallies.flatMap(([, counts]) => [...counts.keys()]));
  return [...modules].sort().map((module) => ({
    ...cell,
    module,
    withheld: [],
    figures: Object.fromEntries([...people, ...tallies.map(([name, counts]) => [name, counts.get(module) ?? 0])]),
  }));
}

function countsOf({ figures }: Cell, name: string): Map<string, number> {
  const tally = figures[name];
  return new Map(typeof tally === 'object' && tally !== null && !Array.isArray(tally) ? Object.entries(tally) : []);
}
