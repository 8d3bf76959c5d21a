/** Letting somebody in, the same for every protocol: from what a provider said to a person of the directory and a session. */
import type { Request, Response } from 'express';
import { type Directory, placeOf, type Role } from '../../lrs/directory/index.ts';
import { type HeldRole, LivretError, type PeopleAccess } from '../../lrs/index.ts';
import type { Attempts } from './attempts.ts';
import type { LoginCookie } from './browser.ts';
import { mapArrival } from './mapping.ts';
import type { Arrival, Entrance } from './provider.ts';
import type { SeenArrivals } from './seen.ts';
import type { ProviderSettings } from './settings.ts';

export interface EntranceOptions {
  settings: readonly ProviderSettings[];
  attempts: Attempts;
  cookie: LoginCookie;
  seen: SeenArrivals;
  directory: Directory;
  access: PeopleAccess;
}

export const finishPath = (provider: string, ticket: string): string =>
  `/sso/${provider}/finish?${new URLSearchParams({ ticket })}`;

/**
 * An administrator is one everywhere. The other roles are bound to where the person belongs: whoever belongs nowhere has
 * none of them until they are placed and log in again.
 */
const heldBy = (roles: readonly Role[], direction: string | undefined): HeldRole[] =>
  roles.flatMap((role): HeldRole[] => {
    if (role === 'administrator') return [{ role }];
    return direction === undefined ? [] : [{ role, direction }];
  });

/** Builds the entrance. */
export function createEntrance(options: EntranceOptions): Entrance {
  const { attempts, cookie, seen, directory, access } = options;

  const settingsOf = (provider: string): ProviderSettings => {
    const found = options.settings.find(({ id }) => id === provider);
    if (!found) throw new LivretError('sso.unknown');
    return found;
  };

  async function join(provider: string, arrival: Arrival) {
    const mapped = mapArrival(arrival, settingsOf(provider), await directory.tree());
    await seen.accepted(provider, arrival, mapped);
    const { roles: granted, ...who } = mapped;
    const at = Date.now();
    const person = await directory.arrive({ ...who, by: `sso:${provider}`, at });
    const belongs = placeOf(person, at)?.direction;
    const roles = heldBy(granted, belongs);
    return { person: person.id, identifier: mapped.identifier, roles, ...(belongs !== undefined && { belongs }) };
  }

  return {
    awaits: (provider, attempt) => attempts.awaits(provider, attempt),
    answered: async (provider, attempt, arrival) =>
      finishPath(provider, await attempts.answer(provider, attempt, arrival)),
    unasked: async (provider, arrival) => finishPath(provider, await attempts.unasked(provider, arrival)),
    take: (request, provider, attempt) => attempts.take(provider, attempt, cookie.get(request)),
    async enter(request: Request, response: Response, provider, arrival, to) {
      const who = await join(provider, arrival);
      const { origin, ends } = arrival;
      await access.logIn(request, response, { ...who, origin, ...(ends !== undefined && { ends }) });
      response.redirect(303, to);
    },
    once: (provider, id, until) => attempts.once(provider, id, until),
    over: (login) => access.sessions.endOf(login),
    left: (response) => access.logOut(response),
  };
}
