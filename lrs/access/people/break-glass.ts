/** An administrator by a link of one use: for the first day, and for the day on which the identity provider is gone. */
import { hasCode, LivretError } from '../../errors.ts';
import { type CollectionSpec, put, remove, type Store } from '../../store/store.ts';
import { hashSecret, newSecret } from '../secret.ts';

interface StoredLink {
  /** ms since 1970 */
  expires: number;
}

const LINKS: CollectionSpec<StoredLink> = {
  name: 'one-time-links',
  indexes: { expires: { fields: ['expires'] } },
};

/** ms for which a link that was printed can be used, and for which the session lasts that it begins. */
const LINK_TERM = 15 * 60_000;
export const LINK_SESSION = 60 * 60_000;

/** Makes a link's secret; it is kept as a hash. Older ones go on counting until they are used or have expired. */
export async function makeLink(store: Store): Promise<string> {
  const secret = newSecret();
  const links = store.collection(LINKS);
  const over = await links.find({ index: 'expires', to: Date.now(), limit: 100 });
  const changes = [
    ...over.map(({ id }) => remove(LINKS, id)),
    put(LINKS, hashSecret(secret), { expires: Date.now() + LINK_TERM }, { expect: 'absent' }),
  ];
  await store.commit({ changes });
  return secret;
}

/** Uses a link up. Rejects `access.link` where it was used, has expired or never was. */
export async function useLink(store: Store, secret: string): Promise<void> {
  const id = hashSecret(secret);
  const found = await store.collection(LINKS).get(id);
  if (!found || Date.now() >= found.value.expires) throw new LivretError('access.link');
  try {
    // Of two that come at once, one finds it changed.
    await store.commit({ changes: [remove(LINKS, id, { expect: found.version })] });
  } catch (error) {
    throw hasCode(error, 'collection.conflict') ? new LivretError('access.link') : error;
  }
}
