import { expect } from 'chai';
import {
  preferredLanguages,
  readAgentParameter,
  readBooleanParameter,
  readFormatParameter,
  readIntegerParameter,
  readIriParameter,
  readTimestampParameter,
  readUuidParameter,
} from '../../../lrs/xapi/index.ts';
import { chooseLanguage } from '../../../lrs/xapi/language.ts';
import { ALICE, ID, refusalOf } from './samples.ts';

const refused = (work: () => unknown) => {
  const refusal = refusalOf(work);
  expect(refusal.code).to.equal('parameter');
  expect(refusal.rule).to.contain('"p"');
};

describe('xapi: values of parameters', () => {
  it('reads agents and identified groups, as strictly as in statements', () => {
    expect(readAgentParameter('p', JSON.stringify(ALICE))).to.deep.equal(ALICE);
    expect(readAgentParameter('p', JSON.stringify({ ...ALICE, objectType: 'Group' }))).to.include({
      objectType: 'Group',
    });
    for (const text of [
      'wrong',
      '',
      '[]',
      'null',
      '{}',
      '{"mbox":"a@b.c"}',
      '{"mbox":"mailto:a@b.c","x":1}',
      '{"mbox":"mailto:a@b.c","mbox":"mailto:a@b.c"}',
      '{"objectType":"Group","member":[{"mbox":"mailto:a@b.c"}]}',
    ]) {
      refused(() => readAgentParameter('p', text));
    }
  });

  it('reads UUIDs, IRIs, timestamps, booleans, integers and formats', () => {
    expect(readUuidParameter('p', ID.toUpperCase())).to.equal(ID);
    refused(() => readUuidParameter('p', 'wrong'));
    expect(readIriParameter('p', 'http://X.test/a')).to.equal('http://X.test/a');
    refused(() => readIriParameter('p', 'not.a.valid.iri.com/verb'));
    expect(readTimestampParameter('p', '1970-01-01T00:00:01.2349Z', '1.0.3')).to.equal(1234);
    expect(readTimestampParameter('p', '1970-01-01T01:00:00+01:00', '2.0.0')).to.equal(0);
    expect(readTimestampParameter('p', '1969-12-31T23:59:59.500Z', '2.0.0')).to.equal(-500);
    refused(() => readTimestampParameter('p', 'yesterday', '1.0.3'));
    expect([readBooleanParameter('p', 'true'), readBooleanParameter('p', 'false')]).to.deep.equal([true, false]);
    for (const text of ['', 'TRUE', '1']) refused(() => readBooleanParameter('p', text));
    expect([readIntegerParameter('p', '0'), readIntegerParameter('p', '20')]).to.deep.equal([0, 20]);
    for (const text of ['', '-1', '1.5', '1e3', ' 1', '99999999999999999999'])
      refused(() => readIntegerParameter('p', text));
    expect(readFormatParameter('p', 'ids')).to.equal('ids');
    for (const text of ['', 'IDS', 'all']) refused(() => readFormatParameter('p', text));
  });

  it('reads Accept-Language by weight and passes over what it cannot read', () => {
    expect(preferredLanguages('en;q=0.5, fr-CH, fr;q=0.9, de;q=0, *;q=0.1, ???, it;q=x')).to.deep.equal([
      'fr-CH',
      'fr',
      'en',
      '*',
    ]);
    expect(preferredLanguages(undefined)).to.deep.equal([]);
    expect(preferredLanguages(`${','.repeat(100_000)}fr`)).to.deep.equal([]);
  });

  it('chooses the exact language, then a more special one, then a more general one, then the first', () => {
    const map = { 'en-US': '', fr: '', 'fr-CA': '', 'zh-Hant-TW': '' };
    const chosen = (...languages: string[]) => chooseLanguage(map, languages);
    expect(chosen('fr-ca')).to.equal('fr-CA');
    expect(chosen('en')).to.equal('en-US');
    expect(chosen('fr-BE')).to.equal('fr');
    expect(chosen('zh-Hant')).to.equal('zh-Hant-TW');
    expect(chosen('de', 'fr')).to.equal('fr');
    expect(chosen('de', '*', 'fr')).to.equal('en-US');
    expect(chosen()).to.equal('en-US');
    expect(chooseLanguage({}, ['fr'])).to.equal(undefined);
  });
});
