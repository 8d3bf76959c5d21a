/** What was verified a moment ago, so that a busy client costs one look-up in memory a request. */
import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Principal } from './principal.ts';

/** A principal that was recognised, and until when (ms since 1970) its credentials hold. */
export interface Recognised {
  principal: Principal;
  expires?: number;
}

/** Stands for an Authorization header without keeping its secret in memory; looking it up tells nothing by its timing. */
export const fingerprint = (header: string): string => hash('sha256', header, 'base64url');

/**
 * A bounded memory of recognised headers. Entries live at most `maxAge` ms (at least 1), the time within which a
 * revocation made by another process takes effect here, and never beyond the credentials' own expiry.
 */
export class RecentPrincipals {
  readonly #entries: LRUCache<string, Recognised>;
  #generation = 0;

  constructor(maxAge: number, capacity = 10_000) {
    this.#entries = new LRUCache({ max: capacity, ttl: maxAge, allowStale: false });
  }

  /** Changes when something was forgotten: what was looked up before then may be outdated and is not to be kept. */
  get generation(): number {
    return this.#generation;
  }

  get(print: string): Principal | undefined {
    const found = this.#entries.get(print);
    return found && (found.expires === undefined || Date.now() < found.expires) ? found.principal : undefined;
  }

  keep(print: string, recognised: Recognised): void {
    this.#entries.set(print, recognised);
  }

  /** Forgets whoever has this id, at once. */
  forget(principalId: string): void {
    this.#generation += 1;
    const prints = [...this.#entries.entries()].filter(([, { principal }]) => principal.id === principalId);
    for (const [print] of prints) this.#entries.delete(print);
  }
}
