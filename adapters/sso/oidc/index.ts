/** OpenID Connect: agents come in by ProConnect, LemonLDAP::NG and the like. */
import express, { type NextFunction, type Request, type Response } from 'express';
import { LivretError, visitorOf } from '../../../lrs/index.ts';
import type { Permission } from '../../../web/index.ts';
import type { ProtocolOptions } from '../provider.ts';
import type { OidcSettings } from '../settings.ts';
import type { Pace } from './metadata.ts';
import { OidcProvider } from './provider.ts';

/** Bytes of a form that holds one token. */
const LARGEST_FORM = 100_000;

/**
 * Adds the routes of OpenID Connect. Throws `config.invalid` where a secret cannot be read or an address is not safe.
 * GET …/callback refuses with `sso.unknown`, `sso.expired`, `sso.refused`, `sso.unavailable`.
 */
export function createOidc(
  settings: readonly OidcSettings[],
  { routes, siteUrl, entrance, tell, pace }: ProtocolOptions & { pace?: Pace },
): { providers: OidcProvider[]; permissions: readonly Permission[] } {
  const providers = settings.map((each) => new OidcProvider(each, { siteUrl, tell, pace }));

  function providerOf(request: Request): OidcProvider {
    const found = providers.find(({ id }) => id === request.params.provider);
    if (found === undefined) throw new LivretError('sso.unknown');
    return found;
  }

  /** The browser comes back from the provider, with a code or with an error. */
  async function callback(request: Request, response: Response): Promise<void> {
    const provider = providerOf(request);
    response.setHeader('Cache-Control', 'no-store');
    const { search, searchParams } = new URL(request.originalUrl, siteUrl);
    const [state = '', another] = searchParams.getAll('state');
    // Only the browser that began this login ends it: another's answer, slipped to it, would log it in as somebody else.
    if (state === '' || another !== undefined) throw new LivretError('sso.expired');
    const attempt = await entrance.take(request, provider.id, state);
    const arrival = await provider.arrive(attempt, search);
    await entrance.enter(request, response, provider.id, arrival, attempt.to);
  }

  /** The provider itself tells that somebody has logged out there (Back-Channel Logout 1.0 section 2.5). */
  async function backchannelLogout(request: Request, response: Response): Promise<void> {
    const provider = providerOf(request);
    const token: unknown = request.body?.logout_token;
    if (typeof token !== 'string') throw new LivretError('sso.refused', { detail: 'There is no logout_token.' });
    const { id, until, ...login } = await provider.calledOver(token);
    await entrance.once(provider.id, `logout ${id}`, until);
    await entrance.over({ provider: provider.id, ...login });
    response.setHeader('Cache-Control', 'no-store');
    response.status(200).end();
  }

  /**
   * The provider has the browser load this in a hidden frame when somebody logs out there (Front-Channel Logout 1.0). It
   * ends that browser's own session: `sid` is not believed for any other, since LemonLDAP::NG sends the login for it, which
   * everybody may know. A frame on another site comes without our cookie, and a link is no frame.
   */
  async function frontchannelLogout(request: Request, response: Response): Promise<void> {
    const provider = providerOf(request);
    const { iss, sid } = request.query;
    const origin = visitorOf(response)?.session.origin;
    response.setHeader('Cache-Control', 'no-store');
    if (!['iframe', 'frame', undefined].includes(request.get('sec-fetch-dest')))
      throw new LivretError('sso.refused', { detail: 'A logout by the provider was not loaded in a frame.' });
    if (iss !== undefined && iss !== provider.issuer)
      throw new LivretError('sso.refused', { detail: 'A logout names another issuer (iss).' });
    const isMeant = sid === undefined || sid === origin?.index || sid === origin?.subject;
    if (origin?.provider === provider.id && isMeant) await entrance.left(response);
    response.status(200).end();
  }

  /** "If the logout request was invalid or the logout failed, the RP MUST respond with HTTP 400" (section 2.8). */
  function sayNotDone(error: unknown, request: Request, response: Response, next: NextFunction): void {
    const reason = reasonOf(error);
    if (reason === undefined) {
      next(error);
      return;
    }
    tell('a logout that an identity provider sent was refused', { provider: String(request.params.provider), reason });
    response.setHeader('Cache-Control', 'no-store');
    response.status(400).json({ error: 'invalid_request', error_description: reason });
  }

  const readForm = express.urlencoded({ extended: false, limit: LARGEST_FORM, parameterLimit: 10 });
  routes.get('/sso/:provider/callback', callback);
  routes.get('/sso/:provider/frontchannel-logout', frontchannelLogout);
  routes.post('/sso/:provider/backchannel-logout', readForm, backchannelLogout, sayNotDone);
  const permissions: Permission[] = [
    { method: 'GET', path: '/sso/:provider/callback', anyOf: 'public' },
    { method: 'GET', path: '/sso/:provider/frontchannel-logout', anyOf: 'public' },
    { method: 'POST', path: '/sso/:provider/backchannel-logout', anyOf: 'public' },
  ];
  return { providers, permissions };
}

/** Undefined for what is a fault of ours, and for a provider that there is none of. */
function reasonOf(error: unknown): string | undefined {
  if (error instanceof LivretError)
    return error.code.startsWith('sso.') && error.code !== 'sso.unknown' ? error.message : undefined;
  const { status } = error as { status?: unknown };
  return typeof status === 'number' && status < 500 ? 'The form cannot be read.' : undefined;
}
