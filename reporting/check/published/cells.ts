/** The cells of a publication, as they are shown, against the members that stand behind them. */
import type { Metric } from '../../metrics/metric.ts';
import { type By, byOf, type Cell, cellsOf, type Publication, totalOf } from '../../privacy/cells.ts';
import { contributionsAt, type Kept, type Version } from '../../privacy/members.ts';
import type { PublicationRecord } from '../../privacy/records.ts';
import { type Difference, isSame } from '../differences.ts';

type Differ = (where: string, read: Difference['read'], recounted: Difference['recounted']) => void;

/** A count of behaviour is off by less than this at each atom. */
const STEP = 3;

export function compareCells(
  { atoms }: Kept,
  latest: readonly Version[],
  record: PublicationRecord,
  metric: Metric,
  differ: Differ,
): void {
  const horizon = record.horizons.at(-1);
  const place = record.horizons.length - 1;
  if (!horizon) return;
  const shownAtoms = latest.flatMap(({ number, version, leaves }) => {
    const kept = atoms.find((each) => each.number === number && each.version === version);
    const sums = kept?.sums[horizon.through];
    return sums ? [{ leaves, sums }] : [];
  });
  if (shownAtoms.length < latest.length) return;
  const publication: Publication = { record, horizon, atoms: shownAtoms };
  const compare = (by: By, cell: Cell): void => {
    const held = new Set(cell.leaves);
    const behind = latest.filter(({ leaves }) => leaves.some((leaf) => held.has(leaf)));
    compareCell(`by ${by}, cell ${behind.map(({ number }) => number).join()}`, cell, behind, place, metric, differ);
  };
  const everything = latest.reduce((sum, { leaves }) => sum + leaves.length, 0);
  for (const by of byOf(metric).filter((each) => each !== 'module' && each !== 'total')) {
    const cells = cellsOf(publication, metric, { by });
    const leaves = cells.reduce((sum, cell) => sum + cell.leaves.length, 0);
    if (leaves !== everything) differ(`by ${by}: leaves`, leaves, everything);
    for (const cell of cells) compare(by, cell);
  }
  compare('total', totalOf(publication, metric));
}

function compareCell(
  about: string,
  { figures }: Cell,
  behind: readonly Version[],
  place: number,
  { figures: specs, family }: Metric,
  differ: Differ,
): void {
  const members = behind.flatMap((version) => contributionsAt(version.members, place));
  const allowed = family.cohort ? 0 : (STEP - 1) * behind.length;
  const near = (name: string, count: number): void => {
    const shown = figures[name];
    if (typeof shown !== 'number' || Math.abs(shown - count) > allowed) {
      differ(`${about}: ${name}`, typeof shown === 'number' ? shown : null, count);
    }
  };
  for (const spec of specs) {
    if (spec.kind === 'people') near(spec.name, members.length);
    if (spec.kind === 'count') near(spec.name, members.filter(({ values }) => (values[spec.of] ?? 0) > 0).length);
    if (spec.kind === 'sum')
      near(
        spec.name,
        members.reduce((sum, { values }) => sum + (values[spec.of] ?? 0), 0),
      );
    if (spec.kind === 'mean' && members.length > 0) {
      const sum = members.reduce((total, { values }) => total + Math.min(values[spec.of] ?? 0, spec.cap), 0);
      const shown = figures[spec.name];
      const mean = sum / members.length;
      if (!isSame(shown, mean)) differ(`${about}: ${spec.name}`, typeof shown === 'number' ? shown : null, mean);
    }
  }
}
