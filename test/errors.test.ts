import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { ERRORS, LivretError } from '../lrs/index.ts';

const ROOT = new URL('../', import.meta.url);
const PARTS = ['cli', 'lrs', 'adapters', 'content-packages', 'reporting', 'web'];

const sources = [
  'config.ts',
  ...PARTS.flatMap((part) =>
    readdirSync(new URL(part, ROOT), { recursive: true, encoding: 'utf8' }).map((path) => `${part}/${path}`),
  ),
].filter((path) => /\.tsx?$/.test(path) && path !== 'lrs/errors.ts');

describe('the table of errors', () => {
  it('is documented line by line, and nothing else is', () => {
    const documented = readFileSync(new URL('docs/errors.md', ROOT), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    const table = Object.entries(ERRORS).map(([code, [status, message]]) => `| \`${code}\` | ${status} | ${message} |`);
    expect(documented).to.deep.equal(table);
  });

  it('holds no error that nobody raises', () => {
    const text = sources.map((path) => readFileSync(new URL(path, ROOT), 'utf8')).join('\n');
    expect(Object.keys(ERRORS).filter((code) => !text.includes(`'${code}'`))).to.deep.equal([]);
  });

  it('makes real errors, with the sentence of the table first', () => {
    const error = new LivretError('store.locked', { detail: 'It is.' });
    expect(error).to.be.instanceOf(Error);
    expect(error).to.include({
      name: 'LivretError',
      status: 500,
      message: 'Another Livret is using this store. It is.',
    });
  });
});
