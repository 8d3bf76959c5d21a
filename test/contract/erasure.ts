import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { hashKey } from '../../lrs/store/erasure.ts';
import type { Erasure, FeedEntry } from '../../lrs/store/store.ts';
import { agentKey, authorityKey } from '../../lrs/xapi/index.ts';
import { type Engine, withStore } from '../engines/index.ts';
import { activity, agent, given, givenText, ids, parsed, reference, refused, verb } from './given.ts';

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
      it(`${how.mode} leaves the statements of others that refer to theirs, however they are written`, async () => {
        const own = given({ actor: agent('leaver') });
        const value = { id: randomUUID(), actor: agent('other'), verb: verb('confirmed'), object: reference(own.id) };
        const referring = givenText(JSON.stringify(value, undefined, 2));
        await store.commit({ statements: [own, referring] });
        const before = (await store.statements.get(referring.id))?.text;
        expect((await store.erase({ id: 'e5', agents: [key('leaver')], ...how })).statements).to.equal(1);
        expect((await store.statements.get(referring.id))?.text).to.deep.equal(before);
        const { entries } = await store.statements.feed(0, 1000);
        expect(entries.flatMap((entry) => (entry.kind === 'erased' ? entry.ids : []))).to.deep.equal([own.id]);
      });

      it(`after ${how.mode}, an authority that they were part of does not name them`, async () => {
        const application = {
          objectType: 'Agent',
          account: { homePage: 'https://apps.example', name: 'app' },
        } as const;
        const both = { objectType: 'Group' as const, member: [application, agent('leaver')] };
        const own = given({ actor: agent('leaver') }, both);
        const other = given({}, both);
        await store.commit({ statements: [own, other] });
        await store.erase({ id: 'e6', agents: [key('leaver')], ...how });
        const owned = async (owner: string) => ids((await store.statements.find({ owner, limit: 9 })).statements);
        expect(await owned(authorityKey(both))).to.deep.equal([]);
        const left = await store.statements.get(other.id);
        if (left) expect(await owned(authorityKey(parsed(left).authority ?? agent('')))).to.include(other.id);
      });

      it(`after ${how.mode}, whoever comes next is not taken for them by what refers to them`, async () => {
        const own = given({ verb: verb('confirmed') });
        await store.commit({ statements: [own] });
        const theirs = given({ verb: verb('confirmed'), actor: agent('leaver') });
        const referring = given({ verb: verb('confirmed'), object: reference(theirs.id) });
        await store.commit({ statements: [theirs, referring] });
        await store.erase({ id: 'e7', agents: [key('leaver')], ...how });
        const next = given({ verb: verb('confirmed'), actor: agent('newcomer') });
        const further = given({ verb: verb('confirmed'), object: reference(referring.id) });
        await store.commit({ statements: [next] });
        await store.commit({ statements: [further] });
        expect(await byAgent('newcomer')).to.deep.equal([next.id]);
      });

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

    it('what referred to a statement that was removed is not found by it any more', async () => {
      const own = given({ actor: agent('leaver'), verb: verb('passed'), object: activity('first-aid') });
      const further = given({ actor: agent('leaver'), verb: verb('praised'), object: reference(own.id) });
      const referring = given({ actor: agent('other'), verb: verb('confirmed'), object: reference(further.id) });
      await store.commit({ statements: [own, further, referring] });
      const passed = async () => ids((await store.statements.find({ verb: verb('passed').id, limit: 9 })).statements);
      expect(await passed()).to.include(referring.id);
      await store.erase({ id: 'e8', agents: [key('leaver')], mode: 'erase' });
      expect(await passed()).to.deep.equal([]);
      expect(await byAgent('other')).to.deep.equal([referring.id]);
    });

    it('is in the ledger, which names nobody', async () => {
      const erasure: Erasure = {
        id: 'e9',
        agents: [key('leaver')],
        mode: 'pseudonymise',
        replacement: key('random-5'),
      };
      await store.erase(erasure);
      await store.erase(erasure);
      await store.reopen();
      const lines = await store.ledger.lines();
      expect(lines).to.have.length(1);
      expect(lines[0]).to.include({ id: 'e9', mode: 'pseudonymise', replacement: key('random-5') });
      expect(lines[0]?.agents).to.deep.equal([hashKey(lines[0]?.salt ?? '', key('leaver'))]);
      expect(JSON.stringify(lines)).not.to.contain('leaver');
    });

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
