import type { IncomingMessage } from 'node:http';
import { expect } from 'chai';
import { readCondition } from '../../../lrs/http/conditions.ts';
import { isJson, readMediaType } from '../../../lrs/http/media-type.ts';
import { readParameters } from '../../../lrs/http/parameters.ts';
import { versionOf } from '../../../lrs/http/version.ts';

describe('media types', () => {
  it('are JSON with whatever parameters', () => {
    for (const header of ['application/json', 'application/json; charset=utf-8', 'Application/JSON;charset="utf-8"']) {
      expect(isJson(header), header).to.equal(true);
    }
    for (const header of [undefined, '', 'application/jsonx', 'text/json', 'application/json, text/html']) {
      expect(isJson(header), String(header)).to.equal(false);
    }
  });

  it('unquote their parameters, and are refused where something is left over', () => {
    expect(readMediaType('a/b; x="1\\"2"; Y=3')?.parameters).to.deep.equal(
      new Map([
        ['x', '1"2'],
        ['y', '3'],
      ]),
    );
    for (const header of ['a', 'a/', 'a/b; x="1', 'a/b; x=1 2', 'a/b; x=1; X=2', 'a/b\r\nSet-Cookie: x']) {
      expect(readMediaType(header), header).to.equal(undefined);
    }
  });
});

describe('conditions', () => {
  const read = (headers: Record<string, string>) => readCondition({ headers } as unknown as IncomingMessage);

  it('are lists of tags, weak or strong, or a star', () => {
    expect(read({})).to.equal(undefined);
    expect(read({ 'if-match': '*' })).to.deep.equal({ ifMatch: '*' });
    expect(read({ 'if-match': '"a", W/"b,c" ,d', 'if-none-match': '""' })).to.deep.equal({
      ifMatch: ['a', 'b,c', 'd'],
      ifNoneMatch: [''],
    });
  });

  it('are refused when they cannot be read', () => {
    for (const header of ['', ' ', '"a', '"a" "b"', 'a b']) {
      expect(() => read({ 'if-match': header }), header)
        .to.throw()
        .with.property('code', 'request.header');
    }
  });
});

describe('query parameters', () => {
  it('are decoded as forms are', () => {
    expect(readParameters('/x?a=1%2B1+1&b', ['a', 'b'])).to.deep.equal(
      new Map([
        ['a', '1+1 1'],
        ['b', ''],
      ]),
    );
  });

  it('are refused when unknown, of another case, repeated or badly encoded', () => {
    for (const url of ['/x?c=1', '/x?A=1', '/x?a=1&a=2', '/x?a=%', '/x?a=%ff']) {
      expect(() => readParameters(url, ['a']), url)
        .to.throw()
        .with.property('code', 'request.parameter');
    }
  });
});

describe('the version header', () => {
  it('stands for the latest patch of its minor version', () => {
    for (const header of ['1.0', '1.0.0', '1.0.1', '1.0.2', '1.0.3', '1.0.32'])
      expect(versionOf(header)).to.equal('1.0.3');
    for (const header of ['2.0', '2.0.0', '2.0.1']) expect(versionOf(header)).to.equal('2.0.0');
    for (const header of [
      undefined,
      '',
      '0.95',
      '0.9',
      '1',
      '1.1.0',
      '1.1',
      '2',
      '2.1.0',
      '3.0',
      '10.0',
      '1.0.3, 1.0.3x'.slice(5),
    ])
      expect(versionOf(header), String(header)).to.equal(undefined);
  });
});
