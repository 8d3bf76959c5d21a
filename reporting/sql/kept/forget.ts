/** Kept queries go with whoever kept them: who was erased, who has left. Who was merged keeps them. */
import { type Directory, fold, leftAt } from '../../../lrs/directory/index.ts';
import { hasCode, put, remove, type Store, type Versioned } from '../../../lrs/index.ts';
import { groupBy } from '../../privacy/group-by.ts';
import { erasedAt, isErasedSince } from '../../privacy/index.ts';
import { KEPT, type KeptQuery, LONGEST_NAME } from './records.ts';

type Known = Pick<Directory, 'person' | 'leadsTo'>;

/** Gives how many were removed. `now` in milliseconds. */
export async function forgetKept(store: Store, directory: Known, now: number): Promise<number> {
  const all = await store.collection(KEPT).find();
  if (all.length === 0) return 0;
  const erased = erasedAt(await store.ledger.lines());
  let removed = 0;
  for (const [owner, queries] of groupBy(all, ({ value }) => value.owner)) {
    const id = await directory.leadsTo(owner);
    const person = id === undefined ? undefined : await directory.person(id);
    const gone = person === undefined || leftAt(person, now) !== undefined;
    const last = person && erased(person.identifiers);
    for (const query of queries) {
      if (gone || isErasedSince(last, query.value.updatedAt)) {
        await store.commit({ changes: [remove(KEPT, query.id)] });
        removed++;
      } else if (person.id !== owner) await moveTo(store, person.id, query);
    }
  }
  return removed;
}

/** To the person that its owner has become part of, who may have one of that name. */
async function moveTo(store: Store, owner: string, { id, value, version }: Versioned<KeptQuery>): Promise<void> {
  for (let n = 1; ; n++) {
    const name = n === 1 ? value.name : numbered(value.name, n);
    try {
      await store.commit({
        changes: [put(KEPT, id, { ...value, owner, name, folded: fold(name) }, { expect: version })],
      });
      return;
    } catch (error) {
      // Changed meanwhile: the next look finds it as it is then.
      if (hasCode(error, 'collection.conflict')) return;
      if (!hasCode(error, 'collection.duplicate')) throw error;
    }
  }
}

/** The name gives way to the number, and not by half a surrogate pair. */
function numbered(name: string, n: number): string {
  const number = ` (${n})`;
  const shortened = name.slice(0, LONGEST_NAME - number.length).replace(/[\ud800-\udbff]$/, '');
  return shortened.trimEnd() + number;
}
