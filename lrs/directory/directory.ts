/** The directory of a store: who the agents are, which direction they belonged to and when, which role they hold. */
import type { Store, Versioned } from '../store/store.ts';
import { holdsAt, type Membership, type Role } from './membership.ts';
import { PEOPLE, type Person, type PersonRecord, placeOf, type StoredPerson } from './person.ts';
import { type Outcome, REVISION, REVISION_ID, type UpsertOptions, upsertPeople } from './upsert.ts';

export interface Directory {
  /** Brings one person up to date. Idempotent. Rejects `people.membership`, `people.identity`, `store.unavailable`. */
  upsert(record: PersonRecord, options?: UpsertOptions): Promise<'new' | 'changed' | 'unchanged'>;
  /** The same for many in one commit (some hundreds are a good size); a refused record does not stop the others. */
  upsertAll(records: readonly PersonRecord[], options?: UpsertOptions): Promise<Outcome[]>;
  /** The person of that id; undefined where there is none. */
  person(id: string): Promise<Person | undefined>;
  /** These directions and all that are below them in the tree. */
  below(directions: readonly string[]): Promise<string[]>;
  /** Somebody arrived by single sign-on: joins the person of that identifier, or makes one; moves them where `placed` is another place than now. */
  arrive(arrival: {
    identifier: string;
    familyName?: string;
    givenName?: string;
    email?: string;
    sent: { direction?: string; service?: string; site?: string };
    placed?: { direction: string; service?: string; site?: string };
    by: string;
    at: number;
  }): Promise<Person>;
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
  /** Everyone, leavers included, read page by page. Not one instant: compare `revision` before and after. */
  all(): AsyncIterable<Person>;
  /** Everyone who ever belonged to a direction. */
  ofDirection(direction: string): Promise<Person[]>;
  /** A number that is another one after anything changed here, by whichever process; 0 before anyone is known. One small read. */
  revision(): Promise<number>;
}

const PAGE = 500;

const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

const personOf = ({ value: { directions: _directions, ...person } }: Versioned<StoredPerson>): Person => person;

/** Opens the directory of a store. */
export function createDirectory(store: Store): Directory {
  const people = store.collection(PEOPLE);
  const revisions = store.collection(REVISION);

  async function personByAgentKey(agentKey: string): Promise<Person | undefined> {
    const [found] = await people.find({ index: 'identifiers', equals: [agentKey], limit: 1 });
    return found && personOf(found);
  }

  async function membershipAt(agentKey: string, at: number): Promise<Membership | undefined> {
    return (await personByAgentKey(agentKey))?.memberships.find((membership) => holdsAt(membership, at));
  }

  async function* all(): AsyncIterable<Person> {
    for (let from = ''; ; ) {
      const page = await people.find({ index: 'id', from, limit: PAGE });
      yield* page.map(personOf);
      const last = page.at(-1);
      if (!last || page.length < PAGE) return;
      from = `${last.id}\0`;
    }
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

  return {
    async upsert(record, options) {
      const [outcome] = await upsertPeople(store, [record], options);
      if (outcome?.change === 'refused') throw outcome.error;
      return outcome?.change ?? 'unchanged';
    },
    upsertAll: (records, options) => upsertPeople(store, records, options),
    async person(id) {
      const found = await people.get(id);
      return found && personOf(found);
    },
    async arrive({ identifier, sent: _sent, placed, by: _by, at, ...names }) {
      const before = await personByAgentKey(identifier);
      const here = before && placeOf(before, at);
      const moved = placed && placed.direction !== here?.direction;
      await upsertPeople(
        store,
        [{ identifiers: [identifier], ...names, ...(moved && { membership: { ...placed, roles: ['agent'] } }) }],
        { at },
      );
      const person = await personByAgentKey(identifier);
      if (!person) throw new Error('Whoever arrived is somebody.');
      return person;
    },
    below: async (directions) => [...directions],
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
    ofDirection: async (direction) => (await people.find({ index: 'directions', equals: [direction] })).map(personOf),
    revision: async () => (await revisions.get(REVISION_ID))?.version ?? 0,
  };
}
