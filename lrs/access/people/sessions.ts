/** Sessions of people, in the store: every process knows them, and ending one ends it everywhere at once. */
import { randomUUID } from 'node:crypto';
import { hasCode } from '../../errors.ts';
import { type CollectionSpec, put, remove, type Store, type Versioned } from '../../store/store.ts';
import { hashSecret, newSecret } from '../secret.ts';
import { type Granted, grantChange, grantedTo, sweepGranted } from './granted.ts';
import type { HeldRole } from './rights.ts';

/** Where a session came from, as logging out needs it. */
export interface Origin {
  /** Id of the identity provider, or 'link' for the one-time link of the command line. */
  provider: string;
  /** What the provider calls the person (NameID, sub), and its own session (SessionIndex, sid). */
  subject?: string;
  index?: string;
  /** What the protocol wants to be shown again when logging out: the whole NameID, the ID token. */
  hint?: string;
}

export interface NewSession {
  /** Id in the directory; undefined for an administrator who is nobody there. */
  person?: string;
  /** Agent key by which the person came in: it is over once they no longer have it. */
  identifier?: string;
  /** Roles that the provider grants, for as long as this session lasts, where the person belonged at the login. */
  roles: readonly HeldRole[];
  /** Where that was, if they belonged anywhere. */
  belongs?: string;
  origin: Origin;
  /** ms since 1970 after which it ends, where that is earlier than the settings say. */
  ends?: number;
}

interface StoredSession extends NewSession {
  /** Hashes of the cookie's value: the one that counts, and for a moment, or until that one has come back, the one before. */
  tokens: string[];
  /** Whether the one that counts has come back since it was given: an answer can be lost, and the new cookie with it. */
  taken?: boolean;
  /** Forms carry it: who cannot read our pages does not know it. */
  csrf: string;
  /** ms since 1970. */
  began: number;
  seen: number;
  renewed: number;
  ends: number;
  /** Provider with subject, and provider with index: by these it is found when the provider calls it over. */
  logins: string[];
}

export const SESSIONS: CollectionSpec<StoredSession> = {
  name: 'sessions',
  indexes: {
    tokens: { fields: ['tokens'], unique: true },
    logins: { fields: ['logins'] },
    person: { fields: ['person'] },
    seen: { fields: ['seen'] },
  },
};

/** A session as the rest of the program sees it: without what would let somebody take it over. */
export interface Session extends Omit<StoredSession, 'tokens' | 'taken' | 'logins'> {
  id: string;
}

export interface SessionSettings {
  /** ms without a request after which a session is over. */
  idle: number;
  /** ms after which it is over in any case. */
  length: number;
}

/** ms: how often it is noted that a session is in use. */
const NOTED_EVERY = 60_000;
/** ms after which the cookie gets another value, and how long the one before is still taken: requests overlap. */
const RENEWED_EVERY = 15 * 60_000;
const OVERLAP = 30_000;

const SWEPT_AT_ONCE = 1000;

/** A session that was found, and the new value of its cookie where it was just given one. */
export interface Found {
  session: Session;
  token?: string;
}

const subjectKey = (provider: string, subject: string): string => `${provider}\nsubject\n${subject}`;
const indexKey = (provider: string, index: string): string => `${provider}\nindex\n${index}`;

const loginsOf = ({ provider, subject, index }: Origin): string[] => [
  ...(subject === undefined ? [] : [subjectKey(provider, subject)]),
  ...(index === undefined ? [] : [indexKey(provider, index)]),
];

const shown = ({ id, value }: Versioned<StoredSession>): Session => {
  const { tokens: _tokens, taken: _taken, logins: _logins, ...rest } = value;
  return { id, ...rest };
};

/** Sessions of one store. Times are ms since 1970. */
export class Sessions {
  readonly #store: Store;
  readonly #settings: SessionSettings;
  readonly #now: () => number;

  constructor(store: Store, settings: SessionSettings, now: () => number = Date.now) {
    this.#store = store;
    this.#settings = settings;
    this.#now = now;
  }

  /** Begins a session; gives the value of its cookie, which is kept nowhere. Resolves once it is on disk. */
  async begin(wanted: NewSession): Promise<{ token: string; session: Session }> {
    const token = newSecret();
    const now = this.#now();
    const limit = now + this.#settings.length;
    const value: StoredSession = {
      ...wanted,
      tokens: [hashSecret(token)],
      taken: true,
      csrf: newSecret(),
      ...{ began: now, seen: now, renewed: now, ends: Math.min(limit, wanted.ends ?? limit) },
      logins: loginsOf(wanted.origin),
    };
    const id = randomUUID();
    const { person, roles, belongs } = wanted;
    const granted = { roles, at: now, ...(belongs !== undefined && { direction: belongs }) };
    const changes = [put(SESSIONS, id, value, { expect: 'absent' })];
    if (person !== undefined) changes.push(grantChange(person, granted));
    await this.#store.commit({ changes });
    return { token, session: shown({ id, value, version: 0 }) };
  }

  /** The session whose cookie has this value; undefined where there is none, or no more. `renew`: this answer can carry a new cookie. */
  async find(token: string, renew: boolean): Promise<Found | undefined> {
    const now = this.#now();
    const hash = hashSecret(token);
    const [found] = await this.#store.collection(SESSIONS).find({ index: 'tokens', equals: [hash], limit: 1 });
    if (!found) return undefined;
    const { value } = found;
    if (now >= value.ends || now - value.seen >= this.#settings.idle) {
      await this.end(found.id);
      return undefined;
    }
    const current = value.tokens[0] === hash;
    const overlaps = now - value.renewed < OVERLAP;
    if (!current && value.taken === true && !overlaps) return undefined;
    // The one before, long after: whoever has it never got the new one.
    const due = current ? now - value.renewed >= RENEWED_EVERY : !overlaps;
    return this.#note(found, { hash, current, renew: renew && due }, now);
  }

  /** Ends one; no error where it is over already. */
  async end(id: string): Promise<void> {
    await this.#store.commit({ changes: [remove(SESSIONS, id)] });
  }

  /** Ends those that a provider calls over: of this subject, and of this index where one is given (those that have none too). Gives how many. */
  async endOf(login: { provider: string; subject?: string; index?: string }): Promise<number> {
    const [key] = loginsOf(login);
    if (key === undefined) return 0;
    const found = await this.#store.collection(SESSIONS).find({ index: 'logins', equals: [key] });
    const meant = found.filter(
      ({ value: { origin } }) => [undefined, origin.index].includes(login.index) || origin.index === undefined,
    );
    return this.#endAll(meant);
  }

  /** Ends all of a person of the directory; gives how many. */
  async endOfPerson(person: string): Promise<number> {
    return this.#endAll(await this.#store.collection(SESSIONS).find({ index: 'person', equals: [person] }));
  }

  async #endAll(sessions: readonly Versioned<StoredSession>[]): Promise<number> {
    if (sessions.length > 0) await this.#store.commit({ changes: sessions.map(({ id }) => remove(SESSIONS, id)) });
    return sessions.length;
  }

  /** What a provider granted somebody when they last logged in; undefined where that was nothing, or long ago. */
  granted(person: string): Promise<Granted | undefined> {
    return grantedTo(this.#store, person);
  }

  /** How many are open. */
  async count(): Promise<number> {
    return this.#store.collection(SESSIONS).count({ index: 'seen', from: this.#now() - this.#settings.idle });
  }

  /** Removes those that are over without having been ended, and what was granted long ago. */
  async sweep(): Promise<void> {
    await sweepGranted(this.#store, this.#now());
    const to = this.#now() - this.#settings.idle;
    for (let gone = SWEPT_AT_ONCE; gone === SWEPT_AT_ONCE; ) {
      const idle = await this.#store.collection(SESSIONS).find({ index: 'seen', to, limit: SWEPT_AT_ONCE });
      if (idle.length > 0) await this.#store.commit({ changes: idle.map(({ id }) => remove(SESSIONS, id)) });
      gone = idle.length;
    }
  }

  /** Notes that it is in use, and gives it another token when it is time. */
  async #note(
    found: Versioned<StoredSession>,
    { hash, current, renew }: { hash: string; current: boolean; renew: boolean },
    now: number,
  ): Promise<Found> {
    const { id, value, version } = found;
    const token = renew ? newSecret() : undefined;
    const taken = value.taken === true || current;
    if (token === undefined && taken === (value.taken === true) && now - value.seen < NOTED_EVERY) {
      return { session: shown(found) };
    }
    const noted: StoredSession = { ...value, seen: now, taken };
    if (token !== undefined) {
      noted.renewed = now;
      noted.taken = false;
      noted.tokens = [hashSecret(token), hash];
    }
    try {
      await this.#store.commit({ changes: [put(SESSIONS, id, noted, { expect: version })] });
      return { session: shown({ id, value: noted, version }), ...(token !== undefined && { token }) };
    } catch (error) {
      // Another request of the same browser noted it at the same time, or it was ended: that one is right. And whoever reads
      // need not wait for a store that takes nothing: a session that nobody can note ends earlier at most.
      if (hasCode(error, 'collection.conflict', 'store.unavailable')) return { session: shown(found) };
      throw error;
    }
  }
}
