/** How many belong to each unit of the tree now: counted anew when the directory has changed, and every minute. */
import { everyone } from './known-people.ts';
import { placeOf } from './person.ts';
import { REVISION, REVISION_ID } from './revision.ts';
import { unitsOf } from './unit.ts';
import type { Ground } from './write.ts';

/** People by the id of a unit, all that is below it inside of its direction included. */
export type Census = ReadonlyMap<string, number>;

/** ms after which somebody may have come or left by a date that was known before. */
const LASTS = 60_000;

export class CensusTaker {
  readonly #ground: Ground;
  #last: { revision: number; at: number; census: Promise<Census> } | undefined;

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  async take(): Promise<Census> {
    const revision = (await this.#ground.store.collection(REVISION).get(REVISION_ID))?.version ?? 0;
    const at = Date.now();
    if (this.#last?.revision === revision && at - this.#last.at < LASTS) return this.#last.census;
    // Kept while it is taken, so that those who ask meanwhile share it; not where it fails.
    const census = take(this.#ground, at);
    this.#last = { revision, at, census };
    census.catch(() => {
      this.#last = undefined;
    });
    return census;
  }
}

async function take({ store }: Ground, at: number): Promise<Census> {
  const places = new Map<string, number>();
  for await (const { value } of everyone(store)) {
    const here = placeOf(value, at);
    if (!here) continue;
    const place = JSON.stringify([here.direction, here.service, here.site]);
    places.set(place, (places.get(place) ?? 0) + 1);
  }
  const census = new Map<string, number>();
  for (const [place, count] of places) {
    const [direction, service, site] = JSON.parse(place) as [string, string | null, string | null];
    const units = unitsOf({ direction, ...(service !== null && { service }), ...(site !== null && { site }) });
    for (const { id } of units) census.set(id, (census.get(id) ?? 0) + count);
  }
  return census;
}
