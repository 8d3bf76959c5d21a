import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import type { NewStatement, StatementQuery } from '../../lrs/store/store.ts';
import { agentKey, Usage } from '../../lrs/xapi/index.ts';
import { type Engine, withStore } from '../engines/index.ts';
import { activity, agent, given, ids, reference, VOIDED, verb } from './given.ts';

const NAMES = ['a', 'b', 'c'] as const;
const name = fc.constantFrom(...NAMES);

/** One statement of a random history; `target` is the place in the history of what it refers to, which may come later, be itself, or be nowhere. */
export const event = fc.record({
  actor: name,
  verb: name,
  object: fc.oneof(
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('activity' as const), name }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('agent' as const), name }) },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant('reference' as const), target: fc.nat(11), voids: fc.boolean() }),
    },
  ),
  parent: fc.option(name),
  instructor: fc.option(name),
  registration: fc.option(fc.nat(1)),
  author: name,
});

export const question = fc.record(
  {
    agent: name,
    verb: name,
    activity: name,
    registration: fc.nat(1),
    owner: name,
    relatedAgents: fc.boolean(),
    relatedActivities: fc.boolean(),
  },
  { requiredKeys: [] },
);

const REGISTRATIONS = ['44444444-4444-4444-8444-444444444444', '55555555-5555-4555-8555-555555555555'];
const key = (each: string): string => agentKey(agent(each)) ?? '';

type Event = typeof event extends fc.Arbitrary<infer T> ? T : never;
type Question = typeof question extends fc.Arbitrary<infer T> ? T : never;

export function history(events: readonly Event[]): NewStatement[] {
  const places = Array.from({ length: 12 }, () => randomUUID());
  return events.map((each, n) => {
    const { object, parent, instructor, registration } = each;
    const voids = object.kind === 'reference' && object.voids;
    const context = {
      ...(parent === null ? {} : { contextActivities: { parent: [activity(parent)] } }),
      ...(instructor === null ? {} : { instructor: agent(instructor) }),
      ...(registration === null ? {} : { registration: REGISTRATIONS[registration] ?? '' }),
    };
    return given(
      {
        id: places[n] ?? '',
        actor: agent(each.actor),
        verb: voids ? VOIDED : verb(each.verb),
        object:
          object.kind === 'activity'
            ? activity(object.name)
            : object.kind === 'agent'
              ? agent(object.name)
              : reference(places[object.target] ?? ''),
        context,
      },
      agent(`author-${each.author}`),
    );
  });
}

/** The standard's own words, evaluated without any index. */
function naive(statements: readonly NewStatement[], asked: StatementQuery): string[] {
  const byId = new Map(statements.map((statement) => [statement.id, statement]));
  const has = (statement: NewStatement, kind: string, value: string, usage: number): boolean =>
    statement.members.some((member) => member.kind === kind && member.value === value && (member.usage & usage) !== 0);
  const isOwn = (statement: NewStatement): boolean =>
    asked.owner === undefined || has(statement, 'agent', asked.owner, Usage.OWNER);
  /** Holds for the statement or for what it refers to, recursively; for a limited reader, among the reader's own. */
  const reaches = (
    statement: NewStatement,
    holds: (each: NewStatement) => boolean,
    seen = new Set<string>(),
  ): boolean => {
    if (holds(statement)) return true;
    const next = statement.refersTo === undefined ? undefined : byId.get(statement.refersTo);
    if (!next || seen.has(next.id) || !isOwn(next)) return false;
    return reaches(next, holds, seen.add(next.id));
  };
  const related = (wide: boolean | undefined) => (wide ? Usage.DIRECT | Usage.RELATED | Usage.OWNER : Usage.DIRECT);
  const isVoided = (statement: NewStatement) =>
    !statement.voids && statements.some((each) => each.voids && each.refersTo === statement.id);
  return statements
    .filter((statement) => {
      const { agent: who, verb: did, activity: what, registration } = asked;
      return (
        !isVoided(statement) &&
        (who === undefined || reaches(statement, (each) => has(each, 'agent', who, related(asked.relatedAgents)))) &&
        (did === undefined || reaches(statement, (each) => has(each, 'verb', did, Usage.DIRECT))) &&
        (what === undefined ||
          reaches(statement, (each) => has(each, 'activity', what, related(asked.relatedActivities)))) &&
        (registration === undefined ||
          reaches(statement, (each) => has(each, 'registration', registration, Usage.DIRECT))) &&
        isOwn(statement)
      );
    })
    .map(({ id }) => id);
}

export function queryOf(asked: Question): StatementQuery {
  const { agent: who, verb: did, activity: what, registration, owner, ...related } = asked;
  return {
    ...related,
    limit: 100,
    ...(who === undefined ? {} : { agent: key(who) }),
    ...(did === undefined ? {} : { verb: verb(did).id }),
    ...(what === undefined ? {} : { activity: activity(what).id }),
    ...(registration === undefined ? {} : { registration: REGISTRATIONS[registration] ?? '' }),
    ...(owner === undefined ? {} : { owner: key(`author-${owner}`) }),
  };
}

export function naiveContract(engine: Engine): void {
  describe('against a naive evaluation', () => {
    const store = withStore(engine);

    it('filters, StatementRefs and voiding agree on random histories in random commits', async function () {
      this.timeout(120_000);
      await fc.assert(
        fc.asyncProperty(
          fc.array(event, { minLength: 1, maxLength: 12 }),
          fc.array(question, { minLength: 3, maxLength: 6 }),
          fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
          async (events, questions, cuts) => {
            const statements = history(events);
            const start = await store.statements.consistentThrough();
            let commit: NewStatement[] = [];
            for (const [n, statement] of statements.entries()) {
              commit.push(statement);
              if (cuts[n] || n === statements.length - 1) {
                await store.commit({ statements: commit });
                commit = [];
              }
            }
            for (const asked of questions) {
              const query = { ...queryOf(asked), since: start };
              const found = ids((await store.statements.find({ ...query, ascending: true })).statements);
              expect(found, JSON.stringify(asked)).to.deep.equal(naive(statements, query));
            }
          },
        ),
        { numRuns: 150 },
      );
    });
  });
}
