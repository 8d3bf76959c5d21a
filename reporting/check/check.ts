/**
 * `livret reports check`: counts every figure again from the store, by the definitions and other code than the reports,
 * and tells what differs. What it shares with them is what statements mean (factOf of lrs/profile) and the settings.
 *
 * It looks at one view of the read model, brought up to date just before, and at the store up to the position of that view:
 * what is stored meanwhile is no difference. People are taken in slices, so that little is held at once.
 */
import { setImmediate as pause } from 'node:timers/promises';
import type { Directory } from '../../lrs/directory/index.ts';
import { LivretError, type Store } from '../../lrs/index.ts';
import type { Calendars } from '../calendar/index.ts';
import { metricOf } from '../metrics/index.ts';
import type { Metric } from '../metrics/metric.ts';
import { type Period, parsePeriod } from '../periods/period.ts';
import type { Projection, Snapshot } from '../projection/projection.ts';
import type { ReportingSettings } from '../settings.ts';
import { type Compared, type Difference, Findings } from './differences.ts';
import { peopleOfSlice, readEvents } from './events.ts';
import { compareUnits, contributionsOf, metricsOf, readUnits, recountUnits, writeUnits } from './figures.ts';
import { type KnownPeople, readPeople } from './people.ts';
import { SeenPeriods } from './periods.ts';
import type { RecountPeople, RecountPerson } from './recount/types.ts';
import { Slices } from './slices.ts';
import { compareTable, tablesOf } from './tables.ts';

export interface CheckOptions {
  store: Store;
  directory: Directory;
  projection: Projection;
  calendars: Calendars;
  settings: ReportingSettings;
  /** Where what cannot be held may lie for as long as the check runs. */
  dataFolder: string;
}

/** Only these figures, where given: names of a metric and of a period. */
export interface CheckAsked {
  report?: string;
  period?: string;
}

export interface CheckResult {
  /** Milliseconds: everything stored at or before it was counted. */
  asOf: number;
  statements: number;
  /** People with events. */
  people: number;
  /** People who were not compared, because statements of theirs were voided or erased while the check ran. */
  moving: number;
  periods: string[];
  checked: Compared[];
  differences: readonly Difference[];
  /** Of all, told or not. */
  total: number;
}

export interface Telling {
  /** Told of steps done, of so many. */
  progress(statements: number, share: number): void;
  /** Throws where the check is to end. */
  goOn(): void;
}

/** Statements whose people make a slice. */
const SLICE = 100_000;
/** Events of the people who are recounted in one go, about: some milliseconds' work for each metric. */
const GO = 2000;
/** Milliseconds of work between two pauses, in which requests are served. */
const BREATH = 10;
/** Times that the directory may change while it is read. */
const PATIENCE = 5;

/** Share of the work that reading the store is. */
const READING = 0.4;

export async function checkReports(options: CheckOptions, asked: CheckAsked, telling: Telling): Promise<CheckResult> {
  if (asked.report !== undefined) metricOf(asked.report);
  const { settings } = options;
  const period = asked.period === undefined ? [] : [parsePeriod(asked.period, settings.period, settings.timeZone)];
  for (let time = 0; time < PATIENCE; time++) {
    const result = await options.projection.drained((snapshot) =>
      new Check(options, telling, snapshot).run(asked, period),
    );
    if (result) return result;
  }
  throw new LivretError('store.unavailable', { detail: 'People are being changed: check again once that is done.' });
}

class Check {
  readonly #options: CheckOptions;
  readonly #telling: Telling;
  readonly #snapshot: Snapshot;
  readonly #findings = new Findings();
  #paused = performance.now();

  constructor(options: CheckOptions, telling: Telling, snapshot: Snapshot) {
    this.#options = options;
    this.#telling = telling;
    this.#snapshot = snapshot;
  }

  /** Gives undefined where the directory is another one than that of the read model. */
  async run(asked: CheckAsked, wantedPeriods: readonly Period[]): Promise<CheckResult | undefined> {
    const { store, directory, calendars, dataFolder, settings } = this.#options;
    const people = await readPeople(directory, calendars);
    if (!people || people.revision !== (await this.#meta('directory'))) return undefined;
    const total = await store.statements.count();
    const slices = await Slices.open(dataFolder, Math.max(1, Math.ceil(total / SLICE)));
    try {
      const seen = new SeenPeriods(settings);
      const read = await readEvents({
        statements: store.statements,
        people,
        slices,
        through: Number(await this.#meta('cursor')),
        goOn: async (statements) => {
          this.#telling.progress(statements, (READING * statements) / Math.max(1, total));
          await this.#breathe();
        },
        saw: (instant) => seen.saw(instant),
      });
      const periods = wantedPeriods.length > 0 ? wantedPeriods : seen.all;
      const metrics = metricsOf(asked.report);
      for (const period of periods) await this.#writeFigures(slices, metrics, period);
      const moving = await this.#peopleOf(read.moving);
      let withEvents = 0;
      for (let slice = 0; slice < slices.count; slice++) {
        const own = await peopleOfSlice(slices, slice, people);
        withEvents += own.size;
        await this.#compareTables(own, people, slices, slice, moving);
        for (const period of periods) await this.#compareFigures(own, slices, slice, metrics, period, moving);
        this.#telling.progress(read.statements, READING + ((1 - READING) * (slice + 1)) / slices.count);
      }
      return {
        asOf: this.#snapshot.asOf,
        statements: read.statements,
        people: withEvents,
        moving: moving.size,
        periods: periods.map(({ name }) => name),
        checked: this.#findings.things,
        differences: this.#findings.told,
        total: this.#findings.total,
      };
    } finally {
      await slices.remove();
    }
  }

  async #writeFigures(slices: Slices, metrics: readonly Metric[], period: Period): Promise<void> {
    for (const metric of metrics) {
      await this.#breathe();
      const found = await contributionsOf(metric, this.#snapshot.query, period, this.#options.settings);
      await writeUnits(slices, period.name, metric.name, found);
    }
  }

  async #compareTables(
    own: RecountPeople,
    { nameOf }: KnownPeople,
    slices: Slices,
    slice: number,
    moving: ReadonlySet<string>,
  ): Promise<void> {
    for (const table of tablesOf(this.#options.settings, nameOf)) {
      const counts = (person: string): boolean => !moving.has(person);
      const pause = () => this.#breathe();
      const { query } = this.#snapshot;
      await compareTable(table, { query, slice, slices: slices.count, people: own, counts, pause }, this.#findings);
    }
  }

  async #compareFigures(
    own: RecountPeople,
    slices: Slices,
    slice: number,
    metrics: readonly Metric[],
    period: Period,
    moving: ReadonlySet<string>,
  ): Promise<void> {
    const found = await readUnits(slices, period.name, slice);
    const { settings } = this.#options;
    for (const metric of metrics) {
      const read = found.get(metric.name) ?? new Map();
      const unknown = [...read.keys()].filter((person) => !own.has(person) && !moving.has(person));
      compareUnits(metric, period, { found: read, wanted: new Map() }, unknown, this.#findings);
    }
    for (const people of inGoes(own, moving)) {
      for (const metric of metrics) {
        const wanted = recountUnits(metric, people, period, settings, period.end);
        const read = found.get(metric.name) ?? new Map();
        compareUnits(metric, period, { found: read, wanted }, people.keys(), this.#findings);
        await this.#breathe();
      }
    }
  }

  /** Whose these statements are, by the read model. */
  async #peopleOf(statements: ReadonlySet<string>): Promise<ReadonlySet<string>> {
    if (statements.size === 0) return new Set();
    const rows = await this.#snapshot.query(
      'SELECT DISTINCT person FROM events JOIN agents USING (agent) WHERE statement IN (SELECT unnest(from_json($list, \'["UUID"]\')))',
      { list: JSON.stringify([...statements]) },
    );
    return new Set(rows.map(({ person }) => String(person)));
  }

  async #meta(key: string): Promise<string> {
    const [row] = await this.#snapshot.query('SELECT value FROM meta WHERE key = $key', { key });
    return String(row?.value ?? 0);
  }

  async #breathe(): Promise<void> {
    if (performance.now() - this.#paused < BREATH) return;
    this.#telling.goOn();
    await pause();
    this.#paused = performance.now();
  }
}

/** The people in groups of about so many events, without those who are not compared. */
function* inGoes(people: RecountPeople, without: ReadonlySet<string>): Generator<Map<string, RecountPerson>> {
  let go = new Map<string, RecountPerson>();
  let events = 0;
  for (const [id, person] of people) {
    if (without.has(id)) continue;
    go.set(id, person);
    events += person.events.length;
    if (events < GO) continue;
    yield go;
    go = new Map();
    events = 0;
  }
  if (go.size > 0) yield go;
}
