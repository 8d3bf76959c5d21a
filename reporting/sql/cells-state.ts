/** What the tables of published cells are made of, in short: whenever it changes they do, and with nothing else. */
import { hash } from 'node:crypto';
import type { Store } from '../../lrs/index.ts';
import { activityNames } from '../activity-names.ts';
import { METRICS } from '../metrics/index.ts';
import { readHeadVersions } from '../privacy/index.ts';
import { irisIn, type Reports } from '../reports.ts';

export class CellsState {
  readonly #store: Store;
  readonly #reports: Reports;
  /** IRIs whose names stand in the tables, by what is published. */
  #named: { published: string; iris: Promise<readonly string[]> } | undefined;

  constructor(store: Store, reports: Reports) {
    this.#store = store;
    this.#reports = reports;
  }

  /** Of what is published, by the versions of its heads, and of the names of parcours and modules, which statements may change. */
  async now(): Promise<string> {
    const published = JSON.stringify(await readHeadVersions(this.#store));
    if (this.#named?.published !== published) this.#named = { published, iris: this.#iris() };
    const { iris } = this.#named;
    // What failed is read again.
    iris.catch(() => {
      this.#named = undefined;
    });
    const named = await iris;
    const nameOf = await activityNames(this.#store, named);
    return hash('sha256', JSON.stringify([published, named.map((iri) => nameOf(iri, 'fr'))]), 'hex');
  }

  async #iris(): Promise<readonly string[]> {
    const iris = new Set<string>();
    for (const { name: report } of METRICS) {
      for (const period of await this.#reports.publishedPeriods(report)) {
        const { ministry } = await this.#reports.read({ report, period, by: 'total' });
        for (const iri of ministry ? irisIn(ministry) : []) iris.add(iri);
      }
    }
    return [...iris].sort();
  }
}
