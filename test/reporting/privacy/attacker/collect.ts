/** Everything that a site gives out at a moment, each row with the atoms that it is the sum of: recounted, not believed. */
import { expect } from 'chai';
import { hasCode } from '../../../../lrs/index.ts';
import type { Answer, AnswerCell } from '../../../../reporting/index.ts';
import { METRICS, metricOf } from '../../../../reporting/metrics/index.ts';
import type { Metric } from '../../../../reporting/metrics/metric.ts';
import { byOf } from '../../../../reporting/privacy/cells.ts';
import { DIMENSIONS, valueIn } from '../../../../reporting/privacy/dimensions.ts';
import { groupBy } from '../../../../reporting/privacy/group-by.ts';
import { contributionsAt, type Member, readMembers, type Version } from '../../../../reporting/privacy/members.ts';
import { PUBLICATIONS } from '../../../../reporting/privacy/records.ts';
import type { Leaf } from '../../../../reporting/privacy/tree.ts';
import type { Site } from '../../site.ts';
import type { Chance, Ministry } from './ministry.ts';
import { PARCOURS } from './ministry.ts';

export const LOOKED_AT = ['completion', 'regularity', 'hours', 'dropouts', 'change'].filter((name) =>
  METRICS.some((metric) => metric.name === name),
);

export interface AtomOfThen {
  number: number;
  version: number;
}

/** One row of one answer. */
export interface Told {
  metric: string;
  period: string;
  through: string;
  atoms: AtomOfThen[];
  /** Whether it gave a histogram. */
  histogram: boolean;
}

export type Asked = Record<string, string>;

/** What can be asked of a metric: every `by` alone, every filter alone, and some of both. */
export function asksOf(metric: Metric, { directions, chance }: Ministry): Asked[] {
  const rows = byOf(metric);
  const values: Record<string, string[]> = {
    direction: directions,
    ...(metric.family.byParcours && {
      parcours: PARCOURS,
      service: ['formation', 'paie', 'réseaux', 'postes'],
      site: ['Paris', 'Lille'],
    }),
  };
  const filters = Object.entries(values).flatMap(([name, all]) => all.map((value): Asked => ({ [name]: value })));
  const several = Array.from({ length: metric.family.byParcours ? 12 : 0 }, () => manyOf(values, rows, chance));
  return [
    ...rows.map((by) => ({ by })),
    ...filters.map((filter) => ({ by: chance.pick(rows), ...filter })),
    ...several,
  ];
}

const manyOf = (values: Record<string, string[]>, rows: readonly string[], chance: Chance): Asked => ({
  by: chance.pick(rows),
  ...Object.fromEntries(
    Object.entries(values).flatMap(([name, all]) => (chance.happens(0.5) ? [[name, chance.pick(all)]] : [])),
  ),
});

/** Asks for everything, and recounts it. */
export async function collect(site: Site, ministry: Ministry): Promise<Told[]> {
  const told: Told[] = [];
  for (const name of LOOKED_AT) {
    const metric = metricOf(name);
    const found = await site.store.collection(PUBLICATIONS).find({ index: 'metric', equals: [name] });
    for (const { value } of found.filter((each) => each.value.state === 'published')) {
      const { versions } = await readMembers(site.store, value, value.horizons.length);
      const atoms = versions.flatMap((own) => own.at(-1) ?? []);
      for (const [horizon, { through }] of value.horizons.entries()) {
        for (const ask of asksOf(metric, ministry)) {
          const asked = { ...ask, ...(metric.family.cohort && { through }) };
          const answer = await site.report(name, value.period, asked).catch(refusedAsUnknown);
          if (answer) told.push(...rowsOf(answer, ask, atoms, metric, horizon));
        }
      }
    }
  }
  return told;
}

/** What no publication holds may be refused instead of giving no rows. */
function refusedAsUnknown(error: unknown): undefined {
  if (!hasCode(error, 'request.parameter')) throw error;
}

function rowsOf(answer: Answer, ask: Asked, atoms: readonly Version[], metric: Metric, horizon: number): Told[] {
  const touched = atoms.filter(({ leaves }) => leaves.some((leaf) => isAsked(leaf, ask)));
  const groups = groupBy(touched, (atom) => JSON.stringify([isWider(atom, ask), rowOf(atom, ask.by ?? '')]));
  const left = new Map([...groups].map(([key, own]) => [key, own]));
  const rows = answer.cells.map((cell): [AnswerCell, Version[]] => {
    const [key, own] = [...left].find(([, group]) => isOf(cell, group, ask)) ?? [];
    expect(own, `${cell.label} is no sum of whole atoms`).to.not.equal(undefined);
    // Modules are many rows of the same atoms.
    if (key !== undefined && ask.by !== 'module') left.delete(key);
    return [cell, own ?? []];
  });
  if (ask.by !== 'module') expect(left.size, JSON.stringify(ask)).to.equal(0);
  const { ministry } = answer;
  const { report: name, period } = answer;
  return [...rows, ...(ministry ? [[ministry, [...atoms]] as [AnswerCell, Version[]]] : [])].map(([cell, own]) => {
    recount(cell, own, metric, horizon, answer);
    const histogram = metric.figures.some((spec) => spec.kind === 'histogram' && Array.isArray(cell[spec.name]));
    const held = own.map(({ number, version }) => ({ number, version }));
    return { metric: name, period, through: answer.through ?? '', atoms: held, histogram };
  });
}

/** A region is asked for with what lies below it. */
function isAsked(leaf: Leaf, ask: Asked): boolean {
  return DIMENSIONS.every((dimension) => {
    const [wanted, value] = [ask[dimension], valueIn(leaf, dimension)];
    return (
      wanted === undefined || wanted === value || (wanted === 'ARA' && ['Ain', 'Drôme', 'Isère'].includes(value ?? ''))
    );
  });
}

const isWider = ({ leaves }: Version, ask: Asked): boolean => leaves.some((leaf) => !isAsked(leaf, ask));

/** What an atom touches of what makes the rows. */
function rowOf({ leaves }: Version, by: string): string[] {
  const dimension = DIMENSIONS.find((each) => each === by);
  if (!dimension) return [];
  const parts = leaves.map((leaf) => [by === 'service' ? leaf[0] : null, valueIn(leaf, dimension) ?? null]);
  return [...new Set(parts.map((part) => JSON.stringify(part)))].sort();
}

/** Whether a row says that it holds these atoms, and counts as many. */
function isOf(cell: AnswerCell, group: readonly Version[], ask: Asked): boolean {
  const leaves = group.flatMap((atom) => atom.leaves);
  const holds = [cell.directions, cell.parcours, cell.services, cell.sites];
  const same = DIMENSIONS.every((dimension, place) => {
    const values = new Set(leaves.flatMap((leaf) => valueIn(leaf, dimension) ?? []));
    return values.size === holds[place]?.length && holds[place].every((value) => values.has(value));
  });
  const units = group.flatMap(({ members }) => members).length;
  const counted = typeof cell.enrolments === 'number' ? cell.enrolments : units;
  return same && (cell.wider === true) === group.some((atom) => isWider(atom, ask)) && counted === units;
}

/** How many people have a key under a name. */
const having = (members: readonly Member[], name: string, key: string): number =>
  new Set(members.flatMap(({ person, stages }) => (stages[0]?.keys?.[name]?.includes(key) ? [person] : []))).size;

/** The figures of a row by other code than that which made them. */
function recount(cell: AnswerCell, atoms: readonly Version[], metric: Metric, horizon: number, answer: Answer): void {
  const units = contributionsAt(
    atoms.flatMap(({ members }) => members),
    horizon,
  );
  const label = `${answer.report} ${answer.period} ${answer.through} ${cell.label}`;
  const values = (of: number) => units.map((unit) => unit.values[of] ?? 0);
  const add = (all: readonly number[]) => all.reduce((total, value) => total + value, 0);
  const people = new Set(units.map(({ person }) => person)).size;
  const exact = metric.family.cohort;
  if (cell.module !== undefined) return;
  for (const spec of metric.figures) {
    const given = cell[spec.name];
    if (spec.kind === 'people' && exact) expect(given, label).to.equal(units.length);
    if (spec.kind === 'sum' || (spec.kind === 'count' && exact)) expect(given, label).to.equal(add(values(spec.of)));
    if (spec.kind === 'mean' && units.length > 0) {
      const mean = add(values(spec.of).map((value) => Math.min(value, spec.cap))) / units.length;
      expect(given, label).to.be.closeTo(mean, 1e-6);
    }
    if (!exact && (spec.kind === 'people' || spec.kind === 'count')) expect(Number(given) % 3, label).to.equal(0);
    if (spec.kind === 'quartiles' && cell[`${spec.name}Median`] !== null) {
      expect(people, label).to.be.at.least(4 * answer.minimum);
    }
    if (spec.kind === 'tally' && exact) {
      const counts = units.flatMap(({ keys }) => keys?.[spec.name] ?? []).length;
      expect(add(Object.values(given as Record<string, number>)), label).to.equal(counts);
    }
    if (spec.kind === 'tally' && !exact) {
      for (const [key, count] of Object.entries(given as Record<string, number>)) {
        const telling = atoms.filter(({ members }) => having(members, spec.among ?? '', key) >= answer.minimum);
        const all = add(telling.map(({ members }) => having(members, spec.name, key)));
        expect(count % 3, label).to.equal(0);
        expect(count, label).to.be.below(all + 3 * telling.length);
        expect(telling.length, label).to.be.greaterThan(0);
      }
    }
  }
}
