import { randomBytes, randomUUID } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import type { DumpEntry } from '../../lrs/store/dump.ts';
import { positionAt, put, type Store } from '../../lrs/store/store.ts';
import { agentKey } from '../../lrs/xapi/index.ts';
import type { Engine, EngineStore } from '../engines/index.ts';
import { collect, fillWithEverything, ofKind, TALLIES } from './dump.ts';
import { activity, agent, given, ids, refused } from './given.ts';
import { event, history, queryOf, question } from './naive.ts';

const key = (name: string): string => agentKey(agent(name)) ?? '';

async function* each<T>(values: readonly T[]): AsyncGenerator<T> {
  yield* values;
}

/** As a restore does: the blobs, and then the entries. */
async function copy(from: Store, to: Store): Promise<DumpEntry[]> {
  const entries = await collect(from.dump());
  for (const { blob } of ofKind(entries, 'blob')) await to.blobs.put(from.blobs.stream(blob));
  await to.load(each(entries));
  return entries;
}

export function loadContract(engine: Engine): void {
  describe('load', () => {
    let opened: EngineStore[];
    const create = async (): Promise<EngineStore> => {
      const one = await engine.create();
      opened.push(one);
      return one;
    };
    let from: Store;
    let target: EngineStore;
    let to: Store;
    beforeEach(async () => {
      opened = [];
      from = (await create()).store;
      target = await create();
      to = target.store;
    });
    afterEach(() => Promise.all(opened.map((one) => one.destroy())));

    it('gives the same dump again', async () => {
      await fillWithEverything(from);
      const entries = await copy(from, to);
      expect(await collect(to.dump())).to.deep.equal(entries);
      to = await target.reopen();
      expect(await collect(to.dump())).to.deep.equal(entries);
    });

    it('gives the same answers: pages, feed, statements with attachments, documents, items, definitions, blobs', async () => {
      await fillWithEverything(from);
      await copy(from, to);
      const answers = async (store: Store) => {
        const feed = await store.statements.feed(0, 1000);
        const statements = feed.entries.flatMap((entry) => (entry.kind === 'statement' ? [entry.statement.id] : []));
        const scope = { kind: 'state', activity: 'https://a.example', agent: key('ben') } as const;
        const collection = store.collection(TALLIES);
        return {
          feed,
          page: await store.statements.find({ limit: 100, attachments: true }),
          byReference: await store.statements.find({ limit: 100, agent: key('ben'), ascending: true }),
          single: await Promise.all(statements.map((id) => store.statements.get(id, { attachments: true }))),
          count: await store.statements.count(),
          document: await store.documents.get(scope, 'bookmark é'),
          documents: await store.documents.ids(scope),
          items: await collection.find(),
          byIndex: await collection.find({ index: 'commits', descending: true }),
          definition: await store.activities.definition(activity('word').id),
        };
      };
      expect(await answers(to)).to.deep.equal(await answers(from));
      const [attached] = (await to.statements.find({ limit: 100, attachments: true })).statements.flatMap(
        ({ attachments = [] }) => attachments,
      );
      expect(await to.blobs.get(attached?.blob ?? '')).to.deep.equal(await from.blobs.get(attached?.blob ?? ''));
      expect(await to.blobs.sweep(-1)).to.equal(0);
    });

    it('goes on where the other ended, under a name of its own', async () => {
      await fillWithEverything(from);
      const before = await to.history();
      await copy(from, to);
      const history = await to.history();
      expect([before, await from.history()]).not.to.include(history);
      const { through } = await to.statements.feed(0, 1000);
      const next = given();
      const version = (await to.collection(TALLIES).get('a'))?.version ?? 0;
      await to.commit({
        statements: [next],
        changes: [put(TALLIES, 'a', { commits: 4, last: [] }, { expect: version })],
      });
      expect((await to.statements.get(next.id))?.position).to.be.greaterThan(through);
      to = await target.reopen();
      expect(await to.history()).to.equal(history);
      expect(await to.statements.get(next.id)).not.to.equal(undefined);
    });

    it('takes in a store of the future, and goes on after it', async () => {
      const later = Date.now() + 3_600_000;
      await to.load(each([{ kind: 'clock' as const, position: positionAt(later) }]));
      expect((await to.commit({ statements: [given()] })).stored).to.be.greaterThan(later);
    });

    it('finds items by the indexes of collections that are open already', async () => {
      await fillWithEverything(from);
      expect(await to.collection(TALLIES).find()).to.deep.equal([]);
      await copy(from, to);
      const found = await to.collection(TALLIES).find({ index: 'commits', equals: [3] });
      expect(found.map(({ id }) => id)).to.deep.equal(['a']);
    });

    it('is for an empty store only', async () => {
      const entries = await collect(from.dump());
      const scope = { kind: 'agent-profile', agent: key('ben') } as const;
      const document = { scope, id: 'd', contents: randomBytes(3), contentType: 'text/plain' };
      const fillings: ((store: Store) => Promise<unknown>)[] = [
        (store) => store.commit({ statements: [given()] }),
        (store) => store.commit({ changes: [put(TALLIES, 'a', { commits: 1, last: [] })] }),
        (store) => store.documents.put(document),
        (store) => store.erase({ id: 'e', mode: 'erase', agents: [key('ben')] }),
      ];
      for (const fill of fillings) {
        const { store } = await create();
        await fill(store);
        const held = async () => (await collect(store.dump())).slice(1);
        const before = await held();
        await refused(store.load(each(entries)), 'store.notEmpty');
        expect(await held()).to.deep.equal(before);
        await store.commit({ statements: [given()] });
      }
    });

    it('that breaks off leaves a store that serves nothing', async () => {
      await fillWithEverything(from);
      const entries = await collect(from.dump());
      async function* broken() {
        yield* entries.slice(0, -3);
        throw new Error('the file ends here');
      }
      const error = await to.load(broken()).catch((reason: unknown) => reason);
      expect((error as Error).message).to.equal('the file ends here');
      const [statement] = ofKind(entries, 'statement');
      await refused(to.statements.get(statement?.id ?? ''), 'store.incomplete');
      await refused(to.statements.find({ limit: 10 }), 'store.incomplete');
      await refused(to.statements.feed(0, 10), 'store.incomplete');
      await refused(to.commit({ statements: [given()] }), 'store.incomplete');
      await refused(to.ready(), 'store.incomplete');
      await refused(collect(to.dump()), 'store.incomplete');
      await refused(target.reopen(), 'store.incomplete');
    });

    it('refuses entries that cannot be', async () => {
      await from.commit({ statements: [given(), given()] });
      const entries = await collect(from.dump());
      const [clock] = ofKind(entries, 'clock');
      const [statement] = ofKind(entries, 'statement');
      if (!clock || !statement) throw new Error('nothing was dumped');
      const text = (value: string) => ({ ...statement, text: Buffer.from(value) });
      const wrong: Record<string, DumpEntry[]> = {
        'no clock': [statement],
        'nothing at all': [],
        'two clocks': [clock, clock],
        'a statement twice': [clock, statement, { ...statement, position: statement.position - 1 }],
        'two at one position': [clock, statement, { ...statement, id: randomUUID() }],
        'a statement after its time': [clock, { ...statement, position: clock.position + 1 }],
        'another id than in the text': [clock, { ...statement, id: randomUUID() }],
        'a voiding that is none': [clock, { ...statement, voids: true }],
        'half a text': [clock, text(Buffer.from(statement.text).toString().slice(0, -9))],
        'no statement': [clock, text('{}')],
      };
      for (const [what, list] of Object.entries(wrong)) {
        const one = await create();
        await one.store.load(each(list)).then(
          () => expect.fail(`${what} was taken`),
          (reason) => expect(reason, what).to.include({ code: 'backup.invalid' }),
        );
      }
    });

    it('erases again what it is told before the store is whole', async () => {
      const own = given({ actor: agent('leaver') });
      await from.commit({ statements: [own, given()] });
      const entries = await collect(from.dump());
      await to.load(each(entries), async () => [
        { id: 'e', mode: 'pseudonymise', agents: [key('leaver')], replacement: key('random-3') },
      ]);
      const found = async (name: string) => ids((await to.statements.find({ agent: key(name), limit: 9 })).statements);
      expect(await found('leaver')).to.deep.equal([]);
      expect(await found('random-3')).to.deep.equal([own.id]);
      const { entries: fed } = await to.statements.feed(0, 100);
      expect(fed.flatMap((entry) => (entry.kind === 'erased' ? entry.ids : []))).to.deep.equal([own.id]);
      expect((await to.commit({ statements: [own] })).outcomes).to.deep.equal(['same']);
      expect(ofKind(await collect(to.dump()), 'erasure')).to.deep.equal([
        { kind: 'erasure', id: 'e', statements: 1, documents: 0 },
      ]);
    });

    it('brings back any history: the dump, and what is found by any question', async function () {
      this.timeout(180_000);
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.array(event, { minLength: 1, maxLength: 12 }), { minLength: 5, maxLength: 40 }),
          fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
          fc.option(fc.constantFrom('a', 'b', 'c', 'author-a')),
          fc.array(question, { minLength: 10, maxLength: 10 }),
          async (histories, cuts, leaver, questions) => {
            const source = await engine.create();
            const restored = await engine.create();
            try {
              for (const statements of histories.map(history)) {
                let commit = [];
                for (const [n, statement] of statements.entries()) {
                  commit.push(statement);
                  if (!cuts[n] && n < statements.length - 1) continue;
                  await source.store.commit({ statements: commit });
                  commit = [];
                }
              }
              if (leaver !== null) await source.store.erase({ id: 'e', mode: 'erase', agents: [key(leaver)] });
              const entries = await copy(source.store, restored.store);
              expect(await collect(restored.store.dump())).to.deep.equal(entries);
              for (const asked of questions) {
                const [before, after] = await Promise.all(
                  [source, restored].map(({ store }) => store.statements.find(queryOf(asked))),
                );
                expect(after, JSON.stringify(asked)).to.deep.equal(before);
              }
            } finally {
              await Promise.all([source.destroy(), restored.destroy()]);
            }
          },
        ),
        { numRuns: 6 },
      );
    });
  });
}
