import { expect } from 'chai';
import type { XapiVersion } from '../../../lrs/xapi/index.ts';
import { ALICE, BOB, type Data, ID, read, refusalOf, statement, subStatement } from './samples.ts';

const accepts = (value: Data, version: XapiVersion = '1.0.3') =>
  expect(() => read(value, { version }), JSON.stringify(value)).not.to.throw();
const refuses = (value: Data, pointer: string, rule: RegExp | string = '', version: XapiVersion = '1.0.3') => {
  const refusal = refusalOf(() => read(value, { version }));
  expect(refusal.code).to.equal('statement');
  expect(refusal.pointer, refusal.rule).to.equal(pointer);
  expect(refusal.rule).to.match(new RegExp(rule));
};
const activity = (definition: Data) => statement({ object: { id: 'http://x.test/a', definition } });
const attachment = {
  usageType: 'http://x.test/usage',
  display: { fr: 'pièce' },
  contentType: 'text/plain; charset=utf-8',
  length: 0,
  sha2: 'ab'.repeat(32),
};

describe('xapi: what a statement may be', () => {
  it('refuses null outside extensions and takes it inside', () => {
    refuses(statement({ actor: null }), '/actor', 'null');
    refuses(statement({ result: { response: null } }), '/result/response', 'null');
    accepts(statement({ result: { extensions: { 'http://x.test/e': { a: [null] } } } }));
  });

  it('refuses unknown keys and wrong case', () => {
    refuses(statement({ Id: ID }), '/Id', 'not a property of a statement');
    refuses(statement({ result: { Success: true } }), '/result/Success', 'not a property of a result');
    refuses(statement({ actor: { ...ALICE, 'a/b': 1 } }), '/actor/a~1b', 'not a property of an Agent');
    refuses(statement({ object: { objectType: 'activity', id: 'http://x.test' } }), '/object/objectType', 'one of');
    refuses(statement({ actor: { ...ALICE, objectType: 'Person' } }), '/actor/objectType', '"Agent", "Group"');
    refuses(JSON.parse('{"__proto__":{}}'), '', '"actor" is missing');
    refuses({ ...statement(), ...JSON.parse('{"constructor":{}}') }, '/constructor', 'not a property');
  });

  it('wants exactly one identifier of an Agent, at most one of a Group, and members of an anonymous one', () => {
    refuses(statement({ actor: {} }), '/actor', 'exactly one');
    refuses(statement({ actor: { ...ALICE, ...BOB } }), '/actor', 'exactly one');
    refuses(statement({ actor: { objectType: 'Group' } }), '/actor', 'member');
    refuses(statement({ actor: { objectType: 'Group', member: [] } }), '/actor', 'member');
    refuses(statement({ actor: { ...ALICE, ...BOB, objectType: 'Group' } }), '/actor', 'at most one');
    refuses(statement({ actor: { ...ALICE, member: [BOB] } }), '/actor/member', 'not a property of an Agent');
    accepts(statement({ actor: { ...ALICE, objectType: 'Group', member: [] } }));
    const nested = { objectType: 'Group', member: [ALICE, { ...BOB, objectType: 'Group' }] };
    refuses(statement({ actor: nested }), '/actor/member/1/objectType', '"Agent"');
  });

  it('checks each identifier', () => {
    for (const mbox of ['alice@example.test', 'mailto:alice', 'MAILTO:a@b.test', 'mailto:a b@c.test', 'mailto:']) {
      refuses(statement({ actor: { mbox } }), '/actor/mbox', 'mailto');
    }
    refuses(statement({ actor: { mbox_sha1sum: 'abc' } }), '/actor/mbox_sha1sum', 'SHA-1');
    refuses(statement({ actor: { openid: 'example.test/me' } }), '/actor/openid', 'IRI');
    refuses(statement({ actor: { account: { homePage: '/', name: 'x' } } }), '/actor/account/homePage', 'IRI');
    refuses(statement({ actor: { account: { homePage: 'http://x.test' } } }), '/actor/account', '"name" is missing');
    refuses(
      statement({ actor: { account: { homePage: 'http://x.test', name: '\ud800' } } }),
      '/actor/account/name',
      'Unicode',
    );
  });

  it('takes IRIs of any scheme and script, and refuses what no IRI holds', () => {
    for (const id of [
      'uuid://7d4f',
      'course-v1:FUN-MOOC+00002+session01',
      'urn:x:y',
      'http://exämple.test/ü/日本?q=1#f',
    ]) {
      accepts(statement({ object: { id } }));
    }
    for (const id of [
      '',
      'example.test/a',
      '/a',
      'http://x.test/a b',
      'ab=c://x',
      'http://x.test/<a>',
      'a:',
      'http://x.test/\n',
    ]) {
      refuses(statement({ object: { id } }), '/object/id', 'IRI');
    }
  });

  it('checks UUIDs by shape, whatever version or case', () => {
    accepts(statement({ id: 'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF' }));
    for (const id of ['', ID.slice(1), `${ID}0`, ID.replaceAll('-', ''), `{${ID}}`, ID.replace('9', 'g')]) {
      refuses(statement({ id }), '/id', 'UUID');
    }
  });

  it('checks language tags by RFC 5646', () => {
    const tags = [
      'fr',
      'fr-FR',
      'zh-Hant',
      'zh-Hans-CN',
      'sr-Latn-RS',
      'es-419',
      'cmn',
      'sl-rozaj-biske',
      'en-x-private',
      'x-own',
      'i-klingon',
      'de-a-extend1-x-y',
    ];
    for (const tag of tags) accepts(statement({ context: { language: tag } }));
    for (const tag of [
      '',
      'f',
      'something',
      'a1',
      'fr_FR',
      'fr-',
      'en-a-bbb-a-ccc',
      'sl-rozaj-rozaj',
      'de-419-DE',
      'a-DE',
      'en-x',
    ]) {
      refuses(statement({ context: { language: tag } }), '/context/language', 'language tag');
      refuses(activity({ name: { [tag]: 'x' } }), `/object/definition/name/${tag}`, 'language tag');
    }
    refuses(activity({ name: { fr: 1 } }), '/object/definition/name/fr', 'string');
  });

  it('checks durations by ISO 8601', () => {
    for (const duration of [
      'PT4H35M59.14S',
      'PT16559.14S',
      'P3Y1M29DT4H35M59.14S',
      'P3Y',
      'P4W',
      'PT0S',
      'P1DT12H36M0.12567S',
      'PT1,5H',
      'P0.5Y',
      'P1M',
      'PT1M',
    ]) {
      accepts(statement({ result: { duration } }));
    }
    for (const duration of [
      '',
      'P',
      'PT',
      'P1DT',
      'P4W1D',
      'P1Y4W',
      'PA1H0M0S',
      'PT1S1M',
      'PT1.5H1M',
      'PT.5S',
      'PT5.S',
      '-PT1S',
      'pt1s',
      'P0001-00-00T00:00:00',
      'PT1D',
    ]) {
      refuses(statement({ result: { duration } }), '/result/duration', 'duration');
    }
  });

  it('checks timestamps: ISO 8601 under 1.0.3, RFC 3339 under 2.0, never −00:00, the future welcome', () => {
    const both = [
      '2021-11-29T23:09:00Z',
      '2021-11-29T23:09:00.123456789+05:30',
      '2999-01-01T00:00:00Z',
      '2016-12-31T23:59:60Z',
      '2024-02-29T00:00:00Z',
    ];
    for (const timestamp of both)
      for (const version of ['1.0.3', '2.0.0'] as const) accepts(statement({ timestamp }), version);
    for (const timestamp of [
      '2021-11-29T23:09:00',
      '20211129T230900Z',
      '2021-11-29T23:09+01',
      '2021-11-29T24:00:00Z',
      '2021-11-29T23:09:00,5+0100',
    ]) {
      accepts(statement({ timestamp }));
      refuses(statement({ timestamp }), '/timestamp', 'RFC 3339', '2.0.0');
    }
    accepts(statement({ timestamp: '2021-11-29t23:09:00z' }), '2.0.0');
    // 2.0 keeps it in UTC, where these would have a year that RFC 3339 cannot write
    for (const timestamp of ['9999-12-31T23:59:59-01:00', '0000-01-01T00:00:00+01:00'])
      refuses(statement({ timestamp }), '/timestamp', 'RFC 3339', '2.0.0');
    const wrong = ['-00', '-0000', '-00:00', '+24:00', '+01:60', ' Z'].map(
      (offset) => `2008-09-15T15:53:00.601${offset}`,
    );
    for (const timestamp of [
      ...wrong,
      '',
      '2021-11-29',
      '2021-13-01T00:00:00Z',
      '2021-02-29T00:00:00Z',
      '2021-04-31T00:00:00Z',
      '2021-11-29T25:00:00Z',
      '2021-11-29T24:00:01Z',
      '2021-11-29T23:60:00Z',
      '01/011/2015',
      '2021-11-29 23:09:00Z',
    ]) {
      for (const version of ['1.0.3', '2.0.0'] as const) {
        refuses(statement({ timestamp }), '/timestamp', 'date and time', version);
        refuses(statement({ stored: timestamp }), '/stored', 'date and time', version);
        refuses(statement({ object: subStatement({ timestamp }) }), '/object/timestamp', 'date and time', version);
      }
    }
  });

  it('keeps scores within their bounds', () => {
    const score = (value: Data) => statement({ result: { score: value } });
    accepts(score({ scaled: -1, raw: 0, min: 0, max: 100 }));
    accepts(score({ scaled: 1, raw: 100, max: 100 }));
    refuses(score({ scaled: 1.01 }), '/result/score/scaled', 'at most 1');
    refuses(score({ scaled: -1.00001 }), '/result/score/scaled', 'at least -1');
    refuses(score({ min: 1, max: 1 }), '/result/score/min', 'less than max');
    refuses(score({ raw: -1, min: 0 }), '/result/score/raw', 'less than min');
    refuses(score({ raw: 101, max: 100 }), '/result/score/raw', 'greater than max');
    refuses(score({ raw: '1' }), '/result/score/raw', 'number');
  });

  it('takes component lists only with a fitting interactionType, their ids distinct', () => {
    const choices = [{ id: 'a' }, { id: 'b', description: { fr: 'bé' } }];
    accepts(activity({ interactionType: 'choice', choices, correctResponsesPattern: ['a[,]b'] }));
    accepts(activity({ interactionType: 'matching', source: choices, target: choices }));
    refuses(activity({ choices }), '/object/definition/choices', 'interactionType');
    refuses(activity({ correctResponsesPattern: [] }), '/object/definition/correctResponsesPattern', 'interactionType');
    refuses(activity({ interactionType: 'likert', choices }), '/object/definition/choices', 'does not go with');
    refuses(activity({ interactionType: 'Choice' }), '/object/definition/interactionType', 'one of');
    refuses(
      activity({ interactionType: 'likert', scale: [...choices, { id: 'a' }] }),
      '/object/definition/scale/2/id',
      'distinct',
    );
    refuses(activity({ interactionType: 'choice', choices: [{ id: 1 }] }), '/object/definition/choices/0/id', 'string');
  });

  it('takes revision and platform only where the object is an Activity, SubStatements too', () => {
    for (const key of ['revision', 'platform']) {
      const context = { [key]: 'x' };
      accepts(statement({ context }));
      refuses(statement({ context, object: ALICE }), `/context/${key}`, 'Activity');
      refuses(statement({ context, object: subStatement() }), `/context/${key}`, 'Activity');
      accepts(statement({ object: subStatement({ context }) }));
      refuses(statement({ object: subStatement({ context, object: ALICE }) }), `/object/context/${key}`, 'Activity');
    }
  });

  it('takes as authority an Agent or an anonymous Group of exactly two', () => {
    const group = (...member: unknown[]) => statement({ authority: { objectType: 'Group', member } });
    accepts(statement({ authority: ALICE }));
    accepts(group(ALICE, BOB));
    refuses(group(ALICE), '/authority/member', 'at least 2');
    refuses(group(ALICE, BOB, ALICE), '/authority/member', 'at most 2');
    const identified = { ...ALICE, objectType: 'Group', member: [ALICE, BOB] };
    refuses(statement({ authority: identified }), '/authority/mbox', 'not a property');
  });

  it('knows what a SubStatement cannot have', () => {
    accepts(statement({ object: subStatement({ object: { objectType: 'StatementRef', id: ID } }) }));
    for (const key of ['id', 'stored', 'version', 'authority']) {
      refuses(
        statement({ object: subStatement({ [key]: 'x' }) }),
        `/object/${key}`,
        'not a property of a SubStatement',
      );
    }
    refuses(statement({ object: subStatement({ object: subStatement() }) }), '/object/object/objectType', 'one of');
    refuses(statement({ object: { ...subStatement(), verb: undefined } }), '/object', '"verb" is missing');
  });

  it('wants a StatementRef of a voiding statement', () => {
    const verb = { id: 'http://adlnet.gov/expapi/verbs/voided' };
    refuses(statement({ verb }), '/object', 'StatementRef');
    accepts(statement({ verb, object: { objectType: 'StatementRef', id: ID } }));
  });

  it('checks attachments', () => {
    const sent = (properties: Data) => statement({ attachments: [{ ...attachment, ...properties }] });
    accepts(sent({ fileUrl: 'http://x.test/f', description: { fr: 'd' } }));
    for (const [key, value] of Object.entries({
      usageType: 'x',
      display: {},
      contentType: 'text',
      length: 1.5,
      sha2: 'xyz',
      fileUrl: 'f',
    })) {
      if (key === 'display') accepts(sent({ display: {} }));
      else refuses(sent({ [key]: value }), `/attachments/0/${key}`);
      if (key !== 'fileUrl') refuses(sent({ [key]: undefined }), '/attachments/0', `"${key}" is missing`);
    }
    refuses(sent({ length: -1 }), '/attachments/0/length', 'at least 0');
  });

  it('takes the versions that each version of the standard takes', () => {
    for (const version of ['1.0', '1.0.0', '1.0.9']) {
      accepts(statement({ version }));
      accepts(statement({ version }), '2.0.0');
    }
    accepts(statement({ version: '2.0.0' }), '2.0.0');
    refuses(statement({ version: '2.0.0' }), '/version', '1\\.0\\.');
    for (const version of ['0.9.9', '1.1.0', '10.0', '2.1.0', '1.0.', 'x']) {
      refuses(statement({ version }), '/version');
      refuses(statement({ version }), '/version', '', '2.0.0');
    }
  });

  it('knows context agents and groups in 2.0 only', () => {
    const agents = {
      contextAgents: [{ objectType: 'contextAgent', agent: ALICE, relevantTypes: ['http://x.test/t'] }],
    };
    const groups = { contextGroups: [{ objectType: 'contextGroup', group: { objectType: 'Group', member: [BOB] } }] };
    for (const context of [agents, groups]) {
      accepts(statement({ context }), '2.0.0');
      accepts(statement({ object: subStatement({ context }) }), '2.0.0');
      refuses(statement({ context }), `/context/${Object.keys(context)[0]}`, 'not a property of a context');
    }
    const wrong = (properties: Data) =>
      statement({ context: { contextAgents: [{ ...agents.contextAgents[0], ...properties }] } });
    const at = '/context/contextAgents/0';
    refuses(wrong({ relevantTypes: [] }), `${at}/relevantTypes`, 'at least 1', '2.0.0');
    refuses(wrong({ relevantTypes: ['t'] }), `${at}/relevantTypes/0`, 'IRI', '2.0.0');
    refuses(wrong({ objectType: 'Agent' }), `${at}/objectType`, 'contextAgent', '2.0.0');
    refuses(wrong({ agent: undefined }), at, '"agent" is missing', '2.0.0');
  });

  it('wants IRIs as keys of extensions and nothing of their values', () => {
    for (const where of ['result', 'context']) {
      refuses(statement({ [where]: { extensions: { 'should fail': 1 } } }), `/${where}/extensions/should fail`, 'IRI');
    }
    refuses(activity({ extensions: { x: 1 } }), '/object/definition/extensions/x', 'IRI');
    refuses(activity({ extensions: [] }), '/object/definition/extensions', 'object');
    accepts(activity({ extensions: { 'http://x.test/e': { '': [null, { a: {} }] } } }));
  });
});
