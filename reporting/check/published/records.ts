/** A publication as it is kept: whether its atoms share out the members, and what their sums are. */
import { isDeepStrictEqual } from 'node:util';
import type { Metric } from '../../metrics/metric.ts';
import { contributionsAt, type Kept, type Member, type Version } from '../../privacy/members.ts';
import type { PublicationRecord, Row } from '../../privacy/records.ts';
import type { Sums } from '../../privacy/sums.ts';
import { totalsOf } from '../../privacy/totals.ts';
import type { Leaf } from '../../privacy/tree.ts';
import { type Difference, type Findings, isSame } from '../differences.ts';
import { compareCells } from './cells.ts';
import { quartilesAgain, sumsDiffer } from './sums.ts';

/** Quartiles and histograms stand for this many times the least number of people. */
const FACTOR = 4;

type Differ = (where: string, read: Difference['read'], recounted: Difference['recounted']) => void;

/** Compares all that is kept of a publication with itself. */
export function comparePublication(metric: Metric, record: PublicationRecord, kept: Kept, findings: Findings): void {
  const what = `published ${metric.name}`;
  const differ: Differ = (where, read, recounted) =>
    findings.differ({ what, period: record.period, person: null, where, read, recounted });
  findings.compared(what, kept.atoms.length);
  const latest = kept.versions.flatMap((versions) => versions.at(-1) ?? []);
  if (latest.length !== record.atoms) differ('atoms', latest.length, record.atoms);
  comparePartition(latest, record, metric, differ);
  for (const version of kept.versions.flat()) compareSums(kept, version, latest, record, metric, differ);
  compareRows(latest, record, metric, differ);
  compareTotals(kept, latest, record, differ);
  compareCells(kept, latest, record, metric, differ);
}

const leafText = (leaf: Leaf): string => JSON.stringify([...leaf, null, null, null].slice(0, 4));

const distinct = (members: readonly Member[]): number => new Set(members.map(({ person }) => person)).size;

/** Each leaf in one atom, each unit in one, where its leaf is; none of too few people. */
function comparePartition(
  latest: readonly Version[],
  { minimum }: PublicationRecord,
  { family }: Metric,
  differ: Differ,
): void {
  const leaves = new Set<string>();
  const units = new Set<string>();
  for (const { number, leaves: own, members } of latest) {
    const texts = new Set(own.map(leafText));
    for (const text of texts) {
      if (leaves.has(text)) differ(`atom ${number}: ${text}`, 'in two atoms', 'in one');
      leaves.add(text);
    }
    for (const { person, leaf } of members) {
      const unit = family.cohort ? `${person} ${leaf[1]}` : person;
      if (units.has(unit)) differ(`atom ${number}: member ${unit}`, 'twice', 'once');
      units.add(unit);
      if (!texts.has(leafText(leaf))) differ(`atom ${number}: member ${unit}`, leafText(leaf), 'a leaf of the atom');
    }
    const people = distinct(members);
    if (people > 0 && people < minimum) differ(`atom ${number}: people`, people, `${minimum} or more`);
  }
}

function compareSums(
  { atoms }: Kept,
  version: Version,
  latest: readonly Version[],
  { horizons, minimum }: PublicationRecord,
  metric: Metric,
  differ: Differ,
): void {
  const { number } = version;
  const record = atoms.find((each) => each.number === number && each.version === version.version);
  for (const [place, { through }] of horizons.entries()) {
    const sums = record?.sums[through];
    const about = `atom ${number}, version ${version.version}, through ${through}`;
    // A version that was replaced is not gone on with.
    if (!sums && latest.includes(version)) differ(about, null, 'sums');
    if (!sums) continue;
    for (const { where, read, recounted } of sumsDiffer(
      sums,
      contributionsAt(version.members, place),
      metric,
      minimum,
    )) {
      differ(`${about}: ${where}`, read, recounted);
    }
  }
}

/** What is kept of all atoms together, which whole ministries are shown by. */
function compareTotals(
  { atoms, totals }: Kept,
  latest: readonly Version[],
  { horizons }: PublicationRecord,
  differ: Differ,
): void {
  const own = latest.flatMap(({ number, version }) =>
    atoms.filter((each) => each.number === number && each.version === version),
  );
  const again = totalsOf(own, horizons);
  for (const { through } of horizons) {
    const [read, recounted] = [totals?.sums[through], again.sums[through]];
    if (!isDeepStrictEqual(read, recounted)) differ(`totals, through ${through}`, text(read), text(recounted));
  }
  if (!isDeepStrictEqual(totals?.leaves.map(leafText), again.leaves.map(leafText))) {
    differ('totals: leaves', totals?.leaves.length ?? null, again.leaves.length);
  }
}

const text = (sums: Sums | undefined): string | null => (sums ? JSON.stringify(sums) : null);

/** Quartiles of nodes, and what makes the groups that histograms are given of. */
function compareRows(latest: readonly Version[], record: PublicationRecord, metric: Metric, differ: Differ): void {
  const enough = FACTOR * record.minimum;
  const membersOf = ({ from, end }: Row): Member[] => latest.slice(from, end).flatMap(({ members }) => members);
  for (const block of record.blocks) {
    const people = distinct(membersOf(block));
    if (people > 0 && people < enough) differ(`atoms ${block.from} to ${block.end}`, people, `${enough} or more`);
  }
  compareBlocks(latest, record, differ);
  for (const [place, { through, nodes }] of record.horizons.entries()) {
    for (const node of nodes) {
      const members = membersOf(node);
      const about = `atoms ${node.from} to ${node.end}, through ${through}`;
      if (distinct(members) < enough) differ(about, distinct(members), `${enough} or more`);
      const values = contributionsAt(members, place);
      for (const spec of metric.figures) {
        if (spec.kind !== 'quartiles') continue;
        const own = values.map((each) => each.values[spec.of] ?? 0);
        const kept = node.quartiles[spec.name] ?? [];
        for (const [quarter, recounted] of quartilesAgain(own, spec.grid).entries()) {
          // A value halfway between two steps of the grid is on either.
          const read = kept[quarter] ?? null;
          const near = read !== null && Math.abs(read - recounted) <= spec.grid + 1e-9;
          if (!isSame(read, recounted) && !(near && isHalfway(own, quarter, spec.grid))) {
            differ(`${about}: ${spec.name}, quartile ${quarter + 1}`, read, recounted);
          }
        }
      }
    }
  }
}

/** Blocks share the atoms out in their order; a republication may have dropped those in which it replaced an atom. */
function compareBlocks(latest: readonly Version[], { blocks }: PublicationRecord, differ: Differ): void {
  if (blocks.length === 0) return;
  let next = 0;
  for (const { from, end } of [...blocks, { from: latest.length, end: latest.length }]) {
    const dropped = latest.slice(next, from).some(({ version }) => version > 1);
    if (from < next || (from > next && !dropped)) differ('blocks', from, next);
    next = end;
  }
}

function isHalfway(values: readonly number[], quarter: number, grid: number): boolean {
  const [exact = 0] = quartilesAgain(values, 1e-9).slice(quarter);
  return Math.abs(((exact / grid) % 1) - 0.5) < 1e-6;
}
