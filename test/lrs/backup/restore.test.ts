import { expect } from 'chai';
import fc from 'fast-check';
import { entryLine } from '../../../lrs/backup/lines.ts';
import { restore } from '../../../lrs/backup/restore.ts';
import type { LedgerLine } from '../../../lrs/store/erasure.ts';
import type { Store } from '../../../lrs/store/store.ts';
import { agentKey } from '../../../lrs/xapi/index.ts';
import { collect, fillWithEverything, ofKind } from '../../contract/dump.ts';
import { agent, given, ids, refused } from '../../contract/given.ts';
import { event, history, queryOf, question } from '../../contract/naive.ts';
import { type Engine, engines, onEachEngine } from '../../engines/index.ts';
import { archiveOf, openBackupSite, resealed, withArchive } from './site.ts';

const key = (name: string): string => agentKey(agent(name)) ?? '';

/** Each engine from a store of its own kind, and from every other one. */
for (const source of engines) {
  onEachEngine(`restoring from ${source.name}`, function (engine) {
    this.timeout(60_000);
    restoring(source, engine);
  });
}

function restoring(source: Engine, engine: Engine): void {
  let site: Awaited<ReturnType<typeof openBackupSite>>;
  let from: Store;
  let to: Store;
  beforeEach(async () => {
    site = await openBackupSite();
    from = await site.store(source);
    to = await site.store(engine);
  });
  afterEach(() => site.close());

  const restored = (bytes: Buffer, ledger: readonly LedgerLine[] = []) =>
    withArchive(site.path('backup.livret'), bytes, (archive) => restore({ archive, store: to, ledger }));

  const by = async (name: string): Promise<string[]> =>
    ids((await to.statements.find({ agent: key(name), relatedAgents: true, limit: 100, ascending: true })).statements);

  it('brings everything back, contents too', async () => {
    await fillWithEverything(from);
    const { bytes, written } = await archiveOf(from);
    const { counts, missing, erased } = await restored(bytes);
    expect({ counts, missing, erased }).to.deep.equal({ counts: written.counts, missing: [], erased: 0 });
    const entries = await collect(from.dump());
    expect(await collect(to.dump())).to.deep.equal(entries);
    for (const { blob } of ofKind(entries, 'blob')) {
      expect(await to.blobs.get(blob)).to.deep.equal(await from.blobs.get(blob));
    }
    expect(await collect(to.verify())).to.deep.equal([]);
  });

  it('brings back any history, which is found by any question', async function () {
    this.timeout(120_000);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(event, { minLength: 1, maxLength: 12 }), { minLength: 20, maxLength: 40 }),
        fc.array(question, { minLength: 10, maxLength: 10 }),
        async (histories, questions) => {
          const one = await openBackupSite();
          try {
            [from, to] = [await one.store(source), await one.store(engine)];
            for (const statements of histories.map(history)) await from.commit({ statements });
            await restored((await archiveOf(from)).bytes);
            expect(await collect(to.dump())).to.deep.equal(await collect(from.dump()));
            for (const asked of questions) {
              const [before, after] = [from, to].map((store) => store.statements.find(queryOf(asked)));
              expect(await after, JSON.stringify(asked)).to.deep.equal(await before);
            }
            expect(await collect(to.verify())).to.deep.equal([]);
          } finally {
            await one.close();
          }
        },
      ),
      { numRuns: 2 },
    );
  });

  it('writes nothing before the whole archive was checked', async () => {
    await fillWithEverything(from);
    const { bytes } = await archiveOf(from);
    const before = (await collect(to.dump())).slice(1);
    const damaged = Buffer.from(bytes);
    damaged[bytes.length - 600] = 1;
    await refused(restored(damaged), 'backup.invalid');
    expect((await collect(to.dump())).slice(1)).to.deep.equal(before);
    await to.commit({ statements: [given()] });
    await refused(restored(resealed(bytes)), 'store.notEmpty');
  });

  it('leaves nothing that serves when what it reads cannot be', async () => {
    await from.commit({ statements: [given()] });
    const { bytes } = await archiveOf({
      engine: 'sqlite',
      blobs: from.blobs,
      async *dump() {
        for await (const entry of from.dump()) {
          yield entry.kind === 'statement' ? { ...entry, text: Buffer.from('{') } : entry;
        }
      },
    });
    await refused(restored(bytes), 'backup.invalid');
    await refused(to.ready(), 'store.incomplete');
  });

  describe('people who were forgotten since', () => {
    const own = given({ actor: agent('leaver') });
    const related = given({ actor: agent('stays'), context: { instructor: agent('leaver') } });
    const profile = { kind: 'agent-profile', agent: key('leaver') } as const;
    let bytes: Buffer;
    beforeEach(async () => {
      await from.commit({ statements: [own, related] });
      await from.documents.put({ scope: profile, id: 'd', contents: Buffer.from('x'), contentType: 'text/plain' });
      ({ bytes } = await archiveOf(from));
    });

    it('are not brought back: their statements and documents go to the same account', async () => {
      await from.erase({ id: 'e1', mode: 'pseudonymise', agents: [key('leaver')], replacement: key('random-1') });
      expect((await restored(bytes, await from.ledger.lines())).erased).to.equal(1);
      expect(await by('leaver')).to.deep.equal([]);
      expect(await by('random-1')).to.deep.equal([own.id, related.id]);
      expect(await to.documents.ids({ ...profile, agent: key('random-1') })).to.deep.equal(['d']);
      expect((await collect(to.dump())).map(entryLine).join('')).not.to.contain('leaver');
      expect((await to.commit({ statements: [own] })).outcomes).to.deep.equal(['same']);
    });

    it('are gone where they were removed', async () => {
      await from.erase({ id: 'e1', mode: 'erase', agents: [key('nobody'), key('leaver')] });
      await restored(bytes, await from.ledger.lines());
      expect(await to.statements.count()).to.equal(0);
      expect(await to.documents.ids(profile)).to.deep.equal([]);
    });

    it('are followed to whom they became, who may have been forgotten in turn', async () => {
      await from.erase({ id: 'e1', mode: 'pseudonymise', agents: [key('leaver')], replacement: key('random-1') });
      await from.erase({ id: 'e2', mode: 'erase', agents: [key('random-1')] });
      expect((await restored(bytes, await from.ledger.lines())).erased).to.equal(2);
      expect(await to.statements.count()).to.equal(0);
    });

    it('stay in the ledger of the restored store, for the next time', async () => {
      await from.erase({ id: 'e1', mode: 'erase', agents: [key('leaver')] });
      await from.erase({ id: 'e2', mode: 'erase', agents: [key('somebody else')] });
      await restored(bytes, await from.ledger.lines());
      expect(await to.ledger.lines()).to.deep.equal(await from.ledger.lines());
    });

    it('are found in the ledger of the folder itself, when the store alone was lost', async () => {
      await from.erase({ id: 'e1', mode: 'erase', agents: [key('leaver')] });
      await to.ledger.add(await from.ledger.lines());
      expect((await restored(bytes)).erased).to.equal(1);
      expect(await by('leaver')).to.deep.equal([]);
    });

    it('may have come again: what the backup holds of after the erasure stays', async () => {
      await from.erase({ id: 'e1', mode: 'erase', agents: [key('leaver')] });
      const back = given({ actor: agent('leaver') });
      await from.commit({ statements: [back] });
      const { bytes: later } = await archiveOf(from);
      expect((await restored(later, await from.ledger.lines())).erased).to.equal(0);
      expect(await by('leaver')).to.deep.equal([back.id]);
    });

    it('are not looked for where the ledger names others', async () => {
      await from.erase({ id: 'e1', mode: 'erase', agents: [key('somebody else')] });
      expect((await restored(bytes, await from.ledger.lines())).erased).to.equal(0);
      expect(await by('leaver')).to.deep.equal([own.id, related.id]);
    });
  });
}
