/** What is known of a provider: read when it is time, kept for when the provider is down. */
import { type CollectionSpec, LivretError, put, type Store } from '../../../lrs/index.ts';
import type { Tell } from '../../../web/index.ts';
import type { SamlSettings } from '../settings.ts';
import { isSoon } from './expiry.ts';
import { type IdpMetadata, readIdpMetadata } from './idp-metadata.ts';
import { isUrl, readSource, stampOf } from './read-source.ts';

/** The metadata that were read last, for a start while the provider is down. Another source in the settings makes them count no more. */
interface KeptMetadata {
  source: string;
  entityId?: string;
  /** ms since 1970 */
  read: number;
  metadata: IdpMetadata;
}

const KEPT_METADATA: CollectionSpec<KeptMetadata> = { name: 'saml-metadata', indexes: {} };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** ms between two readings: as a rule, and as often as they may be when somebody waits for new ones. */
const READ_EVERY = HOUR;
const RETRY_EVERY = 5 * MINUTE;
const URGENT_EVERY = MINUTE;
const MISSING_EVERY = 5_000;

export interface MetadataState {
  metadata?: IdpMetadata;
  read?: number;
  failure?: string;
}

/** Metadata of one provider, in this process. */
export class ProviderMetadata {
  readonly #settings: SamlSettings;
  readonly #store: Store;
  readonly #tell: Tell;
  #state: MetadataState = {};
  #tried = Number.NEGATIVE_INFINITY;
  #renewed = Number.NEGATIVE_INFINITY;
  #warned = Number.NEGATIVE_INFINITY;
  #stamp: string | undefined;
  #begun: Promise<void> | undefined;
  #reading: Promise<void> | undefined;

  constructor(settings: SamlSettings, store: Store, tell: Tell) {
    this.#settings = settings;
    this.#store = store;
    this.#tell = tell;
  }

  /** Rejects `sso.unavailable` where there are none, or none that hold any more. */
  async current(): Promise<IdpMetadata> {
    await this.#begin();
    if (!isUrl(this.#settings.metadata)) await this.#readChangedFile();
    else if (this.#valid() === undefined) await this.#read(MISSING_EVERY);
    const found = this.#valid();
    if (found === undefined) throw new LivretError('sso.unavailable', { detail: this.#state.failure ?? 'Expired.' });
    return found;
  }

  /**
   * Reads them again because a signature fits none of the keys in `used`; not more than once a minute. Gives whether
   * there are other keys now.
   */
  async renew(used: IdpMetadata): Promise<boolean> {
    const isOther = (): boolean => namesOf(this.#state.metadata) !== namesOf(used);
    if (isOther()) return true;
    const now = Date.now();
    if (now - this.#renewed < URGENT_EVERY) await this.#reading;
    else {
      this.#renewed = now;
      await this.#read(0);
    }
    return isOther();
  }

  /** Reads them where it is time, and warns of certificates that are about to expire. Never rejects. */
  async refresh(): Promise<void> {
    await this.#begin();
    if (!isUrl(this.#settings.metadata)) await this.#readChangedFile();
    else if (Date.now() >= this.#due()) await this.#read(0);
    this.#warn();
  }

  async state(): Promise<MetadataState> {
    await this.#begin();
    return this.#state;
  }

  #valid(): IdpMetadata | undefined {
    const { metadata } = this.#state;
    return Date.now() < (metadata?.validUntil ?? Number.POSITIVE_INFINITY) ? metadata : undefined;
  }

  /** ms since 1970 */
  #due(): number {
    const { metadata, read, failure } = this.#state;
    if (metadata === undefined || read === undefined || failure !== undefined) return this.#tried + RETRY_EVERY;
    const every = Math.max(URGENT_EVERY, Math.min(READ_EVERY, metadata.cacheDuration ?? READ_EVERY));
    // Before they end, not after: nobody could log in meanwhile.
    const soon = metadata.validUntil === undefined ? every : Math.max(URGENT_EVERY, (metadata.validUntil - read) / 2);
    return Math.max(read, this.#tried) + Math.min(every, soon);
  }

  /** Takes what was kept; never rejects. */
  #begin(): Promise<void> {
    this.#begun ??= this.#readKept();
    return this.#begun;
  }

  async #readKept(): Promise<void> {
    const { id, metadata: source, entityId } = this.#settings;
    if (!isUrl(source)) return;
    try {
      const kept = (await this.#store.collection(KEPT_METADATA).get(id))?.value;
      if (kept?.source !== source || kept.entityId !== entityId) return;
      this.#state = { metadata: kept.metadata, read: kept.read };
    } catch (error) {
      this.#tell('metadata that were kept cannot be read', { provider: id, reason: String(error) });
    }
  }

  async #readChangedFile(): Promise<void> {
    const stamp = await stampOf(this.#settings.metadata);
    if (stamp === undefined || stamp !== this.#stamp) await this.#read(0);
    this.#stamp = stamp;
  }

  /** Reads, unless that was tried less than `apart` ms ago; who comes meanwhile waits for the same reading. */
  async #read(apart: number): Promise<void> {
    if (this.#reading === undefined) {
      const now = Date.now();
      if (now - this.#tried < apart) return;
      this.#tried = now;
      this.#reading = this.#readNow(now).finally(() => {
        this.#reading = undefined;
      });
    }
    await this.#reading;
  }

  async #readNow(now: number): Promise<void> {
    const { id, metadata: source, entityId } = this.#settings;
    try {
      const metadata = readIdpMetadata(await readSource(source), entityId);
      if ((metadata.validUntil ?? now + 1) <= now) throw new Error('They have expired.');
      this.#noteChange(metadata);
      this.#state = { metadata, read: now };
    } catch (error) {
      const reason = error instanceof LivretError ? (error.detail ?? error.code) : (error as Error).message;
      const failure = `The metadata of ${this.#settings.metadata} cannot be used. ${reason}`;
      if (failure !== this.#state.failure)
        this.#tell('metadata of a provider cannot be read', { provider: id, reason: failure });
      this.#state = { ...this.#state, failure };
      return;
    }
    if (isUrl(source)) await this.#keep(now);
  }

  async #keep(read: number): Promise<void> {
    const { id, metadata: source, entityId } = this.#settings;
    const { metadata } = this.#state;
    if (metadata === undefined) return;
    const kept = { source, ...(entityId !== undefined && { entityId }), read, metadata };
    try {
      await this.#store.commit({ changes: [put(KEPT_METADATA, id, kept)] });
    } catch (error) {
      this.#tell('metadata of a provider cannot be kept', { provider: id, reason: String(error) });
    }
  }

  #noteChange(metadata: IdpMetadata): void {
    const before = this.#state.metadata;
    if (before === undefined || namesOf(before) === namesOf(metadata)) return;
    this.#tell('the keys of a provider changed', {
      provider: this.#settings.id,
      before: namesOf(before),
      now: namesOf(metadata),
    });
  }

  /** Once a day. */
  #warn(): void {
    const now = Date.now();
    if (now - this.#warned < DAY) return;
    this.#warned = now;
    for (const { name, expires } of this.#state.metadata?.keys ?? []) {
      if (expires === undefined || !isSoon(expires)) continue;
      const until = new Date(expires).toISOString();
      this.#tell('a certificate of a provider expires soon', { provider: this.#settings.id, certificate: name, until });
    }
  }
}

const namesOf = (metadata: IdpMetadata | undefined): string =>
  (metadata?.keys ?? [])
    .map(({ name }) => name)
    .sort()
    .join(' ');
