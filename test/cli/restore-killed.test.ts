import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { openStore, type StoreOptions } from '../../lrs/store/open.ts';
import { statementTexts } from '../bench/bodies.ts';
import { collect } from '../contract/dump.ts';
import { onEachEngine } from '../engines/index.ts';
import { LIVRET } from '../servers/livret.ts';
import { livret } from './livret.ts';

async function dumpOf(place: StoreOptions): Promise<unknown[]> {
  const store = await openStore(place);
  // Without the clock, which goes on with every opening.
  const [, ...entries] = await collect(store.dump());
  await store.close();
  return entries;
}

onEachEngine('livret restore, killed', function (engine) {
  this.timeout(120_000);
  let work: string;
  beforeEach(async () => {
    work = await mkdtemp(join(tmpdir(), 'livret-restore-'));
  });
  afterEach(() => rm(work, { recursive: true }));

  it('leaves a store that refuses to serve, or an empty one, and is restored by trying again', async () => {
    const source = { folder: join(work, 'data') };
    const file = join(work, 'all.livret');
    await livret(['import', '-'], { ...source, input: statementTexts(8_000).join('\n') });
    await livret(['backup', file], source);
    const wanted = await dumpOf({ engine: 'sqlite', ...source });

    for (const { untilLoading, milliseconds } of [
      { untilLoading: false, milliseconds: 100 },
      { untilLoading: true, milliseconds: 0 },
      { untilLoading: true, milliseconds: 50 },
    ]) {
      const there = await engine.place();
      const env = { ...process.env, LIVRET_STORE: there.engine, LIVRET_DATA: there.folder };
      const child = spawn(process.execPath, [...LIVRET, 'restore', file], { env, stdio: 'ignore' });
      const ended = once(child, 'exit');
      while (untilLoading && !(await engine.isLoading(there))) await wait(5);
      await wait(milliseconds);
      child.kill('SIGKILL');
      expect((await ended)[1], 'it had not ended by itself').to.equal('SIGKILL');

      const check = () => livret(['check'], { ...there, env: { LIVRET_LOG_LEVEL: 'silent' } });
      const found = await check();
      if (untilLoading) {
        expect(found.code).to.equal(1);
        expect(found.stderr).to.include('The restore of this store was broken off: it is not whole.');
        const serving = await livret(['serve'], { ...there, env: { PORT: '0' } });
        expect(serving).to.deep.include({ code: 1, stdout: '' });
      } else if (found.code === 0) expect(found.stdout).to.match(/^0 statements/);
      else expect(found.stderr).to.include('nothing is kept there yet');

      expect((await livret(['restore', file], there)).stdout).to.match(/^Restored: 8,000 statements/);
      expect((await check()).stdout).to.match(/^8,000 statements.* all as it should be/);
      expect(await dumpOf(there)).to.deep.equal(wanted);
      await there.remove();
    }
  });
});
