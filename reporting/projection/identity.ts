/** Which store a read model was filled from: a random name, made once and kept in the store itself. */
import { randomUUID } from 'node:crypto';
import { type CollectionSpec, hasCode, put, type Store } from '../../lrs/index.ts';

const SITES: CollectionSpec<{ name: string }> = { name: 'reporting.site', indexes: {} };

/** The name of the store; the first one to ask gives it. */
export async function storeIdentity(store: Store): Promise<string> {
  const sites = store.collection(SITES);
  const known = await sites.get('store');
  if (known) return known.value.name;
  try {
    await store.commit({ changes: [put(SITES, 'store', { name: randomUUID() }, { expect: 'absent' })] });
  } catch (error) {
    // Another process was quicker: its name counts.
    if (!hasCode(error, 'collection.conflict')) throw error;
  }
  return storeIdentity(store);
}
