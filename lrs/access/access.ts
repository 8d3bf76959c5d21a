/** Keys, tokens and limits of one site, put together. */
import type { RequestHandler } from 'express';
import type { Command, Measure } from '../../web/index.ts';
import type { Directory } from '../directory/index.ts';
import type { Store } from '../store/store.ts';
import { createKeyCommands } from './commands.ts';
import { FailedLogins } from './failures.ts';
import { Identification } from './identify.ts';
import { createJwtVerifier, type JwtSettings } from './jwt.ts';
import { Keys } from './keys.ts';
import { createAuthenticate, createRateLimit } from './middleware.ts';
import { createPeopleAccess, type PeopleAccess } from './people/access.ts';
import type { SessionSettings } from './people/sessions.ts';
import type { Principal } from './principal.ts';
import { RecentPrincipals } from './recent.ts';
import type { TokenVerifier } from './tokens.ts';

export interface AccessSettings {
  /** Absolute URL of this site: homePage of the authority of keys that are given none. */
  siteUrl: string;
  /** Requests a minute for one key; 0 means no limit. */
  requestsPerMinute: number;
  /** Failed logins a minute for one name at one address; 0 means no limit. */
  failedLoginsPerMinute: number;
  /** Bearer clients of another issuer; without it only keys (and what registers itself) are recognised. */
  jwt?: JwtSettings;
  /** Default: an hour without a request, ten in all. */
  sessions?: SessionSettings;
  /** ms for which a recognised header is believed: how late a revocation by another process may be seen. Default 5,000. */
  cacheAge?: number;
}

export interface Access {
  keys: Keys;
  /** People: sessions, rights and guards. */
  people: PeopleAccess;
  /** Sets response.locals.principal, or refuses: see createAuthenticate. */
  authenticate: RequestHandler;
  rateLimit: RequestHandler;
  /** Who an Authorization header belongs to; see Identification.identify. */
  identify(header: string | undefined, address: string): Principal | Promise<Principal>;
  /** Adds a kind of credentials, looked at before the keys. */
  registerTokenVerifier(verifier: TokenVerifier): void;
  /** Stops believing what was recognised a moment ago of this principal: for verifiers whose tokens end early. */
  forget(principalId: string): void;
  commands: readonly Command[];
  measures: readonly Measure[];
}

/** ms */
const HOUR = 3_600_000;

/** Builds access over a store. Makes no key: call `keys.ensureFirst` before listening. */
export async function createAccess({
  store,
  directory,
  settings,
}: {
  store: Store;
  directory: Directory;
  settings: AccessSettings;
}): Promise<Access> {
  const recent = new RecentPrincipals(settings.cacheAge ?? 5_000);
  const failures = new FailedLogins(store.counters, settings.failedLoginsPerMinute);
  const keys = new Keys(store, settings.siteUrl, (key) => recent.forget(key));
  let refused = 0;
  const identification = new Identification(keys, recent, failures);
  if (settings.jwt) identification.register(createJwtVerifier(settings.jwt));
  const authenticate = createAuthenticate(identification);
  const { siteUrl, sessions = { idle: HOUR, length: 10 * HOUR } } = settings;
  const people = createPeopleAccess({ store, directory, authenticate, settings: { siteUrl, sessions } });
  return {
    keys,
    people,
    authenticate,
    rateLimit: createRateLimit(store.counters, settings.requestsPerMinute, () => {
      refused++;
    }),
    identify: (header, address) => identification.identify(header, address),
    registerTokenVerifier: (verifier) => identification.register(verifier),
    forget: (principalId) => recent.forget(principalId),
    commands: [...createKeyCommands(keys), ...people.commands],
    measures: measuresOf(failures, () => refused),
  };
}

const measuresOf = (failures: FailedLogins, refused: () => number): Measure[] => [
  {
    name: 'livret_rate_limit_refusals_total',
    help: 'Requests refused because their key had made too many (LIVRET_RATE_LIMIT).',
    kind: 'counter',
    read: refused,
  },
  {
    name: 'livret_failed_logins_total',
    help: 'Credentials that were not valid.',
    kind: 'counter',
    read: () => failures.failed,
  },
  {
    name: 'livret_failed_login_refusals_total',
    help: 'Requests refused unseen after too many failed logins (LIVRET_FAILED_LOGINS).',
    kind: 'counter',
    read: () => failures.refused,
  },
];
