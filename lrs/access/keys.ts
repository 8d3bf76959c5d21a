/** The keys of content players and programs, kept in the store. */
import { hasCode, LivretError } from '../errors.ts';
import { type Collection, type CollectionSpec, put, type Store, type Versioned } from '../store/store.ts';
import { type Agent, authorityKey, Refusal, readAgentParameter } from '../xapi/index.ts';
import { SCOPES, type Scope } from './principal.ts';
import type { Recognised } from './recent.ts';
import { hashSecret, newKeyId, newSecret, secretMatches } from './secret.ts';

interface StoredKey {
  label: string;
  scopes: Scope[];
  /** SHA-256 of the secret, base64url. */
  hash: string;
  /** Settled when the key is made: statements/read/mine must find the same authority after the site has moved. */
  authority: Agent;
  /** ms since 1970 */
  created: number;
  expires?: number;
  revoked?: number;
}

const KEYS: CollectionSpec<StoredKey> = { name: 'keys', indexes: { created: { fields: ['created'] } } };

/** Id of the key that is generated on the first start: a fixed one, so that of several processes only one can make it. */
const FIRST_KEY = 'livret';

/** A key as it may be shown: everything but its secret. Times in ms since 1970. */
export interface Key extends Omit<StoredKey, 'hash'> {
  key: string;
}

export interface NewKey {
  /** What the key is for, in words; the name of its default authority. */
  label: string;
  scopes: readonly Scope[];
  /** `authority` of the statements written with it; by default an account on this site, named after the key. */
  authority?: Agent;
  /** ms since 1970; without it the key does not expire. */
  expires?: number;
}

/** The two halves of a key. The secret is nowhere else: it is shown once. */
export interface KeyPair {
  key: string;
  secret: string;
}

const invalid = (detail: string): LivretError => new LivretError('key.invalid', { detail });

function checkLabel(label: string): string {
  const trimmed = label.trim();
  if (trimmed === '' || trimmed.length > 200) throw invalid('A label of 1 to 200 characters is needed.');
  return trimmed;
}

function checkScopes(scopes: readonly Scope[]): Scope[] {
  const unknown = scopes.filter((scope) => !SCOPES.includes(scope));
  if (unknown.length > 0) throw invalid(`Unknown scope: ${unknown.join(', ')}. Scopes are ${SCOPES.join(', ')}.`);
  if (scopes.length === 0) throw invalid('At least one scope is needed.');
  return SCOPES.filter((scope) => scopes.includes(scope));
}

function checkPair(key: string, secret: string): void {
  // A colon ends the user name in Basic credentials (RFC 7617 section 2).
  if (!/^[^:\p{Cc}]{1,200}$/u.test(key)) throw invalid('A key is 1 to 200 characters without a colon.');
  if (!/^\P{Cc}{1,500}$/u.test(secret)) throw invalid('A secret is 1 to 500 characters.');
}

/** "An Agent representing the OAuth consumer or the user": held to the rules of any Agent in a statement. */
function checkAuthority(authority: Agent): Agent {
  try {
    const actor = readAgentParameter('authority', JSON.stringify(authority));
    if (actor.objectType !== 'Group') return { ...actor, objectType: 'Agent' };
  } catch (error) {
    if (error instanceof Refusal) throw invalid(error.rule);
    throw error;
  }
  throw invalid('The authority of a key is an Agent, not a Group.');
}

const shown = ({ id, value: { hash: _secret, ...rest } }: Versioned<StoredKey>): Key => ({ key: id, ...rest });

/** Keys of one store. `siteUrl` is the homePage of default authorities; `changed` is told the id of every key revoked or replaced here. */
export class Keys {
  readonly #store: Store;
  readonly #collection: Collection<StoredKey>;
  readonly #siteUrl: string;
  readonly #changed: (key: string) => void;

  constructor(store: Store, siteUrl: string, changed: (key: string) => void) {
    this.#store = store;
    this.#collection = store.collection(KEYS);
    this.#siteUrl = siteUrl;
    this.#changed = changed;
  }

  /** Makes a key. Resolves once it is on disk. Rejects `key.invalid` where label, scopes, authority or expiry will not do. */
  async add(wanted: NewKey): Promise<KeyPair> {
    const pair = { key: newKeyId(), secret: newSecret() };
    await this.#put(pair, wanted, 'absent');
    return pair;
  }

  /** Every key, expired and revoked ones included, oldest first. */
  async list(): Promise<Key[]> {
    return (await this.#collection.find({ index: 'created' })).map(shown);
  }

  /** Revokes a key for good: at once in this process, within the cache's age in others. Again: no change. Rejects `key.notFound`. */
  async revoke(key: string): Promise<Key> {
    const found = await this.#collection.get(key);
    if (!found) throw new LivretError('key.notFound');
    const value = { ...found.value, revoked: found.value.revoked ?? Date.now() };
    await this.#store.commit({ changes: [put(KEYS, key, value, { expect: found.version })] });
    this.#changed(key);
    return shown({ ...found, value });
  }

  /**
   * Sees to the first key, which may do everything. Given key and secret (LIVRET_KEY, LIVRET_SECRET) that key exists
   * afterwards with that secret: the setting wins over a secret stored earlier, and a new secret also ends a
   * revocation; a key revoked with this very secret stays revoked. Given neither, a store without any key gets one
   * generated, and only then is it given back, to be printed once. Rejects `config.invalid` when one is given without
   * the other, `key.invalid` when they cannot be used as Basic credentials.
   */
  async ensureFirst(given: { key?: string | undefined; secret?: string | undefined }): Promise<KeyPair | undefined> {
    const { key, secret } = given;
    if (key !== undefined && secret !== undefined) {
      checkPair(key, secret);
      // Processes that start together may meet here: the one that comes second finds the key as it should be.
      return this.#settle({ key, secret }).catch((error: unknown) => {
        if (hasCode(error, 'collection.conflict')) return this.#settle({ key, secret });
        throw error;
      });
    }
    if (key !== undefined || secret !== undefined) {
      throw new LivretError('config.invalid', {
        detail: 'LIVRET_KEY and LIVRET_SECRET are set together or not at all.',
      });
    }
    return (await this.#collection.count()) === 0 ? this.#generateFirst() : undefined;
  }

  /** Who a key and secret belong to. Rejects `access.invalid`, without saying which of the two is wrong. */
  async recognise(key: string, secret: string): Promise<Recognised> {
    const stored = (await this.#collection.get(key))?.value;
    const matches = secretMatches(secret, stored?.hash);
    if (!stored || !matches) throw new LivretError('access.invalid');
    if (stored.revoked !== undefined) throw new LivretError('access.invalid', { detail: 'This key was revoked.' });
    const { expires, authority, scopes } = stored;
    if (expires !== undefined && Date.now() >= expires) {
      throw new LivretError('access.invalid', { detail: 'This key has expired.' });
    }
    return {
      principal: { id: key, kind: 'key', scopes: new Set(scopes), authority, authorityKey: authorityKey(authority) },
      ...(expires === undefined ? {} : { expires }),
    };
  }

  async #settle({ key, secret }: KeyPair): Promise<undefined> {
    const found = await this.#collection.get(key);
    if (found && secretMatches(secret, found.value.hash)) return;
    if (found) {
      const { revoked: _revoked, expires: _expires, ...kept } = found.value;
      const value = { ...kept, hash: hashSecret(secret), scopes: ['all' as const] };
      await this.#store.commit({ changes: [put(KEYS, key, value, { expect: found.version })] });
    } else {
      await this.#put({ key, secret }, { label: 'LIVRET_KEY', scopes: ['all'] }, 'absent');
    }
    this.#changed(key);
  }

  async #generateFirst(): Promise<KeyPair | undefined> {
    const pair = { key: FIRST_KEY, secret: newSecret() };
    try {
      await this.#put(pair, { label: 'first key', scopes: ['all'] }, 'absent');
      return pair;
    } catch (error) {
      // Another process was first, and printed it.
      if (hasCode(error, 'collection.conflict')) return undefined;
      throw error;
    }
  }

  async #put({ key, secret }: KeyPair, wanted: NewKey, expect: number | 'absent'): Promise<void> {
    const label = checkLabel(wanted.label);
    const created = Date.now();
    const { expires } = wanted;
    if (expires !== undefined && !(expires > created)) throw invalid('The expiry is not in the future.');
    const authority = checkAuthority(wanted.authority ?? this.#defaultAuthority(key, label));
    const value = { label, scopes: checkScopes(wanted.scopes), hash: hashSecret(secret), authority, created };
    const stored: StoredKey = expires === undefined ? value : { ...value, expires };
    await this.#store.commit({ changes: [put(KEYS, key, stored, { expect })] });
  }

  #defaultAuthority(key: string, label: string): Agent {
    return { objectType: 'Agent', name: label, account: { homePage: this.#siteUrl, name: key } };
  }
}
