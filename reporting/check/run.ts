/** One run over one view of the read model. */
import { setImmediate as pause } from 'node:timers/promises';
import type { Metric } from '../metrics/metric.ts';
import type { Period } from '../periods/period.ts';
import type { Snapshot } from '../projection/projection.ts';
import { Findings } from './differences.ts';
import { peopleOfSlice, type Read, readEvents } from './events.ts';
import {
  compareUnits,
  contributionsOf,
  metricsOf,
  readUnits,
  recountUnits,
  type Unit,
  type Units,
  writeUnits,
} from './figures.ts';
import { type KnownPeople, readPeople } from './people.ts';
import { SeenPeriods } from './periods.ts';
import { Outdating, wholeKey } from './published/outdated.ts';
import { comparePublications, frozenKind, type Published } from './published/publications.ts';
import { forgetClocks } from './recount/civil.ts';
import type { RecountPeople, RecountPerson } from './recount/types.ts';
import { Slices } from './slices.ts';
import { compareTable, tablesOf } from './tables.ts';
import type { CheckAsked, CheckOptions, CheckResult, Telling } from './types.ts';

/** Statements whose people make a slice. */
const SLICE = 40_000;
/** Events of the people who are recounted in one go, about: some milliseconds' work for each metric. */
const GO = 2000;
/** Milliseconds of work between two pauses, in which requests are served. */
const BREATH = 10;
/** Share of the work that reading the store is. */
const READING = 0.4;

/** What all slices are compared with. */
interface Subject {
  people: KnownPeople;
  slices: Slices;
  metrics: readonly Metric[];
  periods: readonly Period[];
  published: readonly Published[];
  /** People who are not compared. */
  moving: ReadonlySet<string>;
}

const NOBODY: ReadonlyMap<string, Unit[]> = new Map();

export class Run {
  readonly #options: CheckOptions;
  readonly #telling: Telling;
  readonly #snapshot: Snapshot;
  readonly #findings = new Findings();
  readonly #outdating = new Outdating();
  #paused = performance.now();

  constructor(options: CheckOptions, telling: Telling, snapshot: Snapshot) {
    this.#options = options;
    this.#telling = telling;
    this.#snapshot = snapshot;
  }

  /** Gives undefined where the directory is another one than that of the read model. `wanted`: periods, all where none is given. */
  async check(asked: CheckAsked, wanted: readonly Period[]): Promise<CheckResult | undefined> {
    const { store, directory, calendars, dataFolder } = this.#options;
    const people = await readPeople(directory, calendars);
    if (!people || people.revision !== (await this.#meta('directory'))) return undefined;
    const total = await store.statements.count();
    const slices = await Slices.open(dataFolder, Math.max(1, Math.ceil(total / SLICE)));
    try {
      return await this.#checkIn(slices, people, total, asked, wanted);
    } finally {
      forgetClocks();
      await slices.remove();
    }
  }

  async #checkIn(
    slices: Slices,
    people: KnownPeople,
    total: number,
    asked: CheckAsked,
    wanted: readonly Period[],
  ): Promise<CheckResult> {
    const { store, settings } = this.#options;
    const seen = new SeenPeriods(settings);
    const read = await this.#readStore(slices, people, total, seen);
    const published = await comparePublications(store, settings, slices, asked, this.#findings, () => this.#breathe());
    for (const { period } of published) seen.saw(period.start);
    const periods = wanted.length > 0 ? wanted : seen.all;
    const metrics = metricsOf(asked.report);
    for (const period of periods) await this.#writeFigures(slices, metrics, period);
    const moving = await this.#peopleOf(read.moving);
    const subject = { people, slices, metrics, periods, published, moving };
    let withEvents = 0;
    for (let slice = 0; slice < slices.count; slice++) {
      withEvents += await this.#compareSlice(subject, slice);
      this.#telling.progress(read.statements, READING + ((1 - READING) * (slice + 1)) / slices.count);
    }
    return {
      asOf: new Date(this.#snapshot.asOf).toISOString(),
      statements: read.statements,
      people: withEvents,
      moving: moving.size,
      periods: periods.map(({ name }) => name),
      checked: this.#findings.things,
      differences: this.#findings.told,
      total: this.#findings.total,
      outdated: this.#outdating.all,
    };
  }

  async #readStore(slices: Slices, people: KnownPeople, total: number, seen: SeenPeriods): Promise<Read> {
    return readEvents({
      statements: this.#options.store.statements,
      people,
      slices,
      through: Number(await this.#meta('cursor')),
      goOn: async (statements) => {
        this.#telling.progress(statements, (READING * statements) / Math.max(1, total));
        await this.#breathe();
      },
      saw: (instant) => seen.saw(instant),
    });
  }

  async #writeFigures(slices: Slices, metrics: readonly Metric[], period: Period): Promise<void> {
    for (const metric of metrics) {
      await this.#breathe();
      const found = await contributionsOf(metric, this.#snapshot.query, period, this.#options.settings);
      await writeUnits(slices, period.name, metric.name, found, () => this.#breathe());
    }
  }

  /** Gives how many people it has. */
  async #compareSlice(subject: Subject, slice: number): Promise<number> {
    const { people, slices, periods, published, moving } = subject;
    const own = await peopleOfSlice(slices, slice, people);
    const { query } = this.#snapshot;
    for (const table of tablesOf(this.#options.settings, people.nameOf)) {
      const counts = (person: string): boolean => !moving.has(person);
      const breathe = () => this.#breathe();
      await compareTable(
        table,
        { query, slice, slices: slices.count, people: own, counts, pause: breathe },
        this.#findings,
      );
    }
    const frozen = new Map<string, Units>();
    for (const name of new Set(published.map(({ period }) => period.name))) {
      frozen.set(name, await readUnits(slices, frozenKind(name), slice));
    }
    for (const period of periods) await this.#comparePeriod(subject, slice, period, own, frozen);
    return own.size;
  }

  async #comparePeriod(
    { slices, metrics, published, moving }: Subject,
    slice: number,
    period: Period,
    own: RecountPeople,
    frozen: ReadonlyMap<string, Units>,
  ): Promise<void> {
    const { settings } = this.#options;
    const found = await readUnits(slices, period.name, slice);
    for (const metric of metrics) {
      const given = found.get(metric.name) ?? NOBODY;
      const others = [...given.keys()].filter((person) => !own.has(person) && !moving.has(person));
      compareUnits(metric, period, { found: given, wanted: NOBODY }, others, this.#findings);
      const known = published.find((each) => each.metric === metric && each.period.name === period.name);
      const elsewhere = known ? unitsElsewhere(metric, period, frozen) : new Set<string>();
      const before = frozen.get(period.name) ?? new Map();
      const gone = [...(before.get(metric.name) ?? NOBODY).keys()].filter((person) => !own.has(person));
      if (known) this.#outdating.compare(metric, nameOf(known), gone, { frozen: before, today: NOBODY, elsewhere });
      for (const people of inGoes(own, moving)) {
        const wanted = recountUnits(metric, people, period, settings, period.end);
        compareUnits(metric, period, { found: given, wanted }, people.keys(), this.#findings);
        if (known) {
          const same = known.until === period.end || !metric.family.cohort;
          const today = same ? wanted : recountUnits(metric, people, period, settings, known.until);
          this.#outdating.compare(metric, nameOf(known), people.keys(), { frozen: before, today, elsewhere });
        }
        await this.#breathe();
      }
    }
  }

  /** Whose these statements are, by the read model. */
  async #peopleOf(statements: ReadonlySet<string>): Promise<ReadonlySet<string>> {
    if (statements.size === 0) return new Set();
    const rows = await this.#snapshot.query(
      `SELECT DISTINCT person FROM events JOIN agents USING (agent)
       WHERE statement IN (SELECT unnest(from_json($list, '["UUID"]')))`,
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

const nameOf = ({ period, through }: Published): { period: string; through: string } => ({
  period: period.name,
  through,
});

/** A unit of a cohort is counted in one period only: those that are published with another one. */
function unitsElsewhere(metric: Metric, period: Period, frozen: ReadonlyMap<string, Units>): Set<string> {
  const keys = new Set<string>();
  if (!metric.family.cohort) return keys;
  for (const [name, units] of frozen) {
    if (name === period.name) continue;
    for (const [person, own] of units.get(metric.name) ?? NOBODY) {
      for (const unit of own) keys.add(wholeKey(metric.name, person, unit));
    }
  }
  return keys;
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
