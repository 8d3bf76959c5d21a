/** Cohorts that are not shown by name (see privacy/hidden-cohorts.ts), kept for as long as nothing else is published. */
import type { Store } from '../../lrs/index.ts';
import { METRICS } from '../metrics/index.ts';
import { type HiddenCohort, hiddenCohorts, PUBLICATIONS } from '../privacy/index.ts';

const NOMINATIVE = METRICS.filter(({ family }) => family.nominative);

/** Sets of directions for which it is kept: working it out reads everybody who was counted. */
const KEPT = 16;

export class Hidden {
  readonly #store: Store;
  readonly #kept = new Map<string, { state: string; cohorts: Promise<HiddenCohort[]> }>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** For who sees the names of these directions. */
  async from(directions: readonly string[]): Promise<readonly HiddenCohort[]> {
    const key = JSON.stringify(directions.toSorted());
    const state = await this.#state();
    const kept = this.#kept.get(key);
    const cohorts = kept?.state === state ? kept.cohorts : hiddenCohorts(this.#store, NOMINATIVE, new Set(directions));
    this.#kept.delete(key);
    this.#kept.set(key, { state, cohorts });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest);
    // What failed is worked out again.
    cohorts.catch(() => this.#kept.delete(key));
    return cohorts;
  }

  /** Another text after anything was published. */
  async #state(): Promise<string> {
    const versions = NOMINATIVE.map(async ({ name }) => {
      const found = await this.#store.collection(PUBLICATIONS).find({ index: 'metric', equals: [name] });
      return found.map(({ id, version }) => `${id} ${version}`);
    });
    return (await Promise.all(versions)).flat().join('\n');
  }
}
