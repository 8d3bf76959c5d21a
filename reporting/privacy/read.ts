/** Publications as cells are made of them: no more of one is read than what is asked for. */
import { LRUCache } from 'lru-cache';
import { LivretError, type Store } from '../../lrs/index.ts';
import { leavesIn, sumsIn } from './atom-parts.ts';
import type { AtomSums, Publication, Whole } from './cells.ts';
import { publicationId } from './heads.ts';
import { ATOMS, HEADS, type HorizonRecord, type Name, PUBLICATIONS, type PublicationRecord, SUMS } from './records.ts';
import { sizeOfSums } from './sums.ts';
import { readTotals, type Totals } from './totals.ts';
import type { Leaf } from './tree.ts';

/** Numbers and names in memory, of a store: a hundred megabytes. A ministry's completion of a period has 350,000, or 10 MB. */
const KEPT = 3_500_000;

/** Times that somebody may publish while a publication is read. */
const PATIENCE = 10;

/** What stands of a metric for a period, all of it from one commit: undefined where there is no such horizon, or nothing is published. */
export interface Standing {
  record: PublicationRecord;
  publication: Publication | undefined;
}

/** The same of all of it together. */
export interface StandingWhole {
  record: PublicationRecord;
  whole: Whole | undefined;
}

/** What has been read of a publication. */
interface Kept {
  /** The version of the head that it was read under. */
  version: number;
  record: PublicationRecord;
  totals?: Totals;
  /** Of each version of an atom, by its name. */
  leaves?: ReadonlyMap<string, readonly Leaf[]>;
  /** By name of a horizon. */
  publications: ReadonlyMap<string, Publication>;
}

interface Memory {
  kept: LRUCache<string, Kept>;
  /** Reading of a publication, one after the other: a page's questions need the same. */
  turns: Map<string, Promise<unknown>>;
}

const memories = new WeakMap<Store, Memory>();

function memoryOf(store: Store): Memory {
  const known = memories.get(store);
  if (known) return known;
  const kept = new LRUCache<string, Kept>({ maxSize: KEPT, sizeCalculation: sizeOf });
  const memory = { kept, turns: new Map() };
  memories.set(store, memory);
  return memory;
}

/** What stands up to the horizon of that name, or the latest one; undefined where nobody has looked yet. */
export async function readStanding(store: Store, name: Name, through?: string): Promise<Standing | undefined> {
  const publicationIn = ({ record, publications }: Kept): Publication | undefined =>
    publications.get(horizonOf(record, through)?.through ?? '');
  const kept = await keptOf(store, name, async (before) => {
    const horizon = horizonOf(before.record, through);
    return !horizon || publicationIn(before) ? before : withPublication(store, before, horizon);
  });
  return kept && { record: kept.record, publication: publicationIn(kept) };
}

/** The same of the whole ministry, for which nothing else is read. */
export async function readWhole(store: Store, name: Name, through?: string): Promise<StandingWhole | undefined> {
  const kept = await keptOf(store, name, async (before) => {
    if (before.totals || !horizonOf(before.record, through)) return before;
    const totals = await readTotals(store, name);
    return { ...before, ...(totals && { totals }) };
  });
  if (!kept) return undefined;
  const { record, totals } = kept;
  const horizon = horizonOf(record, through);
  const sums = horizon && totals?.sums[horizon.through];
  return { record, whole: totals && horizon && sums && { record, horizon, leaves: totals.leaves, sums } };
}

/**
 * What is in memory of a publication with what is `needed` of it. Pages ask for the same again and again, and it hardly ever
 * changes: what is in memory counts as long as the head says so, which is read each time, for another process may publish.
 */
async function keptOf(store: Store, name: Name, needed: (kept: Kept) => Promise<Kept>): Promise<Kept | undefined> {
  const id = publicationId(name);
  const { turns } = memoryOf(store);
  const before = turns.get(id);
  const turn = (before ?? Promise.resolve()).then(() => inTurn(store, name, needed));
  const quiet = turn.catch(() => undefined);
  turns.set(id, quiet);
  try {
    return await turn;
  } finally {
    if (turns.get(id) === quiet) turns.delete(id);
  }
}

async function inTurn(store: Store, name: Name, needed: (kept: Kept) => Promise<Kept>): Promise<Kept | undefined> {
  const id = publicationId(name);
  const { kept: memory } = memoryOf(store);
  let head = await store.collection(HEADS).get(id);
  for (let time = 0; time < PATIENCE && head; time++) {
    const { version } = head;
    const inMemory = memory.get(id);
    const known = inMemory?.version === version ? inMemory : await withRecord(store, id, version);
    const kept = known && (await needed(known));
    if (kept && kept === inMemory) return kept;
    head = await store.collection(HEADS).get(id);
    // Nothing was committed between: all of it is of one moment.
    if (kept && head?.version === version) {
      memory.set(id, kept);
      return kept;
    }
  }
  if (!head) return undefined;
  throw new LivretError('store.unavailable', { detail: `${id} is being published again and again.`, retryAfter: 1 });
}

async function withRecord(store: Store, id: string, version: number): Promise<Kept | undefined> {
  const found = await store.collection(PUBLICATIONS).get(id);
  return found && { version, record: found.value, publications: new Map() };
}

async function withPublication(store: Store, kept: Kept, horizon: HorizonRecord): Promise<Kept> {
  const { record } = kept;
  const { metric, period } = record;
  const leaves = kept.leaves ?? (await readLeaves(store, record));
  const equals = [metric, period, horizon.through];
  const parts = await store.collection(SUMS).find({ index: 'publication', equals });
  const atoms: AtomSums[] = [];
  // In order of their versions: the last one counts.
  for (const { number, version, sums } of sumsIn(parts)) {
    atoms[number] = { leaves: leaves.get(keyOf(number, version)) ?? [], sums };
  }
  const publication: Publication = { record, horizon, atoms };
  return { ...kept, leaves, publications: new Map([...kept.publications, [horizon.through, publication]]) };
}

const keyOf = (number: number, version: number): string => `${number}:${version}`;

async function readLeaves(store: Store, { metric, period }: Name): Promise<Map<string, readonly Leaf[]>> {
  const parts = await store.collection(ATOMS).find({ index: 'publication', equals: [metric, period] });
  return new Map(leavesIn(parts).map(({ number, version, leaves }) => [keyOf(number, version), leaves]));
}

const horizonOf = ({ horizons }: PublicationRecord, through?: string): HorizonRecord | undefined =>
  through === undefined ? horizons.at(-1) : horizons.find((each) => each.through === through);

/** Numbers and names, roughly: four of a leaf, which is laid out once more for questions; two of what has a name. */
function sizeOf({ record, totals, leaves, publications }: Kept): number {
  const rows = record.blocks.length + record.horizons.reduce((total, { nodes }) => total + nodes.length, 0);
  const sums = [
    ...Object.values(totals?.sums ?? {}),
    ...[...publications.values()].flatMap(({ atoms }) => atoms.map((atom) => atom.sums)),
  ];
  const held = [...(leaves?.values() ?? [])].reduce((total, own) => total + own.length, totals?.leaves.length ?? 0);
  const laidOut = held * publications.size;
  return sums.reduce((total, each) => total + sizeOfSums(each), 100 + 5 * rows + 4 * (held + laidOut));
}
