/** Subscriptions to digests, as the store keeps them. */
import { randomBytes } from 'node:crypto';
import { type CollectionSpec, put, remove, type Store, type Versioned } from '../../lrs/index.ts';
import type { Language } from '../../web/index.ts';
import { whileAlone } from '../alone.ts';
import { unlessConflict } from '../privacy/index.ts';

/** publication: each time that a period has been published. */
export const FREQUENCIES = ['publication', 'monthly', 'weekly'] as const;
export type Frequency = (typeof FREQUENCIES)[number];

export const SECTIONS = ['completion', 'scheduling', 'claims'] as const;
export type Section = (typeof SECTIONS)[number];

/** What its reader chooses. */
export interface Choice {
  lang: Language;
  frequency: Frequency;
  sections: readonly Section[];
  /** This one alone, with all below it; all that the reader sees where nothing is said. */
  direction?: string;
}

/** Sending what is due, while it is neither sent nor given up. Times are ms since 1970. */
export interface Attempt {
  due: string;
  tries: number;
  /** First try. */
  since: number;
  /** Not before. */
  next: number;
  /** Since when it is on its way: found later, it says that a run broke off, and that the mail may be out or not. */
  sending?: number;
  /** How often that was found, or a server took it without an answer. */
  broken: number;
  /** What the last try failed with. */
  error?: string;
}

export interface Subscription extends Choice {
  /** Id in the directory. */
  person: string;
  /** Secret of the link that stops it. Not hashed: each mail carries it, and all it opens is the way out. */
  stop: string;
  created: number;
  /** What was due last and is done with: sent, or given up. Empty before the first. */
  done: string;
  sent?: { at: number; period: string };
  attempt?: Attempt;
  gaveUp?: { at: number; error: string };
}

export const SUBSCRIPTIONS: CollectionSpec<Subscription> = {
  name: 'reporting.digests',
  indexes: { person: { fields: ['person', 'created'] }, stop: { fields: ['stop'], unique: true } },
};

/** Of one reader: nobody needs more, and each is mail to send. */
export const MOST = 5;

const newToken = (): string => randomBytes(24).toString('base64url');

/** Gives its id; undefined where there are as many as there may be. */
export function addSubscription(
  store: Store,
  wanted: Omit<Subscription, 'stop' | 'done'>,
): Promise<string | undefined> {
  const { person } = wanted;
  return whileAlone(store, `digests ${person}`, async (alone) => {
    const count = await store.collection(SUBSCRIPTIONS).count({ index: 'person', equals: [person] });
    if (count >= MOST) return undefined;
    const id = randomBytes(12).toString('hex');
    const added = { ...wanted, stop: newToken(), done: '' };
    await store.commit({ changes: [put(SUBSCRIPTIONS, id, added, { expect: 'absent' }), alone] });
    return id;
  });
}

/** Those of somebody, oldest first. */
export const subscriptionsOf = (store: Store, person: string): Promise<Versioned<Subscription>[]> =>
  store.collection(SUBSCRIPTIONS).find({ index: 'person', equals: [person] });

/** The one that a link stops; undefined where it has ended. */
export async function subscriptionOfLink(store: Store, stop: string): Promise<Versioned<Subscription> | undefined> {
  if (stop === '') return undefined;
  const [found] = await store.collection(SUBSCRIPTIONS).find({ index: 'stop', equals: [stop], limit: 1 });
  return found;
}

/** Changes one by what is there now, whoever else changes it; nothing where it has ended, or where `change` gives undefined. */
export async function changeSubscription(
  store: Store,
  id: string,
  change: (now: Subscription) => Subscription | undefined,
): Promise<boolean> {
  return unlessConflict(async () => {
    const found = await store.collection(SUBSCRIPTIONS).get(id);
    const value = found && change(found.value);
    if (!value) return false;
    await store.commit({ changes: [put(SUBSCRIPTIONS, id, value, { expect: found.version })] });
    return true;
  });
}

/** Ends it, whatever it is doing. With the version that it must have, rejects `collection.conflict` where it has another. */
export async function endSubscription(store: Store, id: string, expect?: number): Promise<void> {
  await store.commit({ changes: [remove(SUBSCRIPTIONS, id, expect === undefined ? {} : { expect })] });
}
