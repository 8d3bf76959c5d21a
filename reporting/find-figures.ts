/** Finds the figures of a question in what is published. Changes nothing. */
import { readSuccessions } from '../lrs/directory/index.ts';
import { LivretError } from '../lrs/index.ts';
import type { Found, FoundEarlier } from './answer.ts';
import { type Comparison, earliersOf } from './earlier.ts';
import { importedHeadcounts } from './headcounts/index.ts';
import type { Metric } from './metrics/metric.ts';
import { notOneOf } from './parameters.ts';
import { type Period, parsePeriod, periodAfter } from './periods/period.ts';
import {
  type Ask,
  type By,
  type Cell,
  DIMENSIONS,
  knownCellsOf,
  Layout,
  type Leaf,
  leavesIn,
  type Name,
  type PublicationRecord,
  type Publisher,
  readStanding,
  readWhole,
  setsOf,
  totalOf,
  wholeOf,
} from './privacy/index.ts';

export interface Asked {
  /** Name of a metric. */
  report: string;
  /** Name of a period. */
  period: string;
  /** What the rows are; directions where nothing is said. */
  by?: By;
  /** Only what touches it: a direction with all below it, the IRI of a parcours, a service, a site. */
  direction?: string;
  parcours?: string;
  service?: string;
  site?: string;
  /** Of a cohort: name of a later period, up to whose end things count; the latest that is published where nothing is said. */
  through?: string;
  /** Name of an earlier period whose figures are to stand beside. */
  compare?: string;
  /** Directions that the reader sees the figures of; all where nothing is said. The whole ministry's are for everybody. */
  within?: ReadonlySet<string>;
}

/** Rejects `request.parameter` for a place, a horizon or an earlier period that there is not, and says which there are. */
export async function findFigures(publisher: Publisher, metric: Metric, period: Period, asked: Asked): Promise<Found> {
  const by = asked.by ?? 'direction';
  const earlier = asked.compare === undefined ? undefined : earlierThan(publisher, period, asked.compare);
  if (isWhole(asked)) return findWhole(publisher, metric, period, asked, earlier);
  const { record, publication } = (await standing(publisher, metric, period, asked.through)) ?? {};
  requireHorizon(record, asked.through);
  if (!publication) return { by, record, cells: [], leaves: [], headcounts: new Map() };
  const leaves = leavesIn(publication);
  const ask = await askOf(publisher, by, asked, leaves);
  const cells = knownCellsOf(publication, metric, ask);
  const ministry = totalOf(publication, metric);
  const headcounts = await importedHeadcounts(publisher.store, period.lastDay);
  const found = { by, record, through: publication.horizon.through, cells, ministry, leaves, headcounts };
  if (!earlier) return found;
  const comparison = { metric, ask, period, earlier, now: publication };
  return { ...found, compared: await compare(publisher, comparison, cells, ministry) };
}

function requireHorizon(record: PublicationRecord | undefined, through: string | undefined): void {
  const published = record?.state === 'published' ? record.horizons.map((each) => each.through) : [];
  if (published.length > 0 && through !== undefined && !published.includes(through))
    throw notOneOf('through', published);
}

/** Whether it is about the whole ministry alone, whose figures are kept by themselves. */
const isWhole = ({ by, within, ...asked }: Asked): boolean =>
  by === 'total' && !within && DIMENSIONS.every((dimension) => asked[dimension] === undefined);

async function findWhole(
  { store, settings }: Publisher,
  metric: Metric,
  period: Period,
  { through }: Asked,
  earlier: Period | undefined,
): Promise<Found> {
  const by = 'total';
  const { record, whole } = (await readWhole(store, nameOf(metric, period), through)) ?? {};
  requireHorizon(record, through);
  if (!whole) return { by, record, cells: [], leaves: [], headcounts: new Map() };
  const ministry = wholeOf(whole, metric);
  const cell = { ...ministry };
  const headcounts = await importedHeadcounts(store, period.lastDay);
  const { horizon, leaves } = whole;
  const found = { by, record, through: horizon.through, cells: [cell], ministry, leaves, headcounts } as const;
  if (!earlier) return found;
  const then = laterBy(stepsTo(period, horizon.through, settings.timeZone), earlier, settings.timeZone).name;
  const before = await readWhole(store, nameOf(metric, earlier), then);
  if (!before?.whole)
    return { ...found, compared: { period: earlier, record: before?.record, leaves: [], beside: new Map() } };
  const same = { kind: 'same', cell: wholeOf(before.whole, metric) } as const;
  const beside = new Map([cell, ministry].map((each) => [each, same]));
  const compared = { period: earlier, record: before.record, through: then, leaves: before.whole.leaves, beside };
  return { ...found, compared };
}

const nameOf = ({ name }: Metric, period: Period): Name => ({ metric: name, period: period.name });

const standing = ({ store }: Publisher, metric: Metric, period: Period, through?: string) =>
  readStanding(store, nameOf(metric, period), through);

/** The earlier period of that name. Throws `report.period`, or `request.parameter` where it is not earlier. */
function earlierThan({ settings }: Publisher, period: Period, name: string): Period {
  const earlier = parsePeriod(name, settings.period, settings.timeZone);
  if (earlier.start < period.start) return earlier;
  throw new LivretError('request.parameter', { detail: `"compare" is a period before ${period.name}.` });
}

async function compare(
  publisher: Publisher,
  comparison: Omit<Comparison, 'before' | 'successions'>,
  cells: readonly Cell[],
  ministry: Cell,
): Promise<FoundEarlier> {
  const { metric, period, earlier, now } = comparison;
  const { store, settings } = publisher;
  const through = laterBy(stepsTo(period, now.horizon.through, settings.timeZone), earlier, settings.timeZone).name;
  const { record, publication: before } = (await standing(publisher, metric, earlier, through)) ?? {};
  if (!before) return { period: earlier, record, leaves: [], beside: new Map() };
  const successions = await readSuccessions(store);
  const thens = earliersOf(cells, { ...comparison, before, successions });
  const beside = cells.flatMap((cell, place) => (thens[place] ? [[cell, thens[place]] as const] : []));
  return {
    period: earlier,
    record,
    through,
    leaves: leavesIn(before),
    beside: new Map([...beside, [ministry, { kind: 'same', cell: totalOf(before, metric) }]]),
  };
}

async function askOf(publisher: Publisher, by: By, asked: Asked, leaves: readonly Leaf[]): Promise<Ask> {
  const { direction, parcours, service, site, within } = asked;
  const wanted = direction === undefined ? undefined : await publisher.below([direction]);
  const seen = within && [...within];
  const places: Omit<Ask, 'by'> = {
    ...((wanted ?? seen) && { direction: wanted?.filter((each) => within?.has(each) ?? true) ?? seen ?? [] }),
    ...(parcours !== undefined && { parcours: [parcours] }),
    ...(service !== undefined && { service: [service] }),
    ...(site !== undefined && { site: [site] }),
  };
  const isNamed = DIMENSIONS.some((dimension) => asked[dimension] !== undefined);
  if (!isNamed) return { by, ...places };
  const visible = Layout.of(leaves).within(within ? { direction: within } : {});
  const sets = setsOf([...visible].map((place) => leaves[place]).filter((leaf) => leaf !== undefined));
  for (const dimension of DIMENSIONS) {
    if (asked[dimension] === undefined) continue;
    const known = new Set([...sets[dimension]].filter((value) => value !== undefined));
    if (!places[dimension]?.some((value) => known.has(value))) throw notOneOf(dimension, [...known].sort());
  }
  return { by, ...places };
}

/** How many periods after one the other of that name is. */
function stepsTo(period: Period, name: string, zone: string): number {
  let steps = 0;
  for (let each = period; each.name !== name && each.name < name; each = periodAfter(each, zone)) steps += 1;
  return steps;
}

const laterBy = (steps: number, period: Period, zone: string): Period =>
  steps === 0 ? period : laterBy(steps - 1, periodAfter(period, zone), zone);
