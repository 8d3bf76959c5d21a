/** However things come to be known, the read model is the one that is made anew of the store. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Statement } from '../../../lrs/xapi/types.ts';
import { Projection, type Sizes } from '../../../reporting/projection/projection.ts';
import { sqlite } from '../../engines/sqlite.ts';
import { COMPLETED, did, keyOf, openSite, RULES, type Site, VOIDED } from '../site.ts';
import { contentsOf } from './contents.ts';

const START = Date.UTC(2021, 9, 29, 22);
const MINUTE = 60_000;
const PEOPLE = 3;
const STATEMENTS = 12;

/** Most gaps are around θ; some statements share an instant. The clocks change in the middle. */
const said = fc.record({
  person: fc.nat(PEOPLE - 1),
  minute: fc.oneof(
    fc.nat(9).map((n) => n * 15),
    fc.nat(3 * 1440),
  ),
  course: fc.constantFrom('word', 'excel'),
  module: fc.constantFrom('one', 'two', 'word'),
  verb: fc.constantFrom(COMPLETED, 'http://adlnet.gov/expapi/verbs/registered', 'https://verbs.test/did'),
  scaled: fc.option(fc.constantFrom(0.25, 0.5), { nil: undefined }),
  registration: fc.option(fc.constant('00000000-0000-4000-8000-0000000000aa'), { nil: undefined }),
});
type Said = typeof said extends fc.Arbitrary<infer T> ? T : never;

const person = fc.nat(PEOPLE - 1);
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ store: fc.uniqueArray(fc.nat(STATEMENTS - 1), { minLength: 1, maxLength: 6 }) }),
  },
  { weight: 2, arbitrary: fc.record({ void: fc.nat(STATEMENTS - 1) }) },
  { weight: 2, arbitrary: fc.record({ drain: fc.constant(true) }) },
  {
    weight: 2,
    arbitrary: fc.record({ place: person, direction: fc.constantFrom('DRH', 'DSIC'), minute: fc.nat(2000) }),
  },
  { weight: 1, arbitrary: fc.record({ forget: person, keeping: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ join: fc.tuple(person, person) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const activity = (id: string) => ({ id: `https://c.test/${id}` });

const statementOf = (name: string, { minute, course, module, verb, scaled, registration }: Said): Statement => {
  const { id, actor, context, timestamp } = did(name, new Date(START + minute * MINUTE).toISOString(), {
    course: activity(course).id,
  });
  return {
    ...{ id, actor, timestamp: timestamp ?? '', verb: { id: verb }, object: activity(module) },
    context: { ...context, ...(registration !== undefined && { registration }) },
    ...(scaled !== undefined && { result: { score: { scaled } } }),
  } as Statement;
};

describe('the read model, whatever comes in whatever order', function () {
  this.timeout(120_000);
  let site: Site;
  let live: Projection;
  let anew: Projection;
  const errors: unknown[] = [];
  before(async () => {
    site = await openSite(sqlite);
    const open = (name: string, sizes: { sizes?: Sizes } = {}) =>
      Projection.open({
        ...{
          store: site.store,
          directory: site.directory,
          file: join(site.folder, `${name}.duckdb`),
          rules: RULES,
          ...sizes,
        },
        ...{ memory: 64 * 2 ** 20, onError: (error: unknown) => void errors.push(error) },
      });
    [live, anew] = [await open('live', { sizes: { batch: 5, portion: 8, between: 0 } }), await open('anew')];
  });
  after(async () => {
    await live.close();
    await anew.close();
    await site.close();
  });

  let runs = 0;

  /** Each run has people and statements of its own. */
  async function liveThrough(history: readonly Said[], steps: readonly Step[]): Promise<void> {
    const names = Array.from({ length: PEOPLE }, (_, n) => `run${runs}-${n}`);
    runs++;
    const statements = history.map((each) => statementOf(names[each.person] ?? '', each));
    // The last one is unknown until placed.
    await site.people('DRH', names.slice(0, -1));
    for (const each of steps) await take(each, names, statements);
  }

  async function take(each: Step, names: readonly string[], statements: readonly Statement[]): Promise<void> {
    const act = { by: 'console', at: Date.now() };
    const idOf = async (n: number) => (await site.directory.personByAgentKey(keyOf(names[n] ?? '')))?.id ?? '';
    if ('store' in each) await site.commit(each.store.flatMap((n) => statements[n] ?? []));
    if ('drain' in each) await live.drain();
    if ('void' in each) {
      const object = { objectType: 'StatementRef' as const, id: statements[each.void]?.id ?? '' };
      await site.commit([did('admin', '2021-11-05T09:00:00Z', { verb: { id: VOIDED }, object })]);
    }
    if ('place' in each) {
      const from = START + each.minute * MINUTE;
      await site.people(each.direction, [names[each.place] ?? ''], { from });
    }
    if ('forget' in each) {
      const agents = [keyOf(names[each.forget] ?? '')];
      const mode = each.keeping
        ? { mode: 'pseudonymise' as const, replacement: keyOf(`mask-${randomUUID()}`) }
        : { mode: 'erase' as const };
      await site.store.erase({ id: randomUUID(), agents, ...mode });
    }
    if ('join' in each) {
      const [into, from] = await Promise.all(each.join.map(idOf));
      if (into && from && into !== from) await site.directory.merge(into, from, act);
    }
  }

  it('is the one made anew', async () => {
    const history = fc.array(said, { minLength: STATEMENTS, maxLength: STATEMENTS });
    const steps = fc.array(step, { minLength: 4, maxLength: 16 });
    await fc.assert(
      fc.asyncProperty(history, steps, async (statements, each) => {
        await liveThrough(statements, each);
        await live.drain();
        await anew.rebuild();
        expect(await contentsOf(live)).to.deep.equal(await contentsOf(anew));
      }),
      { numRuns: 15 },
    );
    expect(errors).to.deep.equal([]);
    expect((await contentsOf(live)).sessions).to.have.length.greaterThan(5);
  });
});
