/** See reporting/metrics/dropouts.ts. */
import {
  completes,
  forEveryone,
  type Recount,
  type RecountEvent,
  type RecountKeys,
  type RecountPeople,
  type RecountPeriod,
} from './types.ts';

const SILENCE = 90 * 86_400_000;

interface Stalled {
  dropped: boolean;
  droppedAfter: Set<string>;
  beenIn: Set<string>;
}

const ends = (event: RecountEvent): boolean => completes(event) || event.kind === 'satisfied';

/** When the parcours was completed or waived, whichever came first. */
function closedAt(own: readonly RecountEvent[]): number {
  const closing = own.find((event) => event.module === null && (ends(event) || event.kind === 'waived'));
  return closing?.instant ?? Number.POSITIVE_INFINITY;
}

/** Instants at which a module was done that had not been done before. */
function newlyDone(own: readonly RecountEvent[]): number[] {
  const done = new Map<string, number>();
  for (const event of own) {
    if (event.module !== null && ends(event) && !done.has(event.module)) done.set(event.module, event.instant);
  }
  return [...done.values()];
}

/** Adds what one parcours says, given its events in order. */
function addParcours(stalled: Stalled, own: readonly RecountEvent[], { start, end }: RecountPeriod): boolean {
  const first = own.findIndex(({ active }) => active);
  if (first < 0) return false;
  const begun = own[first]?.instant ?? 0;
  const closed = closedAt(own);
  const progress = newlyDone(own);
  const signs = own.filter(
    (event) => event.instant >= begun && (event.active || (event.module !== null && ends(event))),
  );
  const within = (instants: readonly number[], from: number): boolean =>
    instants.some((instant) => instant > from && instant <= from + SILENCE);
  const instants = signs.map(({ instant }) => instant);
  let latest: number | undefined;
  for (const at of new Set(instants)) {
    const over = at + SILENCE;
    if (over < start || over >= end || closed <= over || within(progress, at)) continue;
    latest = at;
    if (within(instants, at)) continue;
    stalled.dropped = true;
    const module = signs.findLast((sign) => sign.instant <= at && sign.module !== null)?.module;
    if (module !== undefined && module !== null) stalled.droppedAfter.add(module);
  }
  if (latest === undefined) return false;
  for (const { instant, module } of signs) if (instant <= latest && module !== null) stalled.beenIn.add(module);
  return true;
}

function stalledOf(events: readonly RecountEvent[], period: RecountPeriod): Stalled | undefined {
  const stalled: Stalled = { dropped: false, droppedAfter: new Set(), beenIn: new Set() };
  let any = false;
  for (const parcours of new Set(events.map((event) => event.parcours))) {
    if (parcours === null) continue;
    const own = events.filter((event) => event.parcours === parcours);
    if (addParcours(stalled, own, period)) any = true;
  }
  return any ? stalled : undefined;
}

export const dropouts: Recount = (people, period) =>
  forEveryone(people, (events) => {
    const stalled = stalledOf(events, period);
    return stalled && [stalled.dropped ? 1 : 0];
  });

export const dropoutKeys: RecountKeys = (people: RecountPeople, period) => {
  const keys = new Map<string, Record<string, string[]>>();
  for (const [id, { events }] of people) {
    const stalled = stalledOf(events, period);
    if (!stalled) continue;
    keys.set(id, { droppedAfter: [...stalled.droppedAfter].sort(), beenIn: [...stalled.beenIn].sort() });
  }
  return keys;
};
