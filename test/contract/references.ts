import { expect } from 'chai';
import type { NewStatement } from '../../lrs/store/store.ts';
import { agentKey } from '../../lrs/xapi/index.ts';
import { type Engine, withStore } from '../engines/index.ts';
import { activity, agent, given, ids, reference, VOIDED, verb } from './given.ts';

const key = (name: string): string => agentKey(agent(name)) ?? '';

export function referencesContract(engine: Engine): void {
  describe('StatementRefs and voiding', () => {
    const store = withStore(engine);
    const byAgent = async (name: string) =>
      ids((await store.statements.find({ agent: key(name), limit: 1000 })).statements);

    const target = () => given({ actor: agent('ben'), verb: verb('passed'), object: activity('explosives') });
    const about = (id: string, name = 'andrew') =>
      given({ actor: agent(name), verb: verb('confirmed'), object: reference(id) });

    it('a statement is found by what it refers to, each condition by itself', async () => {
      const t = target();
      const s = about(t.id);
      await store.commit({ statements: [t] });
      await store.commit({ statements: [s] });
      expect(await byAgent('ben')).to.deep.equal([s.id, t.id]);
      expect(await byAgent('andrew')).to.deep.equal([s.id]);
      const mixed = await store.statements.find({
        agent: key('andrew'),
        activity: activity('explosives').id,
        limit: 9,
      });
      expect(ids(mixed.statements)).to.deep.equal([s.id]);
    });

    it('reaches along chains, in whatever order the statements arrive', async () => {
      for (const arrival of [
        [0, 1, 2, 3],
        [3, 2, 1, 0],
        [1, 3, 0, 2],
        [2, 0, 3, 1],
      ]) {
        const t = given({ actor: agent(`ben-${arrival.join('')}`) });
        const one = about(t.id);
        const two = about(one.id);
        const three = about(two.id);
        const chain = [t, one, two, three];
        for (const n of arrival) await store.commit({ statements: [chain[n] ?? t] });
        expect(new Set(await byAgent(`ben-${arrival.join('')}`)), arrival.join()).to.deep.equal(new Set(ids(chain)));
      }
    });

    for (const [order, arrange] of [
      ['first to last', (chain: NewStatement[]) => chain],
      ['last to first', (chain: NewStatement[]) => chain.toReversed()],
    ] as const) {
      it(`a chain of a thousand that arrives ${order} holds nobody up, and near things are found`, async () => {
        const chain = [given({ actor: agent('start') })];
        for (let n = 1; n < 1000; n++) chain.push(about(chain[n - 1]?.id ?? '', `link-${n}`));
        await store.commit({ statements: arrange(chain) });
        expect(await byAgent('start')).to.include.members(ids(chain.slice(0, 100)));
        expect(await byAgent('link-500')).to.include.members(ids(chain.slice(500, 600)));
      });
    }

    it('a circle of references ends', async () => {
      const a = about('11111111-1111-4111-8111-111111111111', 'anna');
      const b = { ...about(a.id, 'bob'), id: '11111111-1111-4111-8111-111111111111' };
      await store.commit({ statements: [a] });
      await store.commit({ statements: [b] });
      expect(new Set(await byAgent('bob'))).to.deep.equal(new Set([a.id, b.id]));
      expect(new Set(await byAgent('anna'))).to.deep.equal(new Set([a.id, b.id]));
    });

    it('to have written the target is not passed on', async () => {
      const t = given({}, agent('writer'));
      const s = about(t.id);
      await store.commit({ statements: [t, s] });
      const own = await store.statements.find({ owner: key('writer'), limit: 9 });
      expect(ids(own.statements)).to.deep.equal([t.id]);
    });

    it('a limited reader learns nothing from what others wrote by referring to it', async () => {
      const theirs = given({ actor: agent('ben'), verb: verb('failed') }, agent('other'));
      const referring = given({ verb: verb('confirmed'), object: reference(theirs.id) }, agent('reader'));
      const further = given({ verb: verb('confirmed'), object: reference(referring.id) }, agent('reader'));
      await store.commit({ statements: [theirs, referring, further] });
      const mine = async (query: { agent?: string; verb?: string; relatedAgents?: boolean }) =>
        ids((await store.statements.find({ ...query, owner: key('reader'), limit: 9, ascending: true })).statements);
      expect(await mine({ agent: key('ben') })).to.deep.equal([]);
      expect(await mine({ verb: verb('failed').id })).to.deep.equal([]);
      expect(await mine({ agent: key('other'), relatedAgents: true })).to.deep.equal([]);
      expect(await mine({ verb: verb('confirmed').id })).to.deep.equal([referring.id, further.id]);
    });

    it('a voided statement leaves the lists and can still be read by id', async () => {
      const t = target();
      const voiding = given({ actor: agent('admin'), verb: VOIDED, object: reference(t.id) });
      await store.commit({ statements: [t] });
      expect((await store.statements.get(t.id))?.voided).to.equal(false);
      await store.commit({ statements: [voiding] });
      expect((await store.statements.get(t.id))?.voided).to.equal(true);
      // the voiding statement itself is found through its target
      expect(await byAgent('ben')).to.deep.equal([voiding.id]);
    });

    it('a statement may arrive already voided, in the same commit too', async () => {
      const late = target();
      await store.commit({ statements: [given({ verb: VOIDED, object: reference(late.id) })] });
      await store.commit({ statements: [late] });
      expect((await store.statements.get(late.id))?.voided).to.equal(true);
      const together = target();
      await store.commit({ statements: [given({ verb: VOIDED, object: reference(together.id) }), together] });
      expect((await store.statements.get(together.id))?.voided).to.equal(true);
    });

    it('a voiding statement cannot be voided, whichever comes first', async () => {
      const t = target();
      const voiding = given({ verb: VOIDED, object: reference(t.id) });
      const again = given({ verb: VOIDED, object: reference(voiding.id) });
      await store.commit({ statements: [t, voiding] });
      await store.commit({ statements: [again] });
      expect((await store.statements.get(voiding.id))?.voided).to.equal(false);
      const early = given({ verb: VOIDED, object: reference('22222222-2222-4222-8222-222222222222') });
      const spared = {
        ...given({ verb: VOIDED, object: reference(t.id) }),
        id: '22222222-2222-4222-8222-222222222222',
      };
      await store.commit({ statements: [early] });
      await store.commit({ statements: [spared] });
      expect((await store.statements.get(spared.id))?.voided).to.equal(false);
    });

    it('references reach through voided targets', async () => {
      const t = target();
      const s = about(t.id);
      await store.commit({ statements: [t, given({ verb: VOIDED, object: reference(t.id) })] });
      await store.commit({ statements: [s] });
      expect(await byAgent('ben')).to.include(s.id);
    });
  });
}
