/** Who calls the LRS and what they may do: keys, tokens, rate limits. */
export { type Access, type AccessSettings, createAccess } from './access.ts';
export type { Credentials } from './credentials.ts';
export type { JwtSettings } from './jwt.ts';
export type { Key, KeyPair, Keys, NewKey } from './keys.ts';
export { principalOf, requireScope } from './middleware.ts';
export { type PeopleAccess, permissionFor } from './people/access.ts';
export { cookiesOf, setCookie } from './people/cookie.ts';
export { GRANTED_COUNTS, type Granted } from './people/granted.ts';
export { type Action, type HeldRole, type Reach, type Reached, RIGHTS, reachOf } from './people/rights.ts';
export { requireSameOrigin } from './people/same-site.ts';
export type { NewSession, Origin, Session, SessionSettings, Sessions } from './people/sessions.ts';
export { actorOf, type Reaching, reaches, reachingOf, type Visitor, visitorOf } from './people/visitor.ts';
export { may, type Principal, SCOPES, type Scope } from './principal.ts';
export type { Recognised } from './recent.ts';
export type { TokenVerifier } from './tokens.ts';
