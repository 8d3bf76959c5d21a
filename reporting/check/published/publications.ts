/** The publications that there are, as the check looks at them. */
import type { Store } from '../../../lrs/index.ts';
import { METRICS } from '../../metrics/index.ts';
import type { Metric } from '../../metrics/metric.ts';
import { type Period, parsePeriod } from '../../periods/period.ts';
import { contributionsAt, type Kept, readKept } from '../../privacy/members.ts';
import { PUBLICATIONS, type PublicationRecord } from '../../privacy/records.ts';
import type { ReportingSettings } from '../../settings.ts';
import type { Findings } from '../differences.ts';
import { writeUnits } from '../figures.ts';
import type { Slices } from '../slices.ts';
import type { CheckAsked } from '../types.ts';
import { comparePublication } from './records.ts';

/** A publication that can be set against what counts today. */
export interface Published {
  metric: Metric;
  period: Period;
  /** Name of the last horizon, and the instant up to which it counts. */
  through: string;
  until: number;
}

/** Times that somebody may publish while a publication is read. */
const PATIENCE = 5;

export const frozenKind = (period: string): string => `frozen-${period}`;

/** Compares each publication asked for with itself, and writes whom it froze to the slices; of cohorts, those of every period. */
export async function comparePublications(
  store: Store,
  settings: ReportingSettings,
  slices: Slices,
  { report, period }: CheckAsked,
  findings: Findings,
  breathe: () => Promise<void>,
): Promise<Published[]> {
  const published: Published[] = [];
  for (const { id, value } of await store.collection(PUBLICATIONS).find()) {
    if ((report ?? value.metric) !== value.metric || value.state !== 'published') continue;
    const isAsked = (period ?? value.period) === value.period;
    const metric = METRICS.find(({ name }) => name === value.metric);
    const about = { what: `published ${value.metric}`, period: value.period, person: null, where: 'record' };
    if (!metric && isAsked) findings.differ({ ...about, read: 'of no metric that there is', recounted: null });
    // A unit of a cohort is published with one period only: those of the others are needed to tell what is new in this one.
    if (!metric || !(isAsked || metric.family.cohort)) continue;
    const read = await readSteadily(store, id).catch((error: unknown) => {
      // Of another version of the program, or damaged.
      if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
      if (isAsked) findings.differ({ ...about, read: 'not readable', recounted: null });
    });
    if (!read) continue;
    const { record, kept } = read;
    if (isAsked) comparePublication(metric, record, kept, findings);
    const own = periodOf(record, settings);
    if (!own) continue;
    published.push({ metric, ...own });
    const latest = kept.versions.flatMap((versions) => versions.at(-1) ?? []);
    for (const { members } of latest) {
      const frozen = contributionsAt(members, record.horizons.length - 1);
      await writeUnits(slices, frozenKind(record.period), metric.name, frozen, breathe);
    }
  }
  return published;
}

/** A publication and all that is kept of it, of one moment. */
async function readSteadily(store: Store, id: string): Promise<{ record: PublicationRecord; kept: Kept } | undefined> {
  for (let time = 0; time < PATIENCE; time++) {
    const before = await store.collection(PUBLICATIONS).get(id);
    if (!before) return undefined;
    const kept = await readKept(store, before.value, before.value.horizons.length);
    const after = await store.collection(PUBLICATIONS).get(id);
    if (after?.version === before.version) return { record: before.value, kept };
  }
  return undefined;
}

/** undefined where the site has other periods by now. */
function periodOf(
  { period: name, start, end, horizons }: PublicationRecord,
  { period: length, timeZone }: ReportingSettings,
): Omit<Published, 'metric'> | undefined {
  const through = horizons.at(-1)?.through ?? name;
  try {
    const period = parsePeriod(name, length, timeZone);
    if (period.start !== start || period.end !== end) return undefined;
    return { period, through, until: parsePeriod(through, length, timeZone).end };
  } catch {
    return undefined;
  }
}
