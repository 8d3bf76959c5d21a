/**
 * What a provider granted somebody at their last login: for what is done for people who are not here. Whoever was granted
 * nothing has no record.
 */
import { type CollectionChange, type CollectionSpec, put, remove, type Store } from '../../store/store.ts';
import type { HeldRole } from './rights.ts';

export interface Granted {
  roles: readonly HeldRole[];
  /** Where the person belonged then, if anywhere. */
  direction?: string;
  /** ms since 1970 */
  at: number;
}

/** By the id of the person. */
const GRANTED: CollectionSpec<Granted> = { name: 'granted-roles', indexes: { at: { fields: ['at'] } } };

/** ms after which it is forgotten: only the next login tells whether it is still so. */
export const GRANTED_COUNTS = 100 * 86_400_000;

const AT_ONCE = 1000;

export const grantedTo = async (store: Store, person: string): Promise<Granted | undefined> =>
  (await store.collection(GRANTED).get(person))?.value;

/** What a login changes of it. */
export const grantChange = (person: string, granted: Granted): CollectionChange =>
  granted.roles.length > 0 ? put(GRANTED, person, granted) : remove(GRANTED, person);

/** Removes what does not count any more. `now` in ms. */
export async function sweepGranted(store: Store, now: number): Promise<void> {
  for (let gone = AT_ONCE; gone === AT_ONCE; ) {
    const old = await store.collection(GRANTED).find({ index: 'at', to: now - GRANTED_COUNTS, limit: AT_ONCE });
    if (old.length > 0) await store.commit({ changes: old.map(({ id }) => remove(GRANTED, id)) });
    gone = old.length;
  }
}
