import { expect } from 'chai';
import { localPath } from '../../../adapters/sso/local-path.ts';

describe('where a login may lead', () => {
  it('is a page of ours, with its query', () => {
    for (const path of ['/', '/people', '/people?q=Lovelace&page=2', '/reports?report=completion&period=2021-Q4']) {
      expect(localPath(path)).to.equal(path);
    }
  });

  it('is the home page for whatever is somewhere else, or no path', () => {
    for (const elsewhere of [
      'https://evil.test/',
      '//evil.test/',
      '///evil.test/',
      '/\\evil.test/',
      '/\\/evil.test',
      '\\\\evil.test',
      '/\t/evil.test',
      '/\n//evil.test',
      '/.//evil.test',
      '/x/..//evil.test',
      'javascript:alert(1)',
      'people',
      '',
      ['/people'],
      undefined,
      `/${'x'.repeat(3000)}`,
    ]) {
      expect(localPath(elsewhere), String(elsewhere)).to.equal('/');
    }
  });
});
