/** Letting somebody in, the same for every protocol: from what a provider said to a person of the directory and a session. */
import type { Request, Response } from 'express';
import type { Directory } from '../../lrs/directory/index.ts';
import { LivretError, type PeopleAccess } from '../../lrs/index.ts';
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
    const { roles, ...who } = mapped;
    const person = await directory.arrive({ ...who, by: `sso:${provider}`, at: Date.now() });
    return { person, roles };
  }

  return {
    answered: async (provider, attempt, arrival) =>
      finishPath(provider, await attempts.answer(provider, attempt, arrival)),
    unasked: async (provider, arrival) => finishPath(provider, await attempts.unasked(provider, arrival)),
    take: (request, provider, attempt) => attempts.take(provider, attempt, cookie.get(request)),
    async enter(request: Request, response: Response, provider, arrival, to) {
      const { person, roles } = await join(provider, arrival);
      const { origin, ends } = arrival;
      await access.logIn(request, response, { person: person.id, roles, origin, ...(ends !== undefined && { ends }) });
      response.redirect(303, to);
    },
    once: (provider, id, until) => attempts.once(provider, id, until),
    over: (login) => access.sessions.endOf(login),
    left: (response) => access.logOut(response),
  };
}
