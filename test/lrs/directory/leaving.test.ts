import { expect } from 'chai';
import { type Membership, type Person, rolesOf } from '../../../lrs/directory/index.ts';
import { onEachEngine } from '../../engines/index.ts';
import { type HouseSite, type LoggedIn, openHouseSite } from '../../house/open-house.ts';

const key = (name: string): string => `account:https://sso.test|${name}`;

onEachEngine('somebody who has left', function (engine) {
  this.timeout(30_000);
  let site: HouseSite;
  const directory = () => site.house.lrs.directory;
  before(async () => {
    site = await openHouseSite(engine);
  });
  after(() => site.close());

  const act = (at = Date.now()) => ({ by: 'import', at });
  async function somebody(name: string, membership?: Partial<Membership>): Promise<string> {
    const belongs = membership && { membership: { direction: 'DRH', roles: ['agent' as const], ...membership } };
    await directory().upsert({ identifiers: [key(name)], familyName: name, ...belongs });
    return (await directory().personByAgentKey(key(name)))?.id ?? '';
  }
  async function loggedIn(id: string, roles: 'administrator'[] = []): Promise<LoggedIn> {
    const wanted = { person: id, roles: roles.map((role) => ({ role })), origin: { provider: 'test' } };
    const { token, session } = await site.house.lrs.access.people.sessions.begin(wanted);
    return { id, cookie: `livret=${token}`, csrf: session.csrf };
  }
  const opensKeys = async (who: LoggedIn): Promise<number> => (await site.get('/keys', who)).status;
  const held = async (id: string): Promise<string[]> => {
    const person = (await directory().person(id)) as Person;
    return rolesOf(person, Date.now()).map(({ role }) => role);
  };

  it('loses granted roles with their place, which the history tells, and does not get them back by coming back', async () => {
    const id = await somebody('closed', {});
    await directory().grant(id, { role: 'administrator' }, act());
    await directory().grant(id, { role: 'tutor', direction: 'DRH', to: Date.now() + 1e9 }, act());
    const who = await loggedIn(id);
    expect(await opensKeys(who)).to.equal(200);
    const at = Date.now() + 1;
    await directory().close([id], act(at));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await opensKeys(who)).to.equal(403);
    const [newest] = await directory().history(id, 1);
    expect(newest?.changes).to.deep.equal([
      { what: 'left' },
      { what: 'revoked', role: 'administrator' },
      { what: 'revoked', role: 'tutor', direction: 'DRH' },
    ]);
    await somebody('closed', {});
    expect(await held(id)).to.deep.equal(['agent']);
    expect(await opensKeys(who)).to.equal(403);
  });

  it('has no role once the last day is over, not by a provider either, nor by coming back later', async () => {
    const id = await somebody('dated', { from: 1000, to: Date.now() + 300 });
    await directory().grant(id, { role: 'administrator' }, act());
    const who = await loggedIn(id, ['administrator']);
    expect(await opensKeys(who)).to.equal(200);
    await new Promise((resolve) => setTimeout(resolve, 320));
    expect(await opensKeys(who)).to.equal(403);
    expect(await held(id)).to.deep.equal([]);
    const refusal = await directory()
      .grant(id, { role: 'analyst' }, act())
      .catch((error) => error.code);
    expect(refusal).to.equal('people.left');
    await directory().place(id, { direction: 'DRH' }, act());
    expect(await held(id)).to.deep.equal(['agent']);
  });

  it('has not left where what follows was only told late', async () => {
    const to = Date.now() - 1000;
    const id = await somebody('renewed', {});
    await directory().grant(id, { role: 'analyst' }, act());
    await somebody('renewed', { to });
    await somebody('renewed', { from: to, direction: 'DSI' });
    // The change that told the end has taken it; a renewal told before anything else has not.
    expect(await held(id)).to.deep.equal(['agent']);
    const end = Date.now() + 200;
    const other = await somebody('seamless', { to: end });
    await directory().grant(other, { role: 'analyst' }, act());
    await new Promise((resolve) => setTimeout(resolve, 220));
    await somebody('seamless', { from: end, direction: 'DSI' });
    expect(await held(other)).to.deep.equal(['agent', 'analyst']);
  });

  it('is not an administrator by hand who never belonged anywhere', async () => {
    const id = await somebody('contractor');
    await directory().grant(id, { role: 'administrator' }, act());
    await directory().close([id], act());
    expect(await opensKeys(await loggedIn(id))).to.equal(200);
  });

  it('brings no role into the record that absorbs theirs', async () => {
    const gone = await somebody('gone', { from: 1000, to: Date.now() + 200 });
    await directory().grant(gone, { role: 'administrator' }, act());
    await new Promise((resolve) => setTimeout(resolve, 220));
    const stays = await somebody('stays', { from: Date.now() });
    const { id } = await directory().merge(stays, gone, act());
    expect(await held(stays)).to.deep.equal(['agent']);
    await directory().unmerge(id, act());
    expect(await held(gone)).to.deep.equal([]);
  });
});
