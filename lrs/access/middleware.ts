/** Who may pass: the Express middleware of access. */
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, type Store as RateLimitStore, rateLimit } from 'express-rate-limit';
import { LivretError } from '../errors.ts';
import type { Counters } from '../store/store.ts';
import type { Identification } from './identify.ts';
import { may, type Principal, type Scope } from './principal.ts';

/** ms */
const WINDOW = 60_000;

const addressOf = (request: Request): string => request.ip ?? 'unknown';

/** The principal that `authenticate` recognised for this response. Throws `access.missing` where it did not run. */
export function principalOf(response: Response): Principal {
  const principal: Principal | undefined = response.locals.principal;
  if (!principal) throw new LivretError('access.missing');
  return principal;
}

/** Recognises the caller by the Authorization header and sets response.locals.principal, or passes the refusal on with its challenge. */
export function createAuthenticate(identification: Identification): RequestHandler {
  return function authenticate(request: Request, response: Response, next: NextFunction): void {
    const { authorization } = request.headers;
    const accept = (principal: Principal): void => {
      response.locals.principal = principal;
      next();
    };
    const refuse = (error: unknown): void => {
      if (error instanceof LivretError && error.status === 401) {
        const challenge = identification.challengeFor(authorization);
        const failed = challenge === 'Bearer' ? ', error="invalid_token"' : ', charset="UTF-8"';
        response.setHeader('WWW-Authenticate', `${challenge} realm="Livret"${failed}`);
      }
      next(error);
    };
    let found: Principal | Promise<Principal>;
    try {
      found = identification.identify(authorization, addressOf(request));
    } catch (error) {
      refuse(error);
      return;
    }
    if (found instanceof Promise) found.then(accept, refuse);
    else accept(found);
  };
}

/** Lets pass who holds one of these scopes, or `all`; others get `access.scope`. Stands behind `authenticate`. */
export function requireScope(...anyOf: readonly Scope[]): RequestHandler {
  return function requireOneScope(_request: Request, response: Response, next: NextFunction): void {
    if (may(principalOf(response), anyOf)) next();
    else next(new LivretError('access.scope', { detail: `It takes one of: ${[...anyOf, 'all'].join(', ')}.` }));
  };
}

/**
 * At most `perMinute` requests a minute with one key; 0 switches it off. Stands behind
 * `authenticate`; callers without a principal are counted by address. Refuses with `request.rate` and Retry-After, and
 * tells `onRefused`.
 */
export function createRateLimit(counters: Counters, perMinute: number, onRefused: () => void): RequestHandler {
  if (perMinute === 0) {
    return function noRateLimit(_request: Request, _response: Response, next: NextFunction): void {
      next();
    };
  }
  return rateLimit({
    windowMs: WINDOW,
    store: rateLimitStore(counters),
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator(request, response) {
      const principal: Principal | undefined = response.locals.principal;
      return principal ? `${principal.kind}:${principal.id}` : ipKeyGenerator(addressOf(request));
    },
    handler(_request, response, next) {
      onRefused();
      const retryAfter = Number(response.getHeader('Retry-After')) || 60;
      next(new LivretError('request.rate', { retryAfter }));
    },
  });
}

/** The store's counters as express-rate-limit asks for them. */
function rateLimitStore(counters: Counters): RateLimitStore {
  const name = (key: string): string => `requests ${key}`;
  return {
    async increment(key) {
      const { hits, resets } = await counters.add(name(key), WINDOW);
      return { totalHits: hits, resetTime: new Date(resets) };
    },
    decrement: (key) => counters.takeBack(name(key)),
    resetKey: (key) => counters.forget(name(key)),
  };
}
