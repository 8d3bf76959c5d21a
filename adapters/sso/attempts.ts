/** Logins under way, in the store: whichever process the answer comes to knows them, and each is used once. */
import { hash, randomBytes } from 'node:crypto';
import {
  type CollectionChange,
  type CollectionSpec,
  hasCode,
  LivretError,
  put,
  remove,
  type Store,
  type Versioned,
} from '../../lrs/index.ts';
import type { Arrival, Attempt } from './provider.ts';

interface StoredAttempt extends Omit<Attempt, 'id'> {
  /** Hash of the cookie of the browser that began it. */
  browser: string;
  /** ms since 1970 */
  expires: number;
}

/** An arrival that waits for its browser. Asked for: which browser that must be. */
interface StoredTicket {
  provider: string;
  arrival: Arrival;
  to: string;
  browser?: string;
  expires: number;
}

interface StoredOnce {
  expires: number;
}

const byExpiry = { expires: { fields: ['expires' as const] } };
const ATTEMPTS: CollectionSpec<StoredAttempt> = { name: 'sso-attempts', indexes: byExpiry };
const TICKETS: CollectionSpec<StoredTicket> = { name: 'sso-tickets', indexes: byExpiry };
const ONCE: CollectionSpec<StoredOnce> = { name: 'sso-once', indexes: byExpiry };

/** ms in which somebody logs in at the provider, and in which their browser follows a redirect of ours. */
const ATTEMPT_TERM = 15 * 60_000;
const TICKET_TERM = 2 * 60_000;

const SWEPT_AT_ONCE = 1000;

const sha256 = (text: string): string => hash('sha256', text, 'base64url');

const random = (): string => randomBytes(20).toString('hex');

const over = (): LivretError => new LivretError('sso.expired');

/** Attempts of one store. Every method rejects `sso.expired` for what is over, unknown, or was used already. */
export class Attempts {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Begins one for the browser with this cookie. */
  async begin(wanted: Omit<Attempt, 'id'>, cookie: string): Promise<Attempt> {
    // An XML id may not begin with a digit.
    const id = `_${random()}`;
    const value = { ...wanted, browser: sha256(cookie), expires: Date.now() + ATTEMPT_TERM };
    await this.#store.commit({ changes: [put(ATTEMPTS, id, value, { expect: 'absent' })] });
    return { ...wanted, id };
  }

  /** Whether an attempt can be answered still. */
  async awaits(provider: string, id: string): Promise<void> {
    await this.#find(provider, id);
  }

  /** Uses an attempt up that this browser began. */
  async take(provider: string, id: string, cookie: string | undefined): Promise<Attempt> {
    const found = await this.#find(provider, id);
    if (cookie === undefined || sha256(cookie) !== found.value.browser) {
      throw new LivretError('sso.refused', { detail: 'This browser did not begin the login.' });
    }
    await this.#use([remove(ATTEMPTS, id, { expect: found.version })]);
    const { to, memory } = found.value;
    return { id, provider, to, memory };
  }

  /** Turns an attempt into a ticket, in one commit: of two answers to it one is refused. */
  async answer(provider: string, id: string, arrival: Arrival): Promise<string> {
    const found = await this.#find(provider, id);
    const { to, browser } = found.value;
    return this.#ticket({ provider, arrival, to, browser }, [remove(ATTEMPTS, id, { expect: found.version })]);
  }

  /** A ticket that no attempt stands behind. */
  unasked(provider: string, arrival: Arrival): Promise<string> {
    return this.#ticket({ provider, arrival, to: '/' }, []);
  }

  /** Whether a ticket still counts, and whether somebody asked for it here. */
  async look(provider: string, ticket: string): Promise<{ asked: boolean }> {
    return { asked: (await this.#findTicket(provider, ticket)).value.browser !== undefined };
  }

  /** Uses a ticket up. One that was asked for is refused to any other browser, and is gone then. */
  async redeem(
    provider: string,
    ticket: string,
    cookie: string | undefined,
  ): Promise<{ arrival: Arrival; to: string }> {
    const { id, value, version } = await this.#findTicket(provider, ticket);
    await this.#use([remove(TICKETS, id, { expect: version })]);
    if (value.browser !== undefined && (cookie === undefined || sha256(cookie) !== value.browser)) {
      throw new LivretError('sso.refused', { detail: 'This browser did not begin the login.' });
    }
    return { arrival: value.arrival, to: value.to };
  }

  /** Notes an id of a provider until `until` (ms). */
  async once(provider: string, id: string, until: number): Promise<void> {
    const name = sha256(`${provider}\n${id}`);
    await this.#use([put(ONCE, name, { expires: until }, { expect: 'absent' })]);
  }

  /** Removes what has expired. */
  async sweep(): Promise<void> {
    for (const spec of [ATTEMPTS, TICKETS, ONCE] as CollectionSpec<{ expires: number }>[]) {
      const collection = this.#store.collection(spec);
      // All of them, however many somebody made by asking again and again.
      for (let gone = SWEPT_AT_ONCE; gone === SWEPT_AT_ONCE; ) {
        const found = await collection.find({ index: 'expires', to: Date.now(), limit: SWEPT_AT_ONCE });
        if (found.length > 0) await this.#store.commit({ changes: found.map(({ id }) => remove(spec, id)) });
        gone = found.length;
      }
    }
  }

  async #find(provider: string, id: string): Promise<Versioned<StoredAttempt>> {
    const found = await this.#store.collection(ATTEMPTS).get(id);
    if (!found || Date.now() >= found.value.expires) throw over();
    if (found.value.provider !== provider) {
      throw new LivretError('sso.refused', { detail: 'It answers a login at another provider.' });
    }
    return found;
  }

  async #findTicket(provider: string, ticket: string): Promise<Versioned<StoredTicket>> {
    const found = await this.#store.collection(TICKETS).get(sha256(ticket));
    if (!found || Date.now() >= found.value.expires || found.value.provider !== provider) throw over();
    return found;
  }

  async #ticket(value: Omit<StoredTicket, 'expires'>, changes: CollectionChange[]): Promise<string> {
    const ticket = random();
    const stored = { ...value, expires: Date.now() + TICKET_TERM };
    await this.#use([...changes, put(TICKETS, sha256(ticket), stored, { expect: 'absent' })]);
    return ticket;
  }

  async #use(changes: CollectionChange[]): Promise<void> {
    try {
      await this.#store.commit({ changes });
    } catch (error) {
      throw hasCode(error, 'collection.conflict') ? over() : error;
    }
  }
}
