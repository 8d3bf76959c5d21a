/** A SAML identity provider, as the rest of single sign-on sees it. */
import type { Origin } from '../../../lrs/index.ts';
import type { Attempt, Provider, ProviderStatus } from '../provider.ts';
import type { SamlSettings } from '../settings.ts';
import type { Addresses } from './addresses.ts';
import type { IdpMetadata } from './idp-metadata.ts';
import { leaveAddress } from './logout.ts';
import { type Between, writerFor } from './node-saml.ts';
import type { OwnKeys } from './own-keys.ts';
import type { ProviderMetadata } from './provider-metadata.ts';
import { signedAddress } from './query.ts';

export class SamlProvider implements Provider {
  readonly id: string;
  readonly protocol = 'saml';
  readonly settings: SamlSettings;
  readonly addresses: Addresses;
  readonly metadata: ProviderMetadata;
  readonly #keys: () => Promise<OwnKeys>;

  constructor(settings: SamlSettings, addresses: Addresses, metadata: ProviderMetadata, keys: () => Promise<OwnKeys>) {
    this.id = settings.id;
    this.settings = settings;
    this.addresses = addresses;
    this.metadata = metadata;
    this.#keys = keys;
  }

  /** All that is known now. Rejects `sso.unavailable`. */
  between = async (): Promise<Between> => {
    const [metadata, keys] = await Promise.all([this.metadata.current(), this.#keys()]);
    return { settings: this.settings, addresses: this.addresses, metadata, keys };
  };

  renew = (used: IdpMetadata): Promise<boolean> => this.metadata.renew(used);

  /** The id of the request is all that there is to remember. */
  remember(): Record<string, string> {
    return {};
  }

  async start(attempt: Attempt): Promise<string> {
    const between = await this.between();
    const writer = writerFor(between, { generateUniqueId: () => attempt.id });
    // No RelayState: where the login leads is known by the attempt, which nobody else can write.
    return signedAddress(await writer.getAuthorizeUrlAsync('', undefined, {}), between.keys.current.key);
  }

  async leave(origin: Origin): Promise<string | undefined> {
    return leaveAddress(await this.between(), origin);
  }

  async status(): Promise<ProviderStatus> {
    const { metadata, read, failure } = await this.metadata.state();
    return {
      ...(metadata && { issuer: metadata.entityId }),
      ...(read !== undefined && { read }),
      ...(failure !== undefined && { failure }),
      keys: (metadata?.keys ?? []).map(({ name, expires }) => ({ name, ...(expires !== undefined && { expires }) })),
      addresses: { ...this.addresses },
    };
  }

  refresh(): Promise<void> {
    return this.metadata.refresh();
  }
}
