/** Publications as cells are made of them. */
import { LRUCache } from 'lru-cache';
import { LivretError, type Store, type Versioned } from '../../lrs/index.ts';
import { atomsIn } from './atom-parts.ts';
import type { AtomSums, Publication } from './cells.ts';
import { publicationId } from './heads.ts';
import { ATOMS, HEADS, type HorizonRecord, type Name, PUBLICATIONS, type PublicationRecord } from './records.ts';
import { sizeOfSums } from './sums.ts';

/** Numbers and names in memory, of a store: some hundred megabytes. A ministry's completion of a period has 150,000. */
const KEPT = 7_000_000;

/** Times that somebody may publish while a publication is read. */
const PATIENCE = 10;

/** What stands of a metric for a period: all of it from one commit. */
export interface Standing {
  record: PublicationRecord;
  /** Up to the horizon that was asked for; undefined where there is none, or nothing is published. */
  publication: Publication | undefined;
}

interface Kept extends Standing {
  /** The version of the head that it was read under. */
  version: number;
}

const memories = new WeakMap<Store, LRUCache<string, Kept>>();

function memoryOf(store: Store): LRUCache<string, Kept> {
  const known = memories.get(store);
  if (known) return known;
  const memory = new LRUCache<string, Kept>({ maxSize: KEPT, sizeCalculation: sizeOf });
  memories.set(store, memory);
  return memory;
}

/**
 * What stands up to the horizon of that name, or the latest one; undefined where nobody has looked yet. Pages ask for the
 * same again and again, and it hardly ever changes: what is in memory counts as long as the head says so, which is read
 * each time, for another process may publish.
 */
export async function readStanding(store: Store, name: Name, through?: string): Promise<Standing | undefined> {
  const id = publicationId(name);
  const key = JSON.stringify([id, through]);
  const memory = memoryOf(store);
  let head = await store.collection(HEADS).get(id);
  for (let time = 0; time < PATIENCE && head; time++) {
    const kept = memory.get(key);
    if (kept?.version === head.version) return kept;
    const standing = await read(store, name, through);
    const before = head;
    head = await store.collection(HEADS).get(id);
    // Nothing was committed between: the record and its atoms are of one moment.
    if (standing && head?.version === before.version) {
      memory.set(key, { ...standing, version: head.version });
      return standing;
    }
  }
  if (!head) return undefined;
  throw new LivretError('store.unavailable', { detail: `${id} is being published again and again.`, retryAfter: 1 });
}

async function read(store: Store, name: Name, through?: string): Promise<Standing | undefined> {
  const found: Versioned<PublicationRecord> | undefined = await store.collection(PUBLICATIONS).get(publicationId(name));
  if (!found) return undefined;
  const record = found.value;
  const horizon = horizonOf(record, through);
  if (!horizon) return { record, publication: undefined };
  const parts = await store.collection(ATOMS).find({ index: 'publication', equals: [name.metric, name.period] });
  const atoms: AtomSums[] = [];
  // In order of their versions: the last one counts.
  for (const { number, leaves, sums } of atomsIn(parts)) {
    const own = sums[horizon.through];
    if (own) atoms[number] = { leaves, sums: own };
  }
  return { record, publication: { record, horizon, atoms } };
}

const horizonOf = ({ horizons }: PublicationRecord, through?: string): HorizonRecord | undefined =>
  through === undefined ? horizons.at(-1) : horizons.find((each) => each.through === through);

/** Numbers and names, roughly: four of a leaf, which is laid out once more for questions; two of what has a name. */
function sizeOf({ record, publication }: Standing): number {
  const rows = record.blocks.length + record.horizons.reduce((total, { nodes }) => total + nodes.length, 0);
  const atoms = publication?.atoms ?? [];
  return atoms.reduce((total, { leaves, sums }) => total + 4 * leaves.length + sizeOfSums(sums), 100 + 5 * rows);
}
