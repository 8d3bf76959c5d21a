/** The directory of a store: who the agents are, which direction they belonged to and when, which role they hold. */
import type { Store, Versioned } from '../store/store.ts';
import { type Arrival, arrive } from './arrive.ts';
import { byBytes } from './by-bytes.ts';
import { type Census, CensusTaker } from './census.ts';
import { addUnit, type NewUnit, setParent } from './change-tree.ts';
import { addIdentifier, grant, place, removeIdentifier, revoke } from './edit.ts';
import type { Grant } from './grants.ts';
import { type HistoryEntry, readHistory } from './history.ts';
import { everyone, KnownPeople } from './known-people.ts';
import { type CompleteList, closePeople, findLeavers, type Leavers } from './leave.ts';
import { holdsAt, type Membership, type Place, type Role } from './membership.ts';
import { leadsTo, type Merge, merge, mergesInto, unmerge } from './merges.ts';
import { PEOPLE, type Person, type PersonRecord, personOf, type StoredPerson } from './person.ts';
import { REVISION, REVISION_ID } from './revision.ts';
import { type PeoplePage, type PeopleQuery, searchPeople } from './search.ts';
import type { Succession } from './succession.ts';
import { forgetSuccession, type RecordedSuccession, readSuccessions, succeed } from './successions.ts';
import type { Tree } from './tree.ts';
import { Trees } from './trees.ts';
import { type Outcome, type UpsertOptions, upsertPeople } from './upsert.ts';
import type { Act, Ground } from './write.ts';

export interface Directory {
  /** Brings one person up to date. Idempotent. Rejects `people.membership`, `people.identity`, `store.unavailable`. */
  upsert(record: PersonRecord, options?: UpsertOptions): Promise<'new' | 'changed' | 'unchanged'>;
  /** The same for many in one commit (some hundreds are a good size); a refused record does not stop the others. */
  upsertAll(records: readonly PersonRecord[], options?: UpsertOptions): Promise<Outcome[]>;
  /** For the options of upsertAll in one import of many: reads everyone once instead of each by each. */
  known(): KnownPeople;
  /**
   * Somebody logs in by an identity provider: joins the person who has this identifier (whoever made them, an import for
   * example), or makes a new one; brings the names up to date; moves them where `placed` says, unless they are there:
   * in a new direction they are an agent; in the one where they are they keep their roles, and go only to a service and a
   * site that the tree has. Whoever belongs nowhere, and whose provider sent a direction without `placed` (or with one that
   * the tree does not have), waits in `toPlace`. Idempotent; safe when several logins come at once. Gives the person as they
   * are now. Rejects `store.unavailable`.
   */
  arrive(arrival: Arrival): Promise<Person>;
  /** People who wait for a place, the longest first, at most `limit`. */
  toPlace(limit: number): Promise<Person[]>;
  /** Puts a person into a unit of the tree, as an agent; where they are already they keep their roles. Rejects `people.unknown`, `people.merged`, `direction.unknown`. */
  place(id: string, where: Place, act: Act): Promise<Person>;
  /**
   * Gives a role: for a direction and all below it, or everywhere (an administrator: only everywhere, else `people.administrator`). Rejects `people.left` (who has left holds none: place
   * them first), `people.unknown`, `people.merged`, `direction.unknown`, `people.membership`.
   */
  grant(id: string, grant: Omit<Grant, 'from'>, act: Act): Promise<Person>;
  /** Takes a granted role back; no error where it is not held. Those of a membership end with it. */
  revoke(id: string, role: { role: Role; direction?: string }, act: Act): Promise<Person>;
  /** One agent key more. Rejects `people.identity` where it is somebody else's, `people.unknown`, `people.merged`. */
  addIdentifier(id: string, identifier: string, act: Act): Promise<Person>;
  /** Statements under it are nobody's then. Rejects `people.lastIdentifier`, `people.unknown`, `people.merged`. */
  removeIdentifier(id: string, identifier: string, act: Act): Promise<Person>;
  /**
   * Makes two people one: `from` becomes part of `into`, with its identifiers, memberships and roles (see mergePeople for
   * which of the two wins), in one commit; its id leads to `into` from then on (`leadsTo`). Nobody is let in by its sessions
   * any more; ending them (Sessions.endOfPerson) is the caller's.
   * Where somebody changes one of the two meanwhile it is looked at again. Rejects `people.merge` (one person already),
   * `people.unknown`, `people.merged` (one of them is part of somebody else by now).
   */
  merge(into: string, from: string, act: Act): Promise<Merge>;
  /**
   * Undoes a merge, known by its id and by who has stayed (see unmergePeople for what has happened since). Rejects
   * `people.unmerge`, also where it is a merge into somebody else, and `people.unknown`.
   */
  unmerge(merge: Pick<Merge, 'id' | 'into'>, act: Act): Promise<Merge>;
  /** Merges into a person, those undone included, newest first, at most `limit`. */
  mergesInto(id: string, limit: number): Promise<Merge[]>;
  /** The id under which a person is now: another one where they were merged; undefined where there is none. */
  leadsTo(id: string): Promise<string | undefined>;
  /**
   * Of those who have an identifier of a group and belong somewhere at an instant (ms): how many there are, and who has no
   * identifier that is listed. Reads everyone.
   */
  leavers(list: CompleteList, at: number): Promise<Leavers>;
  /** Ends where these people belong, and their granted roles, as of `act.at`, some hundreds a commit; gives how many it ended for. */
  close(ids: readonly string[], act: Act): Promise<number>;
  /** What was changed of a person, newest first, at most `limit`. */
  history(id: string, limit: number): Promise<HistoryEntry[]>;
  /** The person of that id; undefined where there is none, or where it was merged into another one (see leadsTo). */
  person(id: string): Promise<Person | undefined>;
  /**
   * A page of people: by name where nothing is asked for, within directions by direction and name, else by the word that
   * was found. Bounded in time, however much is there.
   */
  search(query: PeopleQuery): Promise<PeoplePage>;
  /** The tree as it is now: one small read unless it has changed. `tree.direction(name)` tells whether a direction is known. */
  tree(): Promise<Tree>;
  /** A unit more in the tree. Rejects `direction.name`, `direction.exists`, `direction.parent`, `direction.unknown`. */
  addUnit(unit: NewUnit): Promise<void>;
  /** Puts a direction below another one, or on top. Rejects `direction.unknown`, `direction.parent` (where it would be below itself). */
  setParent(id: string, parent: string | undefined): Promise<void>;
  /**
   * Records that directions became others on a day; those new in `to` come into the tree. Nobody is moved: that is for
   * memberships to say. The same again changes nothing. Rejects `direction.unknown` where the tree has not got one of
   * `from`, `direction.succession` where it makes no sense, by itself or with the others.
   */
  succeed(succession: Succession, act: Act): Promise<RecordedSuccession>;
  /** Takes a recorded one back. Rejects `direction.succession` where there is none, or where the others need it. */
  forgetSuccession(id: string): Promise<RecordedSuccession>;
  /** What became of directions, in order of days. */
  successions(): Promise<RecordedSuccession[]>;
  /** These directions and all that are below them in the tree. */
  below(directions: readonly string[]): Promise<string[]>;
  /** Whose agent key this is; undefined for an agent nobody has told about. */
  personByAgentKey(agentKey: string): Promise<Person | undefined>;
  /** Where the agent belonged at an instant (ms); undefined when unknown, not yet there or gone. */
  membershipAt(agentKey: string, at: number): Promise<Membership | undefined>;
  /** The direction of that membership. */
  directionAt(agentKey: string, at: number): Promise<string | undefined>;
  /** Roles held at an instant (ms), with the direction each is bound to. */
  rolesAt(agentKey: string, at: number): Promise<{ role: Role; direction: string }[]>;
  /** Every direction that anyone ever belonged to, in order of their UTF-8 bytes. */
  directions(): Promise<string[]>;
  /** How many people belong to each direction at an instant (ms); directions without anyone are left out. */
  headcounts(at: number): Promise<Map<string, number>>;
  /**
   * How many belong to each unit (by its id), and as of when: now, or where counting takes long (it reads everyone) as it
   * was counted last, while it is counted anew.
   */
  census(): Promise<Census>;
  /** Everyone, leavers included, read page by page. Not one instant: compare `revision` before and after. */
  all(): AsyncIterable<Person>;
  /** Everyone who ever belonged to a direction. */
  ofDirection(direction: string): Promise<Person[]>;
  /** A number that is another one after anything changed here, by whichever process; 0 before anyone is known. One small read. */
  revision(): Promise<number>;
}

const shown = ({ value }: Versioned<StoredPerson>): Person => personOf(value);

/** Opens the directory of a store. */
export function createDirectory(store: Store): Directory {
  const people = store.collection(PEOPLE);
  const revisions = store.collection(REVISION);

  async function personByAgentKey(agentKey: string): Promise<Person | undefined> {
    const [found] = await people.find({ index: 'identifiers', equals: [agentKey], limit: 1 });
    return found && shown(found);
  }

  async function membershipAt(agentKey: string, at: number): Promise<Membership | undefined> {
    return (await personByAgentKey(agentKey))?.memberships.find((membership) => holdsAt(membership, at));
  }

  async function* all(): AsyncIterable<Person> {
    for await (const { value } of everyone(store)) if (value.mergedInto === undefined) yield personOf(value);
  }

  async function directions(): Promise<string[]> {
    const names: string[] = [];
    // Leaps from one name to the next in the index, instead of reading everyone.
    for (let from = ''; ; from = `${names.at(-1)}\0`) {
      const [person] = await people.find({ index: 'directions', from, limit: 1 });
      const [next] = (person?.value.directions ?? []).filter((name) => byBytes(name, from) >= 0).sort(byBytes);
      if (next === undefined) return names;
      names.push(next);
    }
  }

  const ground: Ground = { store, trees: new Trees(store, directions) };
  const takers = new CensusTaker(store);
  const tree = async (): Promise<Tree> => (await ground.trees.read()).tree;

  return {
    async upsert(record, options) {
      const [outcome] = await upsertPeople(ground, [record], options);
      if (outcome?.change === 'refused') throw outcome.error;
      return outcome?.change ?? 'unchanged';
    },
    upsertAll: (records, options) => upsertPeople(ground, records, options),
    known: () => new KnownPeople(store),
    arrive: (arrival) => arrive(ground, arrival),
    toPlace: async (limit) => (await people.find({ index: 'waits', limit })).map(shown),
    place: (id, where, act) => place(ground, id, where, act),
    grant: (id, wanted, act) => grant(ground, id, wanted, act),
    revoke: (id, role, act) => revoke(ground, id, role, act),
    addIdentifier: (id, identifier, act) => addIdentifier(ground, id, identifier, act),
    removeIdentifier: (id, identifier, act) => removeIdentifier(ground, id, identifier, act),
    merge: (into, from, act) => merge(ground, into, from, act),
    unmerge: (wanted, act) => unmerge(ground, wanted, act),
    mergesInto: (id, limit) => mergesInto(ground, id, limit),
    leadsTo: (id) => leadsTo(ground, id),
    leavers: (list, at) => findLeavers(ground, list, at),
    close: (ids, act) => closePeople(ground, ids, act),
    history: (id, limit) => readHistory(store, id, limit),
    async person(id) {
      const found = await people.get(id);
      return found && found.value.mergedInto === undefined ? shown(found) : undefined;
    },
    census: () => takers.take(),
    search: (query) => searchPeople(ground, query),
    tree,
    addUnit: (unit) => addUnit(ground, unit),
    setParent: (id, parent) => setParent(ground, id, parent),
    succeed: (succession, act) => succeed(ground, succession, act),
    forgetSuccession: (id) => forgetSuccession(ground, id),
    successions: () => readSuccessions(store),
    below: async (names) => (names.length === 0 ? [] : (await tree()).below(names)),
    personByAgentKey,
    membershipAt,
    directionAt: async (agentKey, at) => (await membershipAt(agentKey, at))?.direction,
    async rolesAt(agentKey, at) {
      const membership = await membershipAt(agentKey, at);
      return membership?.roles.map((role) => ({ role, direction: membership.direction })) ?? [];
    },
    directions,
    async headcounts(at) {
      const counts = new Map<string, number>();
      for await (const { memberships } of all()) {
        const direction = memberships.find((membership) => holdsAt(membership, at))?.direction;
        if (direction !== undefined) counts.set(direction, (counts.get(direction) ?? 0) + 1);
      }
      return counts;
    },
    all,
    ofDirection: async (direction) => (await people.find({ index: 'directions', equals: [direction] })).map(shown),
    revision: async () => (await revisions.get(REVISION_ID))?.version ?? 0,
  };
}
