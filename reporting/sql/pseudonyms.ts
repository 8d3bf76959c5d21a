/**
 * What stands for people in rows that are given out: HMAC-SHA256 of their internal id under a secret of the quarter.
 *
 * Within a quarter a person keeps their pseudonym, so that tables join, a query can be run again and a second extract
 * brings the first one up to date. With the quarter the secret is destroyed: nobody, with the store and an old extract
 * in hands, can compute any more who was who. What this does not do: the rows themselves are much the same in the extract
 * of the next quarter, and can be matched by their instants.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { type CollectionSpec, hasCode, put, remove, type Store } from '../../lrs/index.ts';

interface SecretRecord {
  secret: string;
  /** Milliseconds. */
  made: number;
}

/** Id: the quarter, such as 2026-Q4. */
const SECRETS: CollectionSpec<SecretRecord> = { name: 'reporting.pseudonyms', indexes: {} };

export interface Pseudonyms {
  /** In which they are good, in UTC. */
  quarter: string;
  /** Gives 16 characters: 96 bits. */
  of(person: string): string;
}

const LENGTH = 16;

export const quarterAt = (instant: number): string => {
  const date = new Date(instant);
  return `${date.getUTCFullYear()}-Q${Math.floor(date.getUTCMonth() / 3) + 1}`;
};

/** Those of the quarter; the secrets of other quarters are gone then. */
export async function pseudonymsAt(store: Store, now: number): Promise<Pseudonyms> {
  const quarter = quarterAt(now);
  const secret = await secretOf(store, quarter, now);
  return { quarter, of: (person) => createHmac('sha256', secret).update(person).digest('base64url').slice(0, LENGTH) };
}

async function secretOf(store: Store, quarter: string, now: number): Promise<Buffer> {
  const secrets = await store.collection(SECRETS).find();
  const known = secrets.find(({ id }) => id === quarter);
  if (known) return Buffer.from(known.value.secret, 'base64url');
  const secret = randomBytes(32);
  const value = { secret: secret.toString('base64url'), made: now };
  try {
    const others = secrets.map(({ id }) => remove(SECRETS, id));
    await store.commit({ changes: [...others, put(SECRETS, quarter, value, { expect: 'absent' })] });
    return secret;
  } catch (error) {
    // Another process was first.
    if (hasCode(error, 'collection.conflict')) return secretOf(store, quarter, now);
    throw error;
  }
}
