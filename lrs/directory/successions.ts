/** The successions of directions as the store keeps them. */
import { hash } from 'node:crypto';
import { LivretError } from '../errors.ts';
import { type CollectionSpec, put, remove, type Store } from '../store/store.ts';
import { isDay } from './civil-day.ts';
import { requireConsistent, type Succession } from './succession.ts';
import { newUnits, treeChanges } from './trees.ts';
import { oneSpelling } from './typed.ts';
import { directionId } from './unit.ts';
import { type Act, type Ground, untilCommitted } from './write.ts';

interface StoredSuccession extends Succession, Act {}

/** A succession that is recorded: by whom and when (ms). */
export interface RecordedSuccession extends StoredSuccession {
  id: string;
}

export const SUCCESSIONS: CollectionSpec<StoredSuccession> = {
  name: 'directions-successions',
  indexes: { day: { fields: ['day'] } },
};

/** Made of what it says: the same is never there twice. */
const idOf = ({ from, to, day }: Succession): string =>
  hash('sha256', JSON.stringify([from, to, day]), 'hex').slice(0, 12);

/** In order of days. */
export const readSuccessions = async (store: Store): Promise<RecordedSuccession[]> =>
  (await store.collection(SUCCESSIONS).find({ index: 'day' })).map(({ id, value }) => ({ id, ...value }));

/** In one spelling, in order, each once. Throws `direction.succession`. */
function tidy({ from, to, day }: Succession): Succession {
  const names = (given: readonly string[]): string[] => [...new Set(given.map(oneSpelling))].filter(Boolean).sort();
  const tidied = { from: names(from), to: names(to), day };
  const refused = (detail: string): LivretError => new LivretError('direction.succession', { detail });
  if (tidied.from.length === 0 || tidied.to.length === 0)
    throw refused('It needs what was there, and what came of it.');
  if (JSON.stringify(tidied.from) === JSON.stringify(tidied.to)) throw refused('Nothing changes.');
  if (!isDay(day)) throw refused('The day is YYYY-MM-DD.');
  return tidied;
}

/** See Directory.succeed. */
export async function succeed(ground: Ground, wanted: Succession, act: Act): Promise<RecordedSuccession> {
  const succession = tidy(wanted);
  const id = idOf(succession);
  return untilCommitted(async () => {
    // The tree first: of two who record at once, one finds that it has changed since, and looks again.
    const read = await ground.trees.read();
    const known = await readSuccessions(ground.store);
    const same = known.find((each) => each.id === id);
    if (same) return same;
    for (const name of succession.from) {
      if (!read.tree.has(directionId(name))) throw new LivretError('direction.unknown', { detail: `“${name}”` });
    }
    requireConsistent([...known, succession]);
    const recorded = { ...succession, by: act.by, at: act.at };
    const units = newUnits(
      read,
      succession.to.map((direction) => ({ direction })),
    );
    const tree = units.length > 0 ? units : treeChanges(read, []);
    await ground.store.commit({ changes: [put(SUCCESSIONS, id, recorded, { expect: 'absent' }), ...tree] });
    return { id, ...recorded };
  });
}

/** See Directory.forgetSuccession. */
export async function forgetSuccession(ground: Ground, id: string): Promise<RecordedSuccession> {
  return untilCommitted(async () => {
    const read = await ground.trees.read();
    const known = await readSuccessions(ground.store);
    const found = known.find((each) => each.id === id);
    if (!found) throw new LivretError('direction.succession', { detail: 'There is none of that id.' });
    requireConsistent(known.filter((each) => each !== found));
    await ground.store.commit({ changes: [remove(SUCCESSIONS, id), ...treeChanges(read, [])] });
    return found;
  });
}
