import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { importsOf } from './house/imports.ts';
import { breaches, type Tree } from './house/rules.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const NOT_OURS = ['node_modules', 'dist', 'test', '.git', '.ci', 'docs', 'livret-data'];

function readTree(folder: string): [string, string][] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return folder === ROOT && NOT_OURS.includes(entry.name) ? [] : readTree(path);
    if (!/\.tsx?$/.test(entry.name)) return [];
    return [[relative(ROOT, path).split(sep).join('/'), readFileSync(path, 'utf8')]];
  });
}

const tree = (files: Record<string, string>): Tree => new Map(Object.entries(files));

describe('the rules of the house', () => {
  it('hold for every file of it', () => {
    const house = new Map(readTree(ROOT));
    expect(house.size).to.be.greaterThan(100);
    expect(breaches(house)).to.deep.equal([]);
  });

  describe('are noticed when broken', () => {
    const broken: Record<string, { files: Record<string, string>; says: string }> = {
      'an import that points up': {
        files: { 'web/page.ts': `import { x } from '../lrs/index.ts';`, 'lrs/index.ts': '' },
        says: 'web/page.ts imports lrs/index.ts: imports point down',
      },
      'one of the two neighbours importing the other': {
        files: { 'reporting/a.ts': `export * from '../content-packages/index.ts';`, 'content-packages/index.ts': '' },
        says: 'reporting/a.ts imports content-packages/index.ts: imports point down',
      },
      'a part entered by another way than its door': {
        files: { 'adapters/a.ts': `import type { X } from '../lrs/store/store.ts';`, 'lrs/store/store.ts': '' },
        says: 'adapters/a.ts imports lrs/store/store.ts: between parts only through an index.ts',
      },
      'main entering by the window, dynamically': {
        files: { 'cli/serve.ts': `await import('../web/page.tsx');`, 'web/page.tsx': '' },
        says: 'cli/serve.ts imports web/page.tsx: between parts only through an index.ts',
      },
      'lrs/xapi leaning on the rest of the LRS': {
        files: { 'lrs/xapi/a.ts': `import { LivretError } from '../errors.ts';`, 'lrs/errors.ts': '' },
        says: 'lrs/xapi/a.ts imports lrs/errors.ts: lrs/xapi imports nothing of ours',
      },
      'lrs/xapi reading files': {
        files: { 'lrs/xapi/a.ts': `import { readFileSync } from 'node:fs';` },
        says: 'lrs/xapi/a.ts imports node:fs: lrs/xapi is pure',
      },
      'a circle, of types alone': {
        files: {
          'lrs/a.ts': `import type { B } from './b.ts';`,
          'lrs/b.ts': `import { c } from './c.ts';`,
          'lrs/c.ts': `export { a } from './a.ts';`,
        },
        says: 'imports go in a circle: lrs/a.ts → lrs/b.ts → lrs/c.ts → lrs/a.ts',
      },
      'a folder that the house does not have': {
        files: { 'utils/a.ts': '' },
        says: 'utils/a.ts stands in no part of the house',
      },
    };
    for (const [what, { files, says }] of Object.entries(broken)) {
      it(what, () => expect(breaches(tree(files))).to.deep.equal([says]));
    }
  });

  it('allow the doors, and what stands inside one part', () => {
    const files = {
      'main.ts': `import './cli/program.ts';`,
      'cli/program.ts': `import { r } from '../reporting/index.ts';`,
      'reporting/index.ts': `import { d } from '../lrs/directory/index.ts'; import { q } from './q.ts';`,
      'reporting/q.ts': `import { readFile } from 'node:fs/promises';`,
      'lrs/directory/index.ts': `import { hash } from '../xapi/hash.ts';`,
      'lrs/xapi/hash.ts': `import { createHash } from 'node:crypto'; import Ajv from 'ajv';`,
    };
    expect(breaches(tree(files))).to.deep.equal([]);
  });
});

describe('reading imports', () => {
  it('finds every way to import', () => {
    const source = `
      import a from './a.ts';
      import {
        b,
        type C,
      } from "./b.ts";
      import './c.ts';
      export * from './d.ts';
      export { e } from './e.ts';
      const f = await import('./f.ts');`;
    expect(importsOf(source).sort()).to.deep.equal(['./a.ts', './b.ts', './c.ts', './d.ts', './e.ts', './f.ts']);
  });

  it('passes over comments and strings', () => {
    const source = `
      // import a from './a.ts';
      /* import b from './b.ts'; */
      const url = 'http://x/'; // export * from './c.ts'
      export const from = 'somewhere';`;
    expect(importsOf(source)).to.deep.equal([]);
  });
});
