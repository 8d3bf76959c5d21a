import { expect } from 'chai';
import type { Erasure, FeedEntry } from '../../lrs/store/store.ts';
import { agentKey } from '../../lrs/xapi/index.ts';
import { type Engine, withStore } from '../engines/index.ts';
import { agent, given, ids, reference, refused, verb } from './given.ts';

const key = (name: string): string => agentKey(agent(name)) ?? '';

export function erasureContract(engine: Engine): void {
  describe('erasure', () => {
    const store = withStore(engine);
    const byAgent = async (name: string) =>
      ids((await store.statements.find({ agent: key(name), relatedAgents: true, limit: 100 })).statements);
    const everything = async () => {
      const { entries } = await store.statements.feed(0, 1000);
      return entries
        .map((entry: FeedEntry) =>
          entry.kind === 'statement' ? Buffer.from(entry.statement.text).toString() : JSON.stringify(entry),
        )
        .join('\n');
    };
    const state = (name: string) => ({ kind: 'state', activity: 'https://a.example', agent: key(name) }) as const;

    it('pseudonymise moves statements and documents to the random account; counts stay', async () => {
      const own = given({ actor: agent('leaver') });
      const related = given({ actor: agent('stays'), context: { instructor: agent('leaver') } });
      const referring = given({ actor: agent('other'), object: reference(own.id) });
      await store.commit({ statements: [own, related, referring] });
      await store.documents.put({
        scope: state('leaver'),
        id: 'bookmark',
        contents: Buffer.from('p'),
        contentType: 'text/plain',
      });
      const erasure: Erasure = {
        id: 'e1',
        agents: [key('leaver')],
        mode: 'pseudonymise',
        replacement: key('random-7'),
      };
      expect(await store.erase(erasure)).to.deep.equal({ statements: 2, documents: 1 });
      expect(await store.statements.count()).to.equal(3);
      expect(await byAgent('leaver')).to.deep.equal([]);
      expect(new Set(await byAgent('random-7'))).to.deep.equal(new Set(ids([own, related, referring])));
      expect(await store.documents.ids(state('random-7'))).to.deep.equal(['bookmark']);
      expect(await everything()).not.to.contain('leaver');
      const { entries } = await store.statements.feed(0, 1000);
      const told = entries.flatMap((entry) => (entry.kind === 'erased' ? entry.ids : []));
      expect(new Set(told)).to.deep.equal(new Set(ids([own, related])));
    });

    it('erase removes them, and counts fall', async () => {
      const own = given({ actor: agent('leaver') });
      const other = given({ actor: agent('stays') });
      await store.commit({ statements: [own, other] });
      await store.documents.put({
        scope: state('leaver'),
        id: 'bookmark',
        contents: Buffer.from('p'),
        contentType: 'text/plain',
      });
      expect(await store.erase({ id: 'e2', agents: [key('leaver')], mode: 'erase' })).to.deep.equal({
        statements: 1,
        documents: 1,
      });
      expect(await store.statements.get(own.id)).to.equal(undefined);
      expect(await store.statements.count()).to.equal(1);
      expect(ids((await store.statements.find({ verb: verb('did').id, limit: 9 })).statements)).to.deep.equal([
        other.id,
      ]);
      expect(await store.documents.ids(state('leaver'))).to.deep.equal([]);
    });

    const modes = [{ mode: 'pseudonymise', replacement: key('random-8') }, { mode: 'erase' }] as const;
    for (const how of modes) {
      it(`after ${how.mode}, the same statements posted again do not bring the person back`, async () => {
        const own = given({ actor: agent('leaver') });
        await store.commit({ statements: [own] });
        await store.erase({ id: 'e3', agents: [key('leaver')], ...how });
        await store.reopen();
        expect((await store.commit({ statements: [own] })).outcomes).to.deep.equal(['same']);
        expect(await everything()).not.to.contain('leaver');
        await refused(store.commit({ statements: [given({ id: own.id, verb: verb('undid') })] }), 'statement.conflict');
      });
    }

    it('running the same erasure again changes nothing more', async () => {
      await store.commit({ statements: [given({ actor: agent('leaver') })] });
      const erasure: Erasure = {
        id: 'e4',
        agents: [key('leaver')],
        mode: 'pseudonymise',
        replacement: key('random-9'),
      };
      const first = await store.erase(erasure);
      const before = await everything();
      expect(await store.erase(erasure)).to.deep.equal(first);
      expect(await everything()).to.equal(before);
    });
  });
}
