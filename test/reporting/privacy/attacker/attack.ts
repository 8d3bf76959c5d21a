/** One ministry attacked: what happens in it, and what is taken down of what it gives. */
import { metricOf } from '../../../../reporting/metrics/index.ts';
import { groupBy } from '../../../../reporting/privacy/group-by.ts';
import { type Member, readMembers } from '../../../../reporting/privacy/members.ts';
import { MEMBERS, PUBLICATIONS } from '../../../../reporting/privacy/records.ts';
import type { ProgressPage } from '../../../../reporting/progress/progress.ts';
import { sqlite } from '../../../engines/sqlite.ts';
import { type Served, serve } from '../../served.ts';
import { did, keyOf, openSite, type Site } from '../../site.ts';
import { collect, LOOKED_AT, type Told } from './collect.ts';
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
} from './ministry.ts';
import type { Variable } from './smallest-group.ts';

const AFTER: Record<string, number> = {
  'two quarters': Date.UTC(2022, 0, 20),
  'three quarters': Date.UTC(2022, 3, 20),
  'four quarters': Date.UTC(2022, 6, 20),
};

/** Of a metric, period and horizon. */
export interface Sums {
  name: string;
  minimum: number;
  nominative: boolean;
  /** Variables of which a sum was given. */
  sets: Set<Variable>[];
  /** And of which a histogram was, all of one look together: nothing is published between them. */
  blocks: Set<Variable>[][];
  atoms: Whole[];
}

/** A row, with the number of the look in which it was given. */
type Looked = Told & { look: number };

/** Somebody who sees names, and all enrolments that they ever read. */
interface Reader {
  name: string;
  perimeter: Set<string>;
  read: Set<string>;
}

export class Attack {
  readonly site: Site;
  readonly http: Served;
  readonly ministry: Ministry;
  readonly told: Looked[] = [];
  readonly readers: Reader[] = [];
  /** Token of who was erased → who that was. */
  readonly tokens = new Map<string, string>();
  /** Whether who was erased was in nothing that is kept, from then on. */
  forgotten = false;
  #looks = 0;

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
    const look = this.#looks++;
    this.told.push(...(await collect(this.site, this.ministry)).map((each) => ({ ...each, look })));
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
    const { id = '' } = (await site.directory.personByAgentKey(keyOf(name))) ?? {};
    const before = await this.people();
    await site.store.erase({ id: `erasure of ${name}`, agents: [keyOf(name)], mode: 'erase' });
    await site.part.jobs.find((job) => job.name === 'reports.forget')?.run();
    const after = await this.people();
    this.forgotten = id !== '' && !after.includes(id);
    for (const [place, token] of after.entries()) {
      const person = before[place] ?? '';
      if (token !== person) this.tokens.set(token, this.tokens.get(person) ?? person);
    }
  }

  async republish(): Promise<void> {
    for (const name of LOOKED_AT) await this.site.report(name, '2021-Q4', { republish: true });
  }

  /** Whoever stands behind a figure, by their ids. */
  async people(): Promise<string[]> {
    const parts = await this.site.store.collection(MEMBERS).find();
    return parts.flatMap(({ value }) => (JSON.parse(value.rows) as [string][]).map(([person]) => person));
  }

  /** By metric, period and horizon: the sets of variables that sums were given of. */
  async sums(): Promise<Sums[]> {
    const byName = groupBy(this.told, ({ metric, period, through }) => `${metric} ${period} ${through}`);
    const found = [];
    for (const [name, rows] of byName) {
      const [{ metric, period } = { metric: '', period: '' }] = rows;
      const { through } = rows[0] ?? { through: '' };
      const record = await this.site.store.collection(PUBLICATIONS).get(`${metric}:${period}`);
      const variables = await this.#variables(metric, period, record?.value.horizons ?? [], through);
      const setOf = ({ atoms }: Told) =>
        new Set(atoms.flatMap(({ number, version }) => variables.get(`${number}:${version}`) ?? []));
      const { family } = metricOf(metric);
      found.push({
        name,
        minimum: record?.value.minimum ?? 0,
        nominative: family.nominative,
        atoms: atomsOf(variables),
        sets: rows.map(setOf),
        blocks: [
          ...groupBy(
            rows.filter(({ histogram }) => histogram),
            ({ look }) => `${look}`,
          ).values(),
        ].map((own) => own.map(setOf)),
      });
    }
    return found;
  }

  /**
   * By version of an atom its variables at a horizon: a unit with other values there in another version is another variable,
   * and where it stands in the atom is none of it.
   */
  async #variables(
    metric: string,
    period: string,
    horizons: readonly { through: string }[],
    through: string,
  ): Promise<Map<string, Variable[]>> {
    const place = horizons.findIndex((each) => each.through === through);
    const { versions } = await readMembers(this.site.store, { metric, period }, horizons.length);
    const variableOf = ({ person, leaf, stages }: Member): Variable => {
      const variable = JSON.stringify([this.tokens.get(person) ?? person, leaf[1] ?? null, stages[place]]);
      directions.set(variable, (directions.get(variable) ?? new Set()).add(leaf[0]));
      return variable;
    };
    return new Map(
      versions.flat().map(({ number, version, members }) => [`${number}:${version}`, members.map(variableOf)]),
    );
  }
}

/** An atom in all its versions, and in the first one. */
interface Whole {
  all: ReadonlySet<Variable>;
  first: readonly Variable[];
}

function atomsOf(variables: ReadonlyMap<string, Variable[]>): Whole[] {
  const atoms = new Map<string, Whole>();
  for (const [key, own] of variables) {
    const number = key.split(':')[0] ?? '';
    const known = atoms.get(number);
    atoms.set(number, { all: new Set([...(known?.all ?? []), ...own]), first: known?.first ?? own });
  }
  return [...atoms.values()];
}

/** Where units stand, or stood in one version or another. */
const directions = new Map<Variable, Set<string>>();

const parts = new Map<Variable, { person: string; unit: string }>();

/** Read once: each is asked for very often. */
function partsOf(variable: Variable): { person: string; unit: string } {
  const known = parts.get(variable);
  if (known) return known;
  const [person, parcours] = JSON.parse(variable) as [string, string | null];
  const found = { person, unit: JSON.stringify([person, parcours]) };
  parts.set(variable, found);
  return found;
}

export const personOf = (variable: Variable): string => partsOf(variable).person;
const unitOf = (variable: Variable): string => partsOf(variable).unit;

/**
 * What a correspondent knows: what they read, and of an atom of which they read any name that was there from the first,
 * everything inside their perimeter: who was erased or has moved is missing from their list, but nothing of their own is
 * hidden from them. Names are kept back of all of an atom that was published before anybody saw names, or of none; who came
 * into it later may have been read before that.
 */
export function knownTo({ perimeter, read }: Reader, atoms: readonly Whole[]): (variable: Variable) => boolean {
  const inside = (variable: Variable) => [...(directions.get(variable) ?? [])].every((name) => perimeter.has(name));
  const isRead = (variable: Variable) => read.has(unitOf(variable));
  const shown = new Set(
    atoms.flatMap(({ all, first }) => (first.some((one) => inside(one) && isRead(one)) ? [...all] : [])),
  );
  return (variable) => isRead(variable) || (inside(variable) && shown.has(variable));
}

export async function attack(seed: number, settings: Parameters<typeof openSite>[1]): Promise<Attack> {
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
