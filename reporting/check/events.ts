/** Every statement of the store up to a position, as events of known people, in slices on disk. */
import { agentKey, type Position, parseTimestamp, type Statement, type Statements, VOIDED } from '../../lrs/index.ts';
import { factOf } from '../../lrs/profile/index.ts';
import type { KnownPeople, KnownPerson } from './people.ts';
import type { RecountEvent, RecountPerson } from './recount/types.ts';
import type { Slices } from './slices.ts';

/** Entries of the feed read at once. */
const PAGE = 500;

type SlicedEvent = Omit<RecountEvent, 'calendar'>;

/** As it stands on disk: the position breaks ties. */
type EventLine = [person: string, position: Position, event: SlicedEvent];

export interface Reading {
  statements: Statements;
  people: KnownPeople;
  slices: Slices;
  through: Position;
  /** Told how many statements were read, after each page; throws to break off. */
  goOn(read: number): Promise<void>;
  /** Told of each instant at which somebody learned or planned to. */
  saw(instant: number): void;
}

export interface Read {
  statements: number;
  events: number;
  /** Statements that were voided, or rewritten by an erasure, after `through`: the read model may have them or not. */
  moving: ReadonlySet<string>;
}

const utf8 = new TextDecoder();

/** Reads the feed from its start, and what came after `through` for what it changes of what came before. */
export async function readEvents({ statements, people, slices, through, goOn, saw }: Reading): Promise<Read> {
  const voided = new Set<string>();
  /** Said to be void by the store, without an entry of the feed so far. */
  const flagged = new Set<string>();
  const moving = new Set<string>();
  let [read, events] = [0, 0];
  for (let after: Position = 0; ; ) {
    const page = await statements.feed(after, PAGE);
    for (const entry of page.entries) {
      const late = entry.position > through;
      if (entry.kind === 'voided') {
        (late ? moving : voided).add(entry.id);
        flagged.delete(entry.id);
      } else if (entry.kind === 'erased') {
        for (const id of late ? entry.ids : []) moving.add(id);
      } else if (!late) {
        read += 1;
        const { id, position, text, voided: isVoid } = entry.statement;
        if (isVoid) flagged.add(id);
        const found = isVoid ? undefined : eventOf(JSON.parse(utf8.decode(text)), people);
        if (!found) continue;
        events += 1;
        saw(found.event.instant);
        if (found.event.slotFrom !== null) saw(found.event.slotFrom);
        const line: EventLine = [found.person.id, position, found.event];
        await slices.add('events', slices.of(found.person.id), line);
      }
    }
    await goOn(read);
    if (page.entries.length === 0) break;
    after = page.through;
  }
  for (const id of flagged) moving.add(id);
  return { statements: read, events, moving };
}

function eventOf(statement: Statement, people: KnownPeople): { person: KnownPerson; event: SlicedEvent } | undefined {
  const { actor, verb, timestamp = '' } = statement;
  const key = actor.objectType === 'Group' || verb.id === VOIDED ? undefined : agentKey(actor);
  const person = key === undefined ? undefined : people.byAgent.get(key);
  const instant = parseTimestamp(timestamp, '2.0.0') ?? parseTimestamp(timestamp, '1.0.3');
  if (!person || instant === undefined) return undefined;
  const fact = factOf(statement);
  const event = {
    instant,
    active: fact.active,
    kind: fact.kind,
    parcours: fact.parcours ?? null,
    module: fact.module ?? null,
    registration: fact.registration ?? null,
    completion: fact.completion ?? null,
    scaled: fact.scaled ?? null,
    slot: fact.slot?.id ?? null,
    slotFrom: fact.slot?.from ?? null,
    slotTo: fact.slot?.to ?? null,
    place: fact.place ?? null,
  };
  return { person, event };
}

/** The people of a slice who have events, with these in order. */
export async function peopleOfSlice(
  slices: Slices,
  slice: number,
  people: KnownPeople,
): Promise<Map<string, RecountPerson>> {
  const byPerson = new Map<string, { position: Position; event: RecountEvent }[]>();
  for await (const line of slices.read('events', slice)) {
    const [id, position, event] = line as EventLine;
    const { instant } = event;
    const place = people.byId.get(id)?.memberships.find(({ from, to }) => from <= instant && instant < to);
    const own = byPerson.get(id) ?? [];
    byPerson.set(id, own);
    own.push({ position, event: { ...event, calendar: place?.calendar ?? people.site } });
  }
  const found = new Map<string, RecountPerson>();
  for (const [id, own] of byPerson) {
    own.sort((a, b) => a.event.instant - b.event.instant || a.position - b.position);
    found.set(id, { events: own.map(({ event }) => event), memberships: people.byId.get(id)?.memberships ?? [] });
  }
  return found;
}
