/** What an earlier period says beside each cell: of exactly the same, or of what became it; otherwise nothing, and why. Pure. */
import { LRUCache } from 'lru-cache';
import type { Succession } from '../lrs/directory/index.ts';
import type { Bilingual } from '../web/index.ts';
import { type Comparable, comparableWith } from './lineage/index.ts';
import type { Metric } from './metrics/metric.ts';
import { periodName } from './periods/names.ts';
import type { Period } from './periods/period.ts';
import {
  type Ask,
  type Cell,
  cellsOf,
  DIMENSIONS,
  type Dimension,
  exactlyNamed,
  idOf,
  type Leaf,
  type Publication,
  sizeOfCells,
  valueIn,
} from './privacy/index.ts';

/** A cell of the earlier period, or none. */
export interface Then {
  kind: Comparable['kind'];
  says?: Bilingual<string>;
  cell?: Cell;
}

export interface Comparison {
  metric: Metric;
  /** What was asked of the later one. */
  ask: Ask;
  period: Period;
  earlier: Period;
  now: Publication;
  before: Publication;
  successions: readonly Succession[];
}

const NOTHING: Bilingual<(period: string) => string> = {
  fr: (period) => `Pas de comparaison\u00a0: aucun chiffre de la période ${period} ne porte sur exactement cela.`,
  en: (period) => `No comparison: no figure of ${period} is about exactly that.`,
};

/** What stands for a leaf, so that it can be asked for; nothing is asked for as ''. */
const valuesOf = (leaves: readonly Leaf[], dimension: Dimension): string[] =>
  [...new Set(leaves.map((leaf) => valueIn(leaf, dimension) ?? ''))].sort();

/** A question of the earlier period that names exactly what a cell of now holds. */
interface Asking extends Pick<Then, 'kind' | 'says'> {
  ask: Ask;
  whole: Cell | undefined;
  /** By name. */
  modules?: Map<string, Cell>;
}

/** Leaves and figures in memory of what stood beside cells: some tens of megabytes. */
const MOST = 500_000;

const known = new LRUCache<string, readonly Then[]>({
  maxSize: MOST,
  sizeCalculation: (thens) => sizeOfCells(thens.flatMap(({ cell }) => cell ?? [])) + thens.length,
});

/** What stands beside the cells of a question, in their order; kept for who asks the same again. */
export function earliersOf(cells: readonly Cell[], comparison: Comparison): readonly Then[] {
  const { metric, ask, period, earlier, now, before, successions } = comparison;
  const about = [idOf(now), idOf(before), metric.name, ask, period.name, earlier.name, successions];
  const key = JSON.stringify(about);
  const earliers = new Earliers(comparison);
  const thens = known.get(key) ?? cells.map((cell) => earliers.thenOf(cell));
  known.set(key, thens);
  return thens;
}

/** Cells by module share what they hold, and so the question. */
class Earliers {
  readonly #comparison: Comparison;
  readonly #asked = new Map<Cell['leaves'], Asking | Then>();

  constructor(comparison: Comparison) {
    this.#comparison = comparison;
  }

  thenOf(cell: Cell): Then {
    const { metric, before } = this.#comparison;
    const asking = this.#asked.get(cell.leaves) ?? askingOf(cell, this.#comparison);
    this.#asked.set(cell.leaves, asking);
    if (!('ask' in asking)) return asking;
    const { kind, says, ask, whole } = asking;
    if (whole && cell.module !== undefined) asking.modules ??= modulesOf(before, metric, ask);
    const found = cell.module === undefined ? whole : asking.modules?.get(cell.module);
    return found ? { kind, ...(says && { says }), cell: found } : nothingIn(this.#comparison);
  }
}

const nothingIn = ({ earlier }: Comparison): Then => ({
  kind: 'none',
  says: { fr: NOTHING.fr(periodName('fr', earlier.name)), en: NOTHING.en(periodName('en', earlier.name)) },
});

function askingOf(cell: Cell, comparison: Comparison): Asking | Then {
  const { metric, ask, period, earlier, now, before, successions } = comparison;
  // A cell can hold some parcours of one direction and others of another: no question names that.
  const region = regionsOf(cell, ask).find((each) => exactly(now, each)?.length === cell.leaves.length);
  if (!region) return nothingIn(comparison);
  const comparable: Comparable = region.direction
    ? comparableWith(successions, region.direction, period, earlier)
    : { kind: 'same', directions: [] };
  const { kind, directions, says } = comparable;
  if (kind === 'none') return { kind, ...(says && { says }) };
  const asked: Ask = { ...region, ...(region.direction && { direction: directions }) };
  const [whole] = exactly(before, asked) ? cellsOf(before, metric, asked) : [];
  return { kind, ...(says && { says }), ask: asked, whole };
}

/** Questions that may name exactly what the cell holds: by the dimensions it was asked by, and by directions and parcours as well. */
function regionsOf({ leaves }: Cell, ask: Ask): Ask[] {
  const asked = DIMENSIONS.filter((each) => ask[each] !== undefined || each === ask.by);
  // A service is one of its direction's.
  const own: Dimension[] = ask.by === 'service' ? ['direction', ...asked] : asked;
  const wholes: Dimension[][] = [own, [...own, 'direction'], [...own, 'direction', 'parcours']];
  return wholes.map((dimensions) => ({
    by: 'total',
    ...Object.fromEntries(dimensions.map((dimension) => [dimension, valuesOf(leaves, dimension)])),
  }));
}

/** What is asked and no more, where of each place that is named there is something. */
function exactly(publication: Publication, ask: Ask): readonly Leaf[] | undefined {
  const leaves = exactlyNamed(publication, ask);
  if (!leaves) return undefined;
  const whole = DIMENSIONS.every((dimension) => {
    const named = ask[dimension];
    return named === undefined || valuesOf(leaves, dimension).join('\n') === [...named].sort().join('\n');
  });
  return whole ? leaves : undefined;
}

const modulesOf = (publication: Publication, metric: Metric, ask: Ask): Map<string, Cell> =>
  new Map(cellsOf(publication, metric, { ...ask, by: 'module' }).map((cell) => [cell.module ?? '', cell]));
