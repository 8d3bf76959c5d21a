import { expect } from 'chai';
import {
  type ActivityDefinition,
  type Agent,
  type FormatOptions,
  formatStatement,
  mergeDefinition,
  personOf,
  rewriteAgents,
} from '../../../lrs/xapi/index.ts';
import { ALICE, BOB, type Data, read, statement, subStatement } from './samples.ts';

const names = { 'en-US': 'one', fr: 'un' };
const definition = { name: names, extensions: { 'http://x.test/e': 1 } };
const activity = { objectType: 'Activity', id: 'http://x.test/a', definition };
const verb = { id: 'http://x.test/v', display: names };

function formatted(value: Data | string, options: Partial<FormatOptions>): Data {
  const { text } = read(value, { version: '2.0.0' });
  const all: FormatOptions = {
    format: 'exact',
    languages: ['fr'],
    version: '2.0.0',
    definition: () => undefined,
    ...options,
  };
  return JSON.parse(formatStatement(text, all)) as Data;
}

describe('xapi: formats', () => {
  it('exact: not a byte is changed', () => {
    const { text } = read(`{ "result" : {"score":{"raw":1.0}},${JSON.stringify(statement()).slice(1)}`);
    expect(
      formatStatement(text, { format: 'exact', languages: [], version: '1.0.3', definition: () => undefined }),
    ).to.equal(text);
  });

  it('ids: what identifies agents, groups, activities and verbs, wherever they are', () => {
    const named = { ...ALICE, name: 'Alice' };
    const sent = statement({
      actor: { objectType: 'Group', name: 'us', member: [named, { ...BOB, name: 'Bob' }] },
      verb,
      object: subStatement({ actor: { ...BOB, objectType: 'Group', member: [named] }, verb, object: activity }),
      context: {
        instructor: named,
        contextActivities: { parent: activity },
        contextAgents: [{ objectType: 'contextAgent', agent: named, relevantTypes: ['http://x.test/t'] }],
      },
      result: { response: 'x' },
    });
    expect(formatted(sent, { format: 'ids' })).to.deep.include({
      actor: { objectType: 'Group', member: [ALICE, BOB] },
      verb: { id: verb.id },
      object: {
        objectType: 'SubStatement',
        actor: { ...BOB, objectType: 'Group' },
        verb: { id: verb.id },
        object: { id: activity.id },
      },
      context: {
        instructor: ALICE,
        contextActivities: { parent: [{ id: activity.id }] },
        contextAgents: [{ objectType: 'contextAgent', agent: ALICE, relevantTypes: ['http://x.test/t'] }],
      },
      result: { response: 'x' },
    });
  });

  it('canonical: the store’s definition, one language in each map, agents as they came', () => {
    const stored: ActivityDefinition = {
      name: { en: 'stored', de: 'gespeichert' },
      description: names,
      interactionType: 'choice',
      choices: [{ id: 'a', description: names }, { id: 'b' }],
    };
    const sent = statement({
      actor: { ...ALICE, name: 'Alice' },
      verb,
      object: activity,
      context: { contextActivities: { other: [{ id: 'http://x.test/new', definition }] } },
    });
    const result = formatted(sent, {
      format: 'canonical',
      definition: (id) => (id === activity.id ? stored : undefined),
    });
    expect(result).to.deep.include({
      actor: { ...ALICE, name: 'Alice' },
      verb: { id: verb.id, display: { fr: 'un' } },
      object: {
        ...activity,
        definition: {
          name: { en: 'stored' },
          description: { fr: 'un' },
          interactionType: 'choice',
          choices: [{ id: 'a', description: { fr: 'un' } }, { id: 'b' }],
        },
      },
      context: {
        contextActivities: { other: [{ id: 'http://x.test/new', definition: { ...definition, name: { fr: 'un' } } }] },
      },
    });
  });

  it('canonical: one language for attachments under 2.0, as they came under 1.0.3', () => {
    const attachments = [
      {
        usageType: 'http://x.test/u',
        display: names,
        description: names,
        contentType: 'a/b',
        length: 1,
        sha2: 'a'.repeat(64),
      },
    ];
    const shown = (version: '1.0.3' | '2.0.0') =>
      formatted(statement({ attachments }), { format: 'canonical', version }).attachments as Data[];
    expect(shown('2.0.0')[0]).to.deep.include({ display: { fr: 'un' }, description: { fr: 'un' } });
    expect(shown('1.0.3')).to.deep.equal(attachments);
  });

  it('keeps how numbers are written, and what looks like a trap', () => {
    const tricky =
      '{"n":[1.0,1e2,12345678901234567890],"__proto__":{"isLosslessNumber":true,"value":"x"},"toJSON":"y"}';
    const sent = JSON.stringify(statement({ result: { extensions: { 'http://x.test/e': '?' } } })).replace(
      '"?"',
      tricky,
    );
    const options: FormatOptions = { format: 'ids', languages: [], version: '1.0.3', definition: () => undefined };
    expect(formatStatement(read(sent).text, options)).to.contain(tricky);
    expect(formatStatement(read(sent.replace('1.0,1e2,12345678901234567890', '1')).text, options)).to.contain(
      '{"n":[1],"__proto__":{',
    );
  });
});

describe('xapi: definitions', () => {
  it('merge: languages and extensions add up, the later one wins, nothing given is lost', () => {
    const known: ActivityDefinition = {
      name: { fr: 'un', en: 'one' },
      type: 'http://x.test/t',
      extensions: { 'http://x.test/a': 1 },
    };
    const later: ActivityDefinition = {
      name: { fr: 'premier', de: 'eins' },
      moreInfo: 'http://x.test/m',
      extensions: { 'http://x.test/b': 2 },
    };
    const before = structuredClone([known, later]);
    expect(mergeDefinition(known, later)).to.deep.equal({
      merged: {
        name: { fr: 'premier', en: 'one', de: 'eins' },
        type: 'http://x.test/t',
        moreInfo: 'http://x.test/m',
        extensions: { 'http://x.test/a': 1, 'http://x.test/b': 2 },
      },
      changed: true,
    });
    expect([known, later]).to.deep.equal(before);
  });

  it('say when nothing changes', () => {
    const known: ActivityDefinition = { name: { en: 'one', fr: 'un' }, type: 'http://x.test/t' };
    expect(mergeDefinition(known, { name: { fr: 'un' } }).changed).to.equal(false);
    expect(mergeDefinition(known, {}).changed).to.equal(false);
    expect(mergeDefinition(known, { type: 'http://x.test/u' }).changed).to.equal(true);
  });

  it('never mix the components of two interaction types', () => {
    const known: ActivityDefinition = {
      interactionType: 'choice',
      choices: [{ id: 'a' }],
      correctResponsesPattern: ['a'],
    };
    expect(mergeDefinition(known, { interactionType: 'likert', scale: [{ id: '1' }] }).merged).to.deep.equal({
      interactionType: 'likert',
      scale: [{ id: '1' }],
    });
    expect(mergeDefinition(known, { interactionType: 'choice', choices: [{ id: 'b' }] }).merged).to.deep.equal({
      ...known,
      choices: [{ id: 'b' }],
    });
  });
});

describe('xapi: people', () => {
  it('a Person has arrays, each value once, and no empty ones', () => {
    const agents = [
      ALICE,
      { ...ALICE, name: 'Alice' },
      { mbox: 'mailto:alice@EXAMPLE.test', name: 'Al' },
      BOB,
    ] as Agent[];
    expect(personOf(agents)).to.deep.equal({
      objectType: 'Person',
      name: ['Alice', 'Al'],
      mbox: ['mailto:alice@EXAMPLE.test'],
      account: [BOB.account],
    });
    expect(personOf([])).to.deep.equal({ objectType: 'Person' });
  });

  it('rewriting takes a person out everywhere, name and all, and leaves the others', () => {
    const named = { ...ALICE, name: 'Alice' };
    const bob = { ...BOB, name: 'Bob' };
    const sent = statement({
      actor: { objectType: 'Group', member: [named, bob] },
      object: subStatement({ actor: named, object: named, context: { instructor: named } }),
      context: {
        instructor: { mbox: 'mailto:alice@EXAMPLE.TEST' },
        team: { ...named, objectType: 'Group', member: [named] },
        contextAgents: [{ objectType: 'contextAgent', agent: named }],
        contextGroups: [{ objectType: 'contextGroup', group: { objectType: 'Group', member: [named] } }],
      },
      result: { extensions: { 'http://x.test/e': '?' } },
    });
    const { text } = read(JSON.stringify(sent).replace('"?"', '1.0'), { version: '2.0.0', authority: named as Agent });
    const account = { homePage: 'http://r.test', name: 'random' };
    const rewritten = rewriteAgents(text, new Set(['mbox:mailto:alice@example.test']), {
      objectType: 'Agent',
      account,
    });
    expect(rewritten.toLowerCase()).not.to.contain('alice');
    expect(rewritten).to.contain('"http://x.test/e":1.0');
    const agent = { objectType: 'Agent', account };
    expect(JSON.parse(rewritten)).to.deep.include({
      actor: { objectType: 'Group', member: [agent, bob] },
      authority: agent,
      context: {
        instructor: { account },
        team: { objectType: 'Group', account, member: [agent] },
        contextAgents: [{ objectType: 'contextAgent', agent }],
        contextGroups: [{ objectType: 'contextGroup', group: { objectType: 'Group', member: [agent] } }],
      },
    });
    expect(JSON.parse(rewritten).object).to.deep.include({
      actor: agent,
      object: agent,
      context: { instructor: agent },
    });
  });
});
