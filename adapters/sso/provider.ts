/** What an identity provider is to the rest of Livret, whichever protocol it speaks. */
import type { Request, Response, Router } from 'express';
import type { Origin } from '../../lrs/index.ts';
import type { Tell } from '../../web/index.ts';

/** What a provider said of somebody, once all that the protocol demands was checked. */
export interface Arrival {
  /** What the provider calls the person and its session with them, and what it wants to be shown again for logging out. */
  origin: Origin;
  /** As sent, by name; every value is text. Names that nobody configured are in it too: the status page shows them. */
  attributes: Readonly<Record<string, readonly string[]>>;
  /** ms since 1970 after which the provider wants the session to be over (SessionNotOnOrAfter). */
  ends?: number;
}

/** A login under way, as `attempts.ts` keeps it. */
export interface Attempt {
  /** Names it to the provider: SAML's request ID (so it starts with "_"), OIDC's state. 160 random bits. */
  id: string;
  provider: string;
  /** Path of ours that it leads to. */
  to: string;
  /** What the protocol must remember: OIDC's nonce and PKCE verifier. */
  memory: Readonly<Record<string, string>>;
}

export interface Provider {
  /** As in the settings; part of its addresses (/sso/ID/…). */
  id: string;
  protocol: 'saml' | 'oidc';
  /** What a new login must remember; asked before `start`. */
  remember(): Promise<Record<string, string>> | Record<string, string>;
  /** Where to send the browser to log in. Rejects `sso.unavailable` where the provider's metadata cannot be had. */
  start(attempt: Attempt): Promise<string>;
  /** Where to send the browser to log out at the provider as well; undefined where the provider offers no such thing. */
  leave(origin: Origin): Promise<string | undefined>;
  /** For the status page: what is known of it now. No secrets. */
  status(): Promise<ProviderStatus>;
  /** Brings what is known of the provider up to date; called every minute in each process, it decides itself whether it is time. Never rejects. */
  refresh(): Promise<void>;
}

export interface ProviderStatus {
  /** entityID, issuer */
  issuer?: string;
  /** ms since 1970: when its metadata was read last, and why not since. */
  read?: number;
  failure?: string;
  /** Certificates or keys it signs with: a name that is no secret (SHA-256 of a certificate, kid), and when it expires. */
  keys: readonly { name: string; expires?: number }[];
  /** Addresses of ours that its administrator needs. */
  addresses: Readonly<Record<string, string>>;
}

/**
 * What both protocols use to let somebody in. Refusals are LivretErrors: `sso.refused` with the reason as detail (it goes
 * to the log, not to the screen), `sso.expired` for a login that is over, unknown, or used already.
 */
export interface Entrance {
  /** Whether an attempt of this id waits for an answer of this provider: asked before a message is checked at length. Rejects `sso.expired`, `sso.refused`. */
  awaits(provider: string, attempt: string): Promise<void>;
  /**
   * A cross-site POST answered an attempt: no cookie of ours came along. Uses the attempt up, once over all processes
   * (rejects `sso.expired`), and gives the path of ours where the same browser goes on, by a 303.
   */
  answered(provider: string, attempt: string, arrival: Arrival): Promise<string>;
  /** The same for a login that nobody asked for here (IdP-initiated): the page it leads to asks before it lets in. */
  unasked(provider: string, arrival: Arrival): Promise<string>;
  /** The attempt of this id that this very browser began, used up once. Rejects `sso.expired`. */
  take(request: Request, provider: string, attempt: string): Promise<Attempt>;
  /** Lets in: joins the directory, begins the session, and answers with a 303 to `to`. */
  enter(request: Request, response: Response, provider: string, arrival: Arrival, to: string): Promise<void>;
  /** Notes an id of the provider (of an assertion, a logout token) until `until` (ms); rejects `sso.expired` when it is known already, to whichever process. */
  once(provider: string, id: string, until: number): Promise<void>;
  /** Ends the sessions that a provider calls over; gives how many. */
  over(login: { provider: string; subject?: string; index?: string }): Promise<number>;
  /** Ends the session of the browser that asks, if any. */
  left(response: Response): Promise<void>;
}

/** What a protocol adds to the router, each route with its line for the table of permissions. */
export interface ProtocolOptions {
  routes: Router;
  /** Address of this site, without a slash at its end. */
  siteUrl: string;
  entrance: Entrance;
  tell: Tell;
}
