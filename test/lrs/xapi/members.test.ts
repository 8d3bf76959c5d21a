import { expect } from 'chai';
import { type Actor, agentFromKey, agentKey, authorityKey, Usage } from '../../../lrs/xapi/index.ts';
import { ALICE, BOB, type Data, ID, read, statement, subStatement } from './samples.ts';

const OWN = 'account:http://lrs.test|key';
const agent = (name: string): Data => ({ objectType: 'Agent', account: { homePage: 'http://a.test', name } });
const group = (...member: unknown[]): Data => ({ objectType: 'Group', member });

/** Members by kind: value → usage, agents of http://a.test by name alone. */
function membersOf(value: Data, kind: string): Record<string, number> {
  const members = read(value, { version: '2.0.0' }).members.filter(
    (member) => member.kind === kind && member.value !== OWN,
  );
  return Object.fromEntries(
    members.map((member) => [member.value.replace('account:http://a.test|', ''), member.usage]),
  );
}

describe('xapi: what a statement is looked up by', () => {
  it('agents: actor, object, members of groups and the groups themselves are direct', () => {
    const team = { ...agent('team'), objectType: 'Group', member: [agent('m1'), agent('m2')] };
    expect(membersOf(statement({ actor: team, object: agent('o') }), 'agent')).to.deep.equal({
      team: 1,
      m1: 1,
      m2: 1,
      o: 1,
    });
    expect(membersOf(statement({ actor: group(agent('m')), object: group(agent('n')) }), 'agent')).to.deep.equal({
      m: 1,
      n: 1,
    });
  });

  it('agents: context and SubStatement are related', () => {
    const sent = statement({
      actor: agent('a'),
      context: {
        instructor: group(agent('i')),
        team: { ...agent('t'), objectType: 'Group' },
        contextAgents: [{ objectType: 'contextAgent', agent: agent('ca') }],
        contextGroups: [{ objectType: 'contextGroup', group: group(agent('cg')) }],
      },
      object: subStatement({ actor: agent('sa'), object: agent('so'), context: { instructor: agent('si') } }),
    });
    expect(membersOf(sent, 'agent')).to.deep.equal({ a: 1, i: 2, t: 2, ca: 2, cg: 2, sa: 2, so: 2, si: 2 });
  });

  it('agents: one in two roles has the bits of both; the authority owns', () => {
    const own = { objectType: 'Agent', account: { homePage: 'http://lrs.test', name: 'key' } };
    const { members } = read(statement({ actor: own, context: { instructor: own } }));
    expect(members.find(({ value }) => value === OWN)?.usage).to.equal(Usage.DIRECT | Usage.RELATED | Usage.OWNER);
  });

  it('agents: an authority of two owns as a whole, its members are related', () => {
    const authority = group(ALICE, BOB) as unknown as Actor;
    const { members } = read(statement(), { authority });
    const usage = Object.fromEntries(
      members.filter(({ kind }) => kind === 'agent').map(({ value, usage: bits }) => [value, bits]),
    );
    expect(usage).to.include({
      [authorityKey(authority)]: Usage.OWNER,
      'mbox:mailto:alice@example.test': Usage.RELATED,
      'account:http://example.test|bob': Usage.RELATED,
    });
    expect(authorityKey(group(BOB, ALICE) as unknown as Actor)).to.equal(authorityKey(authority));
    expect(authorityKey(ALICE as Actor)).to.equal(agentKey(ALICE as Actor));
  });

  it('activities: the object is direct, those of the context and of a SubStatement related', () => {
    const sent = (object: Data) =>
      statement({
        object,
        context: { contextActivities: { parent: { id: 'http://x.test/p' }, other: [{ id: 'http://x.test/q' }] } },
      });
    expect(membersOf(sent({ id: 'http://x.test/p' }), 'activity')).to.deep.equal({
      'http://x.test/p': 3,
      'http://x.test/q': 2,
    });
    const inner = {
      object: { id: 'http://x.test/o' },
      context: { contextActivities: { category: [{ id: 'http://x.test/c' }] } },
    };
    expect(membersOf(sent(subStatement(inner)), 'activity')).to.deep.equal({
      'http://x.test/o': 2,
      'http://x.test/c': 2,
      'http://x.test/p': 2,
      'http://x.test/q': 2,
    });
  });

  it('verb and registration: the statement’s own, not the SubStatement’s', () => {
    const context = { registration: ID.toUpperCase() };
    const inner = { verb: { id: 'http://x.test/v' }, context: { registration: ID.replace('9', '8') } };
    const sent = statement({ context, object: subStatement(inner) });
    expect(membersOf(sent, 'verb')).to.deep.equal({ 'http://example.test/verbs/tried': 1 });
    expect(membersOf(sent, 'registration')).to.deep.equal({ [ID]: 1 });
  });

  it('takes a group of very many in good time', () => {
    const many = Array.from({ length: 20_000 }, (_, n) => agent(`m${n}`));
    const started = Date.now();
    expect(Object.keys(membersOf(statement({ actor: group(...many) }), 'agent'))).to.have.length(20_000);
    expect(Date.now() - started).to.be.below(2000);
  });

  it('has one key for each identifier, and the agent back from it', () => {
    const agents: Actor[] = [
      { objectType: 'Agent', mbox: 'mailto:a@b.test' },
      { objectType: 'Agent', mbox_sha1sum: 'ab'.repeat(20) },
      { objectType: 'Agent', openid: 'http://x.test/me|you' },
      { objectType: 'Agent', account: { homePage: 'http://x.test', name: 'a|b:c|' } },
    ];
    const keys = agents.map((one) => agentKey(one) ?? '');
    expect(new Set(keys).size).to.equal(agents.length);
    expect(keys.map(agentFromKey)).to.deep.equal(agents);
    expect(agentKey({ mbox: 'mailto:A@B.Test' })).to.equal('mbox:mailto:A@b.test');
    expect(agentKey({ mbox_sha1sum: 'AB'.repeat(20) })).to.equal(keys[1]);
    expect(agentKey({ objectType: 'Group', member: [] })).to.equal(undefined);
    for (const key of ['', 'x', 'account:http://x.test', 'group:[]'])
      expect(() => agentFromKey(key)).to.throw(TypeError);
  });
});
