/** Who comes in by an identity provider: joins the person of that identifier, and is brought up to date. */

import { type Membership, type Place, samePlace } from './membership.ts';
import { changed, PEOPLE, type Person, personOf, placeOf, type Waiting, withRecord } from './person.ts';
import type { Tree } from './tree.ts';
import { commitDrafts, draftOf, type Ground, newDraft, untilCommitted } from './write.ts';

/** What a provider says of somebody who logs in. Names that are left out, or empty, say nothing. */
export interface Arrival {
  /** Agent key of the account: home page and name of the setting, never the e-mail. */
  identifier: string;
  familyName?: string;
  givenName?: string;
  email?: string;
  /** As the provider sent it, for whoever has to place the person. */
  sent: Partial<Place>;
  /** Where the tables of the settings say that this is. A direction that the tree does not have counts as none. */
  placed?: Place;
  /** 'sso:' and the id of the provider. */
  by: string;
  /** ms since 1970; default now. */
  at?: number;
}

/** Whether somebody is where they are said to be: what is left out of it is not compared. */
const isThere = ({ direction, service, site }: Place, here: Membership): boolean =>
  samePlace({ direction, ...some({ service: service ?? here.service, site: site ?? here.site }) }, here);

/** Only what says something. */
const some = <K extends string>(values: Record<K, string | undefined>): Partial<Record<K, string>> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value)) as Partial<Record<K, string>>;

/** Where the person now has to go; undefined where they are there, or nobody knows. */
function wanted(person: Person, { placed }: Arrival, tree: Tree, at: number): Membership | undefined {
  if (placed === undefined || tree.direction(placed.direction) === undefined) return undefined;
  const here = placeOf(person, at);
  if (here && isThere(placed, here)) return undefined;
  const { direction, service, site } = placed;
  if (here?.direction !== direction) return { direction, ...some({ service, site }), roles: ['agent'] };
  // Another spelling of where they are, perhaps: the import and every login would move them to and fro.
  if (tree.at({ direction, ...some({ service, site }) }) === undefined) return undefined;
  // Roles are of the direction, and it is the same.
  return { direction, ...some({ service, site }), roles: here.roles };
}

/** Kept as it is while the provider sends the same: since when somebody waits does not begin anew with every login. */
function waitingOf({ waiting }: Person, { sent, by }: Arrival, at: number): Waiting | undefined {
  if (!sent.direction) return waiting;
  const { direction, service, site } = sent;
  const known = some({ direction, service, site });
  const same = waiting?.by === by && JSON.stringify(waiting.sent) === JSON.stringify(known);
  return same ? waiting : { sent: known, by, since: at };
}

/** See Directory.arrive. */
export async function arrive(ground: Ground, arrival: Arrival): Promise<Person> {
  const { identifier, familyName, givenName, email, by, at = Date.now() } = arrival;
  const people = ground.store.collection(PEOPLE);
  return untilCommitted(async () => {
    const { tree } = await ground.trees.read();
    const [found] = await people.find({ index: 'identifiers', equals: [identifier], limit: 1 });
    const draft = found ? draftOf(found) : newDraft();
    const record = { identifiers: [identifier] as [string], ...some({ familyName, givenName, email }) };
    const named = withRecord(draft.before, record, at);
    const membership = wanted(named, arrival, tree, at);
    const placed = membership ? withRecord(named, { ...record, membership }, at) : named;
    const waiting = waitingOf(placed, arrival, at);
    const after = changed(draft.before, { ...personOf(placed), ...(waiting && { waiting }) }, at);
    await commitDrafts(ground, [{ ...draft, after }], { by, at });
    return personOf(after);
  });
}
