import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Erasure, hashKey, ledgerLine } from '../../../lrs/store/erasure.ts';
import { LedgerFile } from '../../../lrs/store/ledger-file.ts';
import { refused } from '../../contract/given.ts';

const erasure = (id: string): Erasure => ({ id, mode: 'erase', agents: ['mbox:mailto:ada@example.org'] });

describe('the ledger of erasures as a file', () => {
  let folder: string;
  let path: string;
  let ledger: LedgerFile;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'livret-ledger-'));
    path = join(folder, 'erasures.jsonl');
    ledger = new LedgerFile(path);
  });
  afterEach(() => rm(folder, { recursive: true }));

  const add = async (id: string) => ledger.add([ledgerLine(erasure(id), await ledger.lines())]);

  it('keeps its lines in order, each once, for its owner alone', async () => {
    expect(await ledger.lines()).to.deep.equal([]);
    for (const id of ['e1', 'e2', 'e1']) await add(id);
    const lines = await new LedgerFile(path).lines();
    expect(lines.map(({ id }) => id)).to.deep.equal(['e1', 'e2']);
    expect((await stat(path)).mode & 0o777).to.equal(0o600);
  });

  it('names nobody, and tells a person who is asked about', async () => {
    await add('e1');
    expect(await readFile(path, 'utf8')).not.to.contain('ada');
    const [line] = await ledger.lines();
    expect(line?.agents).to.deep.equal([hashKey(line?.salt ?? '', 'mbox:mailto:ada@example.org')]);
    expect(line?.agents).not.to.include(hashKey('another salt', 'mbox:mailto:ada@example.org'));
  });

  it('loses a line that was broken off, and none of those around it', async () => {
    await add('e1');
    await appendFile(path, '{"id":"e2","mo');
    expect((await ledger.lines()).map(({ id }) => id)).to.deep.equal(['e1']);
    await add('e3');
    expect((await ledger.lines()).map(({ id }) => id)).to.deep.equal(['e1', 'e3']);
  });

  it('is not read around what it cannot understand', async () => {
    for (const text of ['nothing\n', '{}\n', '{"id":"e","mode":"pseudonymise","salt":"s","agents":[],"when":"w"}\n']) {
      await writeFile(path, text);
      await refused(ledger.lines(), 'erasure.ledger');
      await refused(add('e4'), 'erasure.ledger');
    }
  });
});
