import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Checked } from '../../lrs/store/dump.ts';
import { put, type Store } from '../../lrs/store/store.ts';
import { agentKey } from '../../lrs/xapi/index.ts';
import type { Engine, EngineStore } from '../engines/index.ts';
import { collect, fillWithEverything, TALLIES, withAttachment } from './dump.ts';
import { agent, given, ids, reference } from './given.ts';
import { event, history } from './naive.ts';

const key = (name: string): string => agentKey(agent(name)) ?? '';

export function verifyContract(engine: Engine): void {
  describe('verify', () => {
    let opened: EngineStore;
    let store: Store;
    beforeEach(async () => {
      opened = await engine.create();
      store = opened.store;
    });
    afterEach(() => opened.destroy());

    it('finds nothing wrong with something of every kind, and says what it looked at', async () => {
      await fillWithEverything(store);
      const told: Checked[] = [];
      expect(await collect(store.verify((checked) => told.push(checked)))).to.deep.equal([]);
      const { statements, ...others } = told.at(-1) ?? ({} as Checked);
      expect(statements).to.equal(await store.statements.count());
      expect(others).to.deep.equal({ events: 2, documents: 4, activities: 1, items: 2, blobs: 2 });
    });

    it('finds nothing wrong with an empty store', async () => {
      expect(await collect(store.verify())).to.deep.equal([]);
    });

    it('finds nothing wrong while others write', async () => {
      let writing = true;
      const write = async (writer: string): Promise<void> => {
        let last = given();
        for (let commits = 1; writing; commits++) {
          const next = given({ actor: agent(writer), object: reference(last.id) });
          const statements = commits % 2 ? [next, last] : [next, await withAttachment(store, randomBytes(9))];
          await store.commit({ statements, changes: [put(TALLIES, writer, { commits, last: ids(statements) })] });
          last = given();
        }
      };
      const writers = ['w1', 'w2', 'w3'].map(write);
      for (let round = 0; round < 4; round++) expect(await collect(store.verify())).to.deep.equal([]);
      writing = false;
      await Promise.all(writers);
    });

    it('finds nothing wrong with chains that are longer than references reach', async () => {
      for (const arrange of [(chain: unknown[]) => chain, (chain: unknown[]) => chain.toReversed()]) {
        const chain = [given()];
        for (let n = 1; n < 250; n++)
          chain.push(given({ object: reference(chain[n - 1]?.id ?? ''), actor: agent(`${n}`) }));
        await store.commit({ statements: arrange(chain) as typeof chain });
      }
      expect(await collect(store.verify())).to.deep.equal([]);
    });

    it('finds nothing wrong with any history, whoever is forgotten', async function () {
      this.timeout(180_000);
      const forgotten = fc.record({
        name: fc.constantFrom('a', 'b', 'c', 'author-a'),
        mode: fc.constantFrom('erase' as const, 'pseudonymise' as const),
      });
      let erasures = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.array(event, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 30 }),
          fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
          fc.option(forgotten),
          async (histories, cuts, leaver) => {
            for (const statements of histories.map(history)) {
              let commit = [];
              for (const [n, statement] of statements.entries()) {
                commit.push(statement);
                if (!cuts[n] && n < statements.length - 1) continue;
                await store.commit({ statements: commit });
                commit = [];
              }
            }
            expect(await collect(store.verify()), 'as it came').to.deep.equal([]);
            if (leaver === null) return;
            const erasure = {
              id: `e${erasures++}`,
              agents: [key(leaver.name)],
              replacement: key(`random-${erasures}`),
            };
            await store.erase({ ...erasure, mode: leaver.mode });
            expect(await collect(store.verify()), `after ${leaver.mode}`).to.deep.equal([]);
          },
        ),
        { numRuns: 15 },
      );
    });
  });
}
