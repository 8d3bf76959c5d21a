import { expect } from 'chai';
import { Attempts } from '../../../adapters/sso/attempts.ts';
import type { Arrival } from '../../../adapters/sso/provider.ts';
import { hasCode } from '../../../lrs/index.ts';
import { onEachEngine, withStore } from '../../engines/index.ts';

const arrival: Arrival = { origin: { provider: 'idp', subject: 'ada' }, attributes: { rio: ['4711'] } };
const wanted = { provider: 'idp', to: '/people', memory: { nonce: 'n' } };
const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (hasCode(error, 'sso.expired', 'sso.refused') ? error.code : String(error)),
  );

onEachEngine('logins under way', (engine) => {
  const store = withStore(engine);

  it('are used once, whichever process the answers come to', async () => {
    const here = new Attempts(store);
    const there = new Attempts(store);
    const attempt = await here.begin(wanted, 'browser');
    expect(attempt.id).to.match(/^_[0-9a-f]{40}$/);
    const answers = await Promise.all(
      [here, there, here, there].map((each) => codeOf(each.answer('idp', attempt.id, arrival))),
    );
    expect(answers.sort()).to.deep.equal(['done', 'sso.expired', 'sso.expired', 'sso.expired']);
    const state = await here.begin(wanted, 'browser');
    const taken = await Promise.all([here, there].map((each) => codeOf(each.take('idp', state.id, 'browser'))));
    expect(taken.sort()).to.deep.equal(['done', 'sso.expired']);
    const noted = await Promise.all(
      [here, there].map((each) => codeOf(each.once('idp', 'assertion', Date.now() + 9_999))),
    );
    expect(noted.sort()).to.deep.equal(['done', 'sso.expired']);
  });

  it('login CSRF: end in the browser that began them and in no other, and are spent on the try', async () => {
    const attempts = new Attempts(store);
    for (const other of [undefined, '', 'another']) {
      const { id } = await attempts.begin(wanted, 'browser');
      const ticket = await attempts.answer('idp', id, arrival);
      expect(await codeOf(attempts.redeem('idp', ticket, other))).to.equal('sso.refused');
      expect(await codeOf(attempts.redeem('idp', ticket, 'browser'))).to.equal('sso.expired');
      const state = await attempts.begin(wanted, 'browser');
      expect(await codeOf(attempts.take('idp', state.id, other))).to.equal('sso.refused');
    }
    const { id } = await attempts.begin(wanted, 'browser');
    const ticket = await attempts.answer('idp', id, arrival);
    expect(await attempts.redeem('idp', ticket, 'browser')).to.deep.equal({ arrival, to: '/people' });
    expect(await codeOf(attempts.redeem('idp', ticket, 'browser'))).to.equal('sso.expired');
  });

  it('are of one provider', async () => {
    const attempts = new Attempts(store);
    const { id } = await attempts.begin(wanted, 'browser');
    expect(await codeOf(attempts.answer('other', id, arrival))).to.equal('sso.refused');
    const ticket = await attempts.answer('idp', id, arrival);
    expect(await codeOf(attempts.redeem('other', ticket, 'browser'))).to.equal('sso.expired');
  });

  it('are cleared away once they are over, however many, and none before', async () => {
    const attempts = new Attempts(store);
    await Promise.all(Array.from({ length: 1500 }, (_, i) => attempts.once('idp', `old ${i}`, Date.now() - 1)));
    await attempts.once('idp', 'new', Date.now() + 60_000);
    await attempts.sweep();
    expect(await codeOf(attempts.once('idp', 'old 7', Date.now() + 60_000))).to.equal('done');
    expect(await codeOf(attempts.once('idp', 'new', Date.now() + 60_000))).to.equal('sso.expired');
  });
});
