/**
 * The attacker of published-cells.md, last section: random ministries, several periods, late data, a republication, an
 * erasure, correspondents named before and after the first publication. All that the site gives, at every moment, whatever
 * is asked for, is collected; no arithmetic may tell of fewer than k people.
 */
import { expect } from 'chai';
import type { Answer } from '../../../reporting/index.ts';
import { metricOf } from '../../../reporting/metrics/index.ts';
import { atomsIn } from '../../../reporting/privacy/atom-parts.ts';
import { readKept } from '../../../reporting/privacy/members.ts';
import { ATOMS, MEMBERS, PUBLICATIONS } from '../../../reporting/privacy/records.ts';
import type { ProgressPage } from '../../../reporting/progress/progress.ts';
import { sqlite } from '../../engines/sqlite.ts';
import { type Served, serve } from '../served.ts';
import { did, keyOf, openSite, type Site } from '../site.ts';
import { collect, LOOKED_AT, type Told } from './attacker/collect.ts';
import {
  type Chance,
  chanceOf,
  completes,
  deeds,
  history,
  type Ministry,
  move,
  PARCOURS,
  QUARTERS,
  settle,
} from './attacker/ministry.ts';
import { smallGroup, type Variable } from './attacker/smallest-group.ts';

const SEEDS = (process.env.ATTACKER_SEEDS ?? '1,2,3').split(',').map(Number);

const AFTER: Record<string, number> = {
  'two quarters': Date.UTC(2022, 0, 20),
  'three quarters': Date.UTC(2022, 3, 20),
  'four quarters': Date.UTC(2022, 6, 20),
};

/** Of a metric, period and horizon. */
interface Sums {
  name: string;
  minimum: number;
  nominative: boolean;
  /** Variables of which a sum was given. */
  sets: Set<Variable>[];
  /** And of which a histogram was. */
  blocks: Set<Variable>[];
  /** Those of each atom, in all its versions. */
  atoms: Set<Variable>[];
}

/** Somebody who sees names, and all enrolments that they ever read. */
interface Reader {
  name: string;
  perimeter: Set<string>;
  read: Set<string>;
}

class Attack {
  readonly site: Site;
  readonly http: Served;
  readonly ministry: Ministry;
  readonly told: Told[] = [];
  readonly readers: Reader[] = [];
  /** Token of who was erased → who that was. */
  readonly tokens = new Map<string, string>();

  constructor(site: Site, http: Served, ministry: Ministry) {
    this.site = site;
    this.http = http;
    this.ministry = ministry;
  }

  get chance(): Chance {
    return this.ministry.chance;
  }

  async nameCorrespondent(): Promise<void> {
    const direction = this.chance.pick(this.ministry.directions);
    const name = `correspondent-${this.readers.length}`;
    await this.site.people(direction, [name], { roles: ['correspondent'] });
    this.readers.push({ name, perimeter: new Set(await this.site.directory.below([direction])), read: new Set() });
  }

  /** At a moment: what is due is published, what is given is taken down, and everybody reads the names that they may. */
  async at(moment: keyof typeof AFTER): Promise<void> {
    this.site.clock.now = AFTER[moment] ?? 0;
    for (const name of LOOKED_AT) {
      for (const quarter of QUARTERS) {
        const isOver = quarter !== '2022-Q1' || moment !== 'two quarters';
        if (isOver) await this.site.report(name, quarter);
      }
    }
    for (const job of this.site.part.jobs) if (job.name === 'reports.publish') await job.run();
    await this.look();
  }

  async look(): Promise<void> {
    this.told.push(...(await collect(this.site, this.ministry)));
    await this.site.part.drain();
    for (const reader of this.readers) {
      const page = await this.http.json<ProgressPage>('/api/progress?limit=1000', await this.http.logIn(reader.name));
      for (const { person, parcours } of page.rows) reader.read.add(JSON.stringify([person, parcours]));
    }
  }

  /** Late data: of a few, of many of one direction, an earlier entry of some, and corrections. */
  async late(): Promise<void> {
    const { chance, site } = this;
    const all = [...this.ministry.people.values()].flat();
    const few = Array.from({ length: chance.within(1, 4) }, () => chance.pick(all));
    const many = [...(this.ministry.people.get('DRH') ?? []), ...(this.ministry.people.get('DSIC') ?? [])].filter(() =>
      chance.happens(0.5),
    );
    await site.commit([...few, ...many].flatMap((name) => deeds(name, '2021-Q4', chance)));
    const corrected = all.filter(() => chance.happens(0.2));
    await site.commit(
      corrected.map((name) => completes(name, '2021-12-20T09:00:00Z', chance.pick(PARCOURS), 3 + chance.below(3))),
    );
    await site.commit(
      Array.from({ length: 3 }, () => did(chance.pick(all), '2021-09-28T09:00:00Z', { course: chance.pick(PARCOURS) })),
    );
    await move(site, this.ministry, 3);
  }

  async erase(): Promise<void> {
    const { site, chance } = this;
    const all = [...this.ministry.people.values()].flat();
    const name = chance.pick(all);
    const before = await this.#rows();
    await site.store.erase({ id: `erasure of ${name}`, agents: [keyOf(name)], mode: 'erase' });
    await site.part.jobs.find((job) => job.name === 'reports.forget')?.run();
    const after = await this.#rows();
    for (const [place, token] of after.entries()) {
      const person = before[place] ?? '';
      if (token !== person) this.tokens.set(token, this.tokens.get(person) ?? person);
    }
  }

  async republish(): Promise<void> {
    for (const name of LOOKED_AT) await this.site.report(name, '2021-Q4', { republish: true });
  }

  async #rows(): Promise<string[]> {
    const parts = await this.site.store.collection(MEMBERS).find();
    return parts.flatMap(({ value }) => (JSON.parse(value.rows) as [string][]).map(([person]) => person));
  }

  /** By metric, period and horizon: the sets of variables that sums were given of. */
  async sums(): Promise<Sums[]> {
    const byName = new Map<string, Told[]>();
    for (const each of this.told) {
      const key = `${each.metric} ${each.period} ${each.through}`;
      byName.set(key, [...(byName.get(key) ?? []), each]);
    }
    const members = new Map<string, Map<string, Variable[]>>();
    const found = [];
    for (const [name, rows] of byName) {
      const [{ metric, period } = { metric: '', period: '' }] = rows;
      const key = `${metric} ${period}`;
      const variables = members.get(key) ?? (await this.#variables(metric, period));
      members.set(key, variables);
      const setOf = ({ atoms }: Told) =>
        new Set(atoms.flatMap(({ number, version }) => variables.get(`${number}:${version}`) ?? []));
      const { family } = metricOf(metric);
      const record = await this.site.store.collection(PUBLICATIONS).get(key.replace(' ', ':'));
      found.push({
        name,
        minimum: record?.value.minimum ?? 0,
        nominative: family.nominative,
        atoms: atomsOf(variables),
        sets: rows.map(setOf),
        blocks: rows.filter(({ histogram }) => histogram).map(setOf),
      });
    }
    return found;
  }

  /** By version of an atom its variables: a unit with other values in another version is another variable. */
  async #variables(metric: string, period: string): Promise<Map<string, Variable[]>> {
    const record = await this.site.store.collection(PUBLICATIONS).get(`${metric}:${period}`);
    const { versions } = await readKept(this.site.store, metric, period, record?.value.horizons.length ?? 1);
    return new Map(
      versions.flat().map(({ number, version, members }) => [
        `${number}:${version}`,
        members.map(({ person, leaf, stages }) => {
          const who = this.tokens.get(person) ?? person;
          return JSON.stringify([who, leaf[1] ?? null, leaf, stages]);
        }),
      ]),
    );
  }
}

function atomsOf(variables: ReadonlyMap<string, Variable[]>): Set<Variable>[] {
  const atoms = new Map<string, Set<Variable>>();
  for (const [key, own] of variables) {
    const number = key.split(':')[0] ?? '';
    atoms.set(number, new Set([...(atoms.get(number) ?? []), ...own]));
  }
  return [...atoms.values()];
}

type Parts = [person: string, parcours: string | null, leaf: [direction: string]];

const parts = new Map<Variable, { person: string; unit: string; direction: string }>();

/** Read once: each is asked for very often. */
function partsOf(variable: Variable) {
  const known = parts.get(variable);
  if (known) return known;
  const [person, parcours, [direction]] = JSON.parse(variable) as Parts;
  const found = { person, unit: JSON.stringify([person, parcours]), direction };
  parts.set(variable, found);
  return found;
}

const personOf = (variable: Variable): string => partsOf(variable).person;
const unitOf = (variable: Variable): string => partsOf(variable).unit;

const directionOf = (variable: Variable): string => partsOf(variable).direction;

/**
 * What a correspondent knows: what they read, and of an atom of which they read any name, everything inside their
 * perimeter: who was erased or has moved is missing from their list, but nothing of their own is hidden from them.
 */
function knownTo(
  { perimeter, read }: Reader,
  atoms: readonly ReadonlySet<Variable>[],
): (variable: Variable) => boolean {
  const inside = (variable: Variable) => perimeter.has(directionOf(variable));
  const isRead = (variable: Variable) => read.has(unitOf(variable));
  const shown = new Set(
    atoms.flatMap((atom) => ([...atom].some((one) => inside(one) && isRead(one)) ? [...atom] : [])),
  );
  return (variable) => isRead(variable) || (inside(variable) && shown.has(variable));
}

async function attack(seed: number, settings: Parameters<typeof openSite>[1]): Promise<Attack> {
  const chance = chanceOf(seed);
  const site = await openSite(sqlite, settings);
  const http = await serve(site);
  const ministry = await settle(site, chance);
  const attack = new Attack(site, http, ministry);
  await site.commit(history(ministry, QUARTERS));
  // In a third of the ministries nobody sees names, in another one only later.
  if (seed % 3 === 1) await attack.nameCorrespondent();
  await attack.at('two quarters');
  await attack.late();
  await attack.erase();
  if (seed % 3 !== 0) for (let more = 0; more < 3; more++) await attack.nameCorrespondent();
  await attack.at('three quarters');
  await attack.republish();
  await attack.look();
  await attack.late();
  await attack.at('four quarters');
  await attack.republish();
  await attack.look();
  return attack;
}

for (const seed of SEEDS) {
  describe(`the attacker of ministry ${seed}`, function () {
    this.timeout(120_000);
    let it_: Attack;
    let sums: Awaited<ReturnType<Attack['sums']>>;
    before(async () => {
      it_ = await attack(seed, seed % 2 === 0 ? { kBehaviour: 6, kCompletion: 4 } : {});
      sums = await it_.sums();
    });
    after(() => it_?.http.close());

    it('finds something to attack', async () => {
      expect(it_.site.errors).to.deep.equal([]);
      expect(it_.told.length).to.be.greaterThan(500);
      const atoms = await it_.site.store.collection(ATOMS).find();
      expect(
        atoms.flatMap(({ value }) => atomsIn(value)).some(({ version }) => version > 1),
        'an atom was replaced',
      ).to.equal(true);
    });

    it('finds no group of fewer than k people', () => {
      for (const { name, sets, minimum } of sums) {
        expect(smallGroup({ sets, personOf }, minimum), name).to.equal(undefined);
      }
    });

    it('finds no histogram of fewer than 4k people', () => {
      for (const { name, blocks, minimum } of sums) {
        // A republication tells of those who changed: k of them.
        const versions = smallGroup({ sets: blocks, personOf }, minimum);
        expect(versions, name).to.equal(undefined);
      }
    });

    it('finds at least k − 3 others where three who contributed put together what they know', () => {
      for (const { name, sets, minimum } of sums) {
        const people = [...new Set(sets.flatMap((set) => [...set].map(personOf)))].sort();
        for (let round = 0; round < 3; round++) {
          const insiders = new Set([1, 2, 3].map(() => it_.chance.pick(people)));
          const known = (variable: Variable) => insiders.has(personOf(variable));
          expect(smallGroup({ sets, personOf, known }, minimum - 3), name).to.equal(undefined);
        }
      }
    });

    it('finds nobody, or at least k others, with the names that a correspondent reads', () => {
      for (const reader of it_.readers) {
        for (const { name, sets, minimum, atoms } of sums.filter(({ nominative }) => nominative)) {
          const known = knownTo(reader, atoms);
          // Whom they know here for one enrolment hides nobody with another one.
          const named = new Set(sets.flatMap((set) => [...set].filter(known).map(personOf)));
          const other = (variable: Variable) => (named.has(personOf(variable)) ? undefined : personOf(variable));
          expect(smallGroup({ sets, personOf: other, known }, minimum), name).to.equal(undefined);
        }
      }
    });

    it('gets by HTTP what the site answers inside', async () => {
      const key = await it_.http.key('reports/read');
      for (const name of LOOKED_AT) {
        for (const quarter of QUARTERS) {
          const { freshness: _then, ...given } = await it_.http.json<Answer>(
            `/api/reports/${name}?period=${quarter}`,
            key,
          );
          if (given.state !== 'published') continue;
          const { freshness: _now, ...inside } = await it_.site.report(name, quarter);
          expect(given).to.deep.equal(JSON.parse(JSON.stringify(inside)));
        }
      }
    });
  });
}
