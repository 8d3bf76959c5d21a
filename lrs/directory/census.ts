/** How many belong to each unit of the tree now: counted anew when the directory has changed, and every minute. */
import { setTimeout as after } from 'node:timers/promises';
import type { Store } from '../store/store.ts';
import { everyone } from './known-people.ts';
import { placeOf } from './person.ts';
import { REVISION, REVISION_ID } from './revision.ts';
import { unitsOf } from './unit.ts';

export interface Census {
  /** As of when (ms since 1970). */
  at: number;
  /** People by the id of a unit, all that is below it inside of its direction included. */
  people: ReadonlyMap<string, number>;
}

/** ms after which somebody may have come or left by a date that was known before. */
const LASTS = 60_000;
/** ms that a page waits for a newer count before it shows the last one: a thousand people or two are counted in it. */
const PATIENCE = 60;

export class CensusTaker {
  readonly #store: Store;
  readonly #patience: number;
  #last: { revision: number; census: Census } | undefined;
  #taking: Promise<Census> | undefined;

  constructor(store: Store, patience = PATIENCE) {
    this.#store = store;
    this.#patience = patience;
  }

  async take(): Promise<Census> {
    const revision = (await this.#store.collection(REVISION).get(REVISION_ID))?.version ?? 0;
    const last = this.#last;
    if (last?.revision === revision && Date.now() - last.census.at < LASTS) return last.census;
    // One at a time: those who ask meanwhile share it.
    this.#taking ??= this.#count(revision);
    if (last === undefined) return this.#taking;
    return Promise.race([this.#taking, after(this.#patience, last.census, { ref: false })]);
  }

  #count(revision: number): Promise<Census> {
    const counted = count(this.#store, Date.now()).then((census) => {
      this.#last = { revision, census };
      return census;
    });
    const done = (): void => {
      this.#taking = undefined;
    };
    // Whoever still waits for it hears where it fails.
    counted.then(done, done);
    return counted;
  }
}

async function count(store: Store, at: number): Promise<Census> {
  const places = new Map<string, number>();
  for await (const { value } of everyone(store)) {
    const here = placeOf(value, at);
    if (!here) continue;
    const place = JSON.stringify([here.direction, here.service, here.site]);
    places.set(place, (places.get(place) ?? 0) + 1);
  }
  const people = new Map<string, number>();
  for (const [place, number] of places) {
    const [direction, service, site] = JSON.parse(place) as [string, string | null, string | null];
    const units = unitsOf({ direction, ...(service !== null && { service }), ...(site !== null && { site }) });
    for (const { id } of units) people.set(id, (people.get(id) ?? 0) + number);
  }
  return { at, people };
}
