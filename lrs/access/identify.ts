/** From an Authorization header to a principal. */
import { hasCode, LivretError } from '../errors.ts';
import { type Credentials, readCredentials } from './credentials.ts';
import type { FailedLogins } from './failures.ts';
import type { Keys } from './keys.ts';
import type { Principal } from './principal.ts';
import { fingerprint, type RecentPrincipals, type Recognised } from './recent.ts';
import type { TokenVerifier } from './tokens.ts';

/** How a 401 asks for credentials. Only keys are asked for as Basic: browsers answer that with a password dialog. */
export type Challenge = 'Basic' | 'Bearer';

/** What recognises callers; shared by the middleware and by whoever else reads an Authorization header. */
export class Identification {
  readonly #keys: Keys;
  readonly #recent: RecentPrincipals;
  readonly #failures: FailedLogins;
  readonly #verifiers: TokenVerifier[] = [];
  readonly #pending = new Map<string, Promise<Principal>>();

  constructor(keys: Keys, recent: RecentPrincipals, failures: FailedLogins) {
    this.#keys = keys;
    this.#recent = recent;
    this.#failures = failures;
  }

  register(verifier: TokenVerifier): void {
    this.#verifiers.push(verifier);
  }

  /**
   * The principal of a header, at once when it was recognised a moment ago: the hot path makes no promise. Otherwise a
   * promise, shared by requests that come meanwhile. Throws or rejects `access.missing`, `access.invalid`,
   * `access.unavailable`, or `request.rate` after too many failures from `address`.
   */
  identify(header: string | undefined, address: string): Principal | Promise<Principal> {
    if (header === undefined) throw new LivretError('access.missing');
    const print = fingerprint(header);
    return this.#recent.get(print) ?? this.#pending.get(print) ?? this.#start(header, print, address);
  }

  /** How to ask again for the credentials of a header that was refused. */
  challengeFor(header: string | undefined): Challenge {
    if (header === undefined) return 'Basic';
    if (/^bearer\b/i.test(header)) return 'Bearer';
    try {
      return this.#verifierFor(readCredentials(header)) ? 'Bearer' : 'Basic';
    } catch {
      return 'Basic';
    }
  }

  #start(header: string, print: string, address: string): Promise<Principal> {
    const found = this.#lookUp(header, print, address).finally(() => this.#pending.delete(print));
    this.#pending.set(print, found);
    return found;
  }

  async #lookUp(header: string, print: string, address: string): Promise<Principal> {
    const credentials = readCredentials(header);
    // A signed token cannot be guessed: one that has run out, sent again and again, must not shut out a whole address.
    const guessable = credentials.scheme === 'basic' ? credentials.user : undefined;
    if (guessable !== undefined) await this.#failures.check(address, guessable);
    const { generation } = this.#recent;
    try {
      const recognised = await this.#recognise(credentials);
      // Revoked while it was being looked up: this request came first, the next one is to look again.
      if (generation === this.#recent.generation) this.#recent.keep(print, recognised);
      return recognised.principal;
    } catch (error) {
      if (guessable !== undefined && hasCode(error, 'access.invalid')) await this.#failures.count(address, guessable);
      throw error;
    }
  }

  async #recognise(credentials: Credentials): Promise<Recognised> {
    const verifier = this.#verifierFor(credentials);
    if (verifier) return verifier.verify(credentials);
    if (credentials.scheme === 'basic') return this.#keys.recognise(credentials.user, credentials.password);
    throw new LivretError('access.invalid', { detail: 'Bearer tokens are not accepted here.' });
  }

  #verifierFor(credentials: Credentials): TokenVerifier | undefined {
    return this.#verifiers.find((verifier) => verifier.claims(credentials));
  }
}
