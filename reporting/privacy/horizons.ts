/**
 * A cohort, stage by stage (rule 5): at first what happened up to the end of its own period, then, for each of the eight
 * periods that follow, what had happened by the end of that one, over the same atoms and members.
 */

import type { CollectionChange, Versioned } from '../../lrs/index.ts';
import { DAY } from '../calendar/index.ts';
import type { Metric } from '../metrics/metric.ts';
import { isClosed, type Period, periodAt } from '../periods/period.ts';
import { type KeptSums, putSums } from './atom-parts.ts';
import { quartileMinimum } from './cells.ts';
import { countedOnce } from './counted-once.ts';
import { exact } from './draw.ts';
import { footingOf } from './footing.ts';
import { putPublication } from './heads.ts';
import {
  everybodyIn,
  idsNow,
  type KeptMembers,
  type Member,
  peopleKnown,
  peopleOf,
  putStages,
  readMembers,
  type Stage,
  type Version,
} from './members.ts';
import { nodesOf } from './nodes.ts';
import { actOf, findPublication, sumsAt } from './publish.ts';
import type { Publisher } from './publisher.ts';
import { PUBLICATIONS, type PublicationRecord } from './records.ts';
import { unlessConflict } from './retry.ts';
import { foundIn, grown } from './stages.ts';
import { together } from './sums.ts';
import { putTotals, readTotals, type Totals } from './totals.ts';

/** How many periods after its own a cohort is looked at. */
export const LATER_PERIODS = 8;

/** The periods up to whose ends a publication counts, oldest first. */
export function periodsOf({ start, horizons }: PublicationRecord, { settings }: Publisher): Period[] {
  const periods: Period[] = [];
  for (let at = start; periods.length < horizons.length; ) {
    const period = periodAt(at, settings.period, settings.timeZone);
    periods.push(period);
    at = period.end;
  }
  return periods;
}

/** Adds to every cohort the horizons that are due, until its turn ends; gives how many. One that fails does not keep the others. */
export async function publishHorizons(
  publisher: Publisher,
  metric: Metric,
  by: string,
  onError: (error: unknown) => void,
  signal?: AbortSignal,
): Promise<number> {
  if (!metric.family.cohort) return 0;
  const found = await publisher.store.collection(PUBLICATIONS).find({ index: 'metric', equals: [metric.name] });
  let added = 0;
  const isDue = ({ state }: PublicationRecord): boolean => state === 'published' && !signal?.aborted;
  for (const { value } of found) {
    const own = periodAt(value.start, publisher.settings.period, publisher.settings.timeZone);
    try {
      while (isDue(value) && (await addHorizon(publisher, metric, own, by))) added++;
    } catch (error) {
      onError(error);
    }
  }
  return added;
}

/** Adds the next horizon of a cohort, if its time has come; tells whether it did. */
async function addHorizon(publisher: Publisher, metric: Metric, own: Period, by: string): Promise<boolean> {
  return unlessConflict(async () => {
    const known = await findPublication(publisher, metric, own);
    const next = known && nextHorizon(publisher, known.value);
    if (!known || !next) return false;
    const { store, projection, settings, now } = publisher;
    // Another cohort may count the same people at this moment: once is enough.
    const footing = await footingOf(store, metric, now());
    const kept = await readMembers(store, known.value, known.value.horizons.length);
    const { found, people, asOf } = await projection.drained(async ({ query, asOf }) => ({
      found: await metric.contributions(query, own, settings, next.end),
      people: await peopleKnown(query),
      asOf,
    }));
    const idOf = await idsNow(everybodyIn(kept.versions), peopleOf(found), publisher.leadsTo);
    const once = await countedOnce(publisher, metric, people);
    const stages = foundIn(found.map((each) => ({ ...each, values: once(each.person, each.values) })));
    const stageOf = (member: Member): Stage => grown({ ...member, person: idOf(member.person) }, stages);
    const horizon = { through: next.name, asOf, publishedAt: now() };
    const totals = await readTotals(store, known.value);
    if (!totals) throw new TypeError(`${known.id} has no totals.`);
    await store.commit({ changes: [footing, ...changesOf(metric, known, kept, totals, stageOf, horizon, by)] });
    return true;
  });
}

/** The period after the last horizon, where it is over and its days of delay too. */
function nextHorizon(publisher: Publisher, record: PublicationRecord): Period | undefined {
  const { settings, now } = publisher;
  const periods = periodsOf(record, publisher);
  const [own, last] = [periods[0], periods.at(-1)];
  // The site may have periods of another length by now, or another time zone.
  if (own?.start !== record.start || own.end !== record.end || !last) return undefined;
  if (periods.length > LATER_PERIODS) return undefined;
  const next = periodAt(last.end, settings.period, settings.timeZone);
  return isClosed(next, now() - settings.publishDelay * DAY) ? next : undefined;
}

function changesOf(
  metric: Metric,
  { version: expect, value }: Versioned<PublicationRecord>,
  kept: KeptMembers,
  totals: Totals,
  stageOf: (member: Member) => Stage,
  { through, asOf, publishedAt }: { through: string; asOf: number; publishedAt: number },
  by: string,
): CollectionChange[] {
  const place = value.horizons.length;
  const latest = kept.versions.flatMap((versions) => versions.at(-1) ?? []);
  const atoms = latest.map((version): Version => {
    const members = version.members.map((member) => ({ ...member, stages: [...member.stages, stageOf(member)] }));
    return { ...version, members };
  });
  const sums = atoms.map((atom): KeptSums => {
    return {
      number: atom.number,
      version: atom.version,
      sums: sumsAt(atom, metric, { draw: exact, minimum: value.minimum }, place),
    };
  });
  const all = { ...totals, sums: { ...totals.sums, [through]: together(sums.map((own) => own.sums)) } };
  const rows = value.horizons[0]?.nodes ?? [];
  const nodes = rows.flatMap((row) =>
    nodesOf({ ...row, children: [] }, atoms, metric, quartileMinimum(value.minimum), place),
  );
  const record: PublicationRecord = {
    ...value,
    revision: value.revision + 1,
    asOf,
    publishedAt,
    horizons: [...value.horizons, { through, asOf, publishedAt, nodes }],
  };
  return [
    ...putSums(value, through, sums, 0),
    putTotals(value, all),
    ...putStages(kept, place, stageOf),
    ...putPublication(record, expect),
    actOf('horizon', record, by, { through, replaced: 0, kept: atoms.length }),
  ];
}
