/** Answers with the page of a person, as whoever asks may see it. */
import type { Request, Response } from 'express';
import { languageOf, sendPage } from '../../../web/index.ts';
import { reachingOf, visitorOf } from '../../access/index.ts';
import type { Directory, HistoryEntry, Merge, Person } from '../../directory/index.ts';
import type { Refused } from '../refused.tsx';
import { type Managed, PersonPage } from './person.tsx';
import { above, managesPeople, nameOf, requireReach, visibleMemberships, withVisibleGrants } from './who.ts';
import { DONE, type Done, words } from './words.ts';

/** `refused`: a form of this page. Throws `people.unknown` for who is out of reach. */
export type SendPerson = (request: Request, response: Response, person: Person, refused?: Refused) => Promise<void>;

const MERGES = 20;
const HISTORY = 50;

export function createPersonSender(directory: Directory): SendPerson {
  return async function sendPerson(request, response, person, refused) {
    const now = Date.now();
    requireReach(response, person, now);
    const lang = languageOf(request);
    const manages = managesPeople(response);
    const { self, reach } = reachingOf(response);
    const visitor = self === person.id ? visitorOf(response) : undefined;
    const done = doneOf(request.query.done);
    const page = {
      lang,
      person: withVisibleGrants(response, person),
      now,
      memberships: visibleMemberships(response, person),
      identifiers: manages || visitor !== undefined,
      ...(visitor && { self: visitor }),
      ...(refused && { refused }),
      ...(done && !refused && { done }),
      ...(manages && { managed: await managed(directory, person) }),
    };
    sendPage(request, response, {
      status: refused === undefined ? 200 : 422,
      title: nameOf(person) ?? words[lang].nameless,
      // Their own page is another one of the menu; whoever sees only that one has no list above it.
      ...(visitor ? { menu: '/people/me' } : reach !== 'own' && { breadcrumb: above(lang) }),
      children: <PersonPage {...page} />,
    });
  };
}

const doneOf = (value: unknown): Done | undefined => DONE.find((each) => each === value);

async function managed(directory: Directory, { id }: Person): Promise<Managed> {
  const [tree, merges, history] = await Promise.all([
    directory.tree(),
    directory.mergesInto(id, MERGES),
    directory.history(id, HISTORY),
  ]);
  return { directions: tree.directions(), merges, history, names: await actors(directory, merges, history) };
}

/** Names of the people who did all that. */
async function actors(directory: Directory, merges: readonly Merge[], history: readonly HistoryEntry[]) {
  const ids = [...new Set([...merges, ...history].map(({ by }) => by))].filter((by) => /^[\da-f]{32}$/.test(by));
  const people = await Promise.all(ids.map((id) => directory.person(id)));
  return new Map(people.flatMap((person) => (person ? [[person.id, nameOf(person) ?? person.id] as const] : [])));
}
