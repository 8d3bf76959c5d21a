/** Addresses of ours that a provider gets to know. */

export interface Addresses {
  /** Our entityID is the address of our metadata. */
  entityId: string;
  /** Where responses are handed in (assertion consumer service). */
  acs: string;
  /** Single logout, both ways. */
  slo: string;
}

/** `siteUrl` has no slash at its end. */
export function addressesOf(siteUrl: string, provider: string): Addresses {
  const base = `${siteUrl}/sso/${provider}`;
  return { entityId: `${base}/metadata`, acs: `${base}/acs`, slo: `${base}/slo` };
}
