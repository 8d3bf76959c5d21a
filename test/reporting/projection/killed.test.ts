import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect } from 'chai';
import { Projection } from '../../../reporting/projection/projection.ts';
import { onEachEngine, type Place } from '../../engines/index.ts';
import { openSiteAt, RULES } from '../site.ts';

onEachEngine('the read model of a process that was killed', function (engine) {
  this.timeout(120_000);

  /** Starts the process and kills it once it asks for that page of the feed. */
  async function killAt(page: number, { engine: address, folder }: Place): Promise<void> {
    const script = join(import.meta.dirname, 'doomed.ts');
    const child = spawn(process.execPath, ['--import', 'tsx', script, address, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const gone = once(child, 'exit');
    for await (const text of child.stdout) if (String(text).includes(`page ${page}\n`)) child.kill('SIGKILL');
    expect((await gone)[1]).to.equal('SIGKILL');
  }

  it('goes on where it was, and comes to the same figures as one built anew', async () => {
    const place = await engine.place();
    await killAt(4, place);
    const site = await openSiteAt(place);
    try {
      const [completion, regularity] = [
        await site.report('completion', '2021-Q4'),
        await site.report('regularity', '2021-Q4'),
      ];
      expect(completion.ministry).to.deep.include({ enrolments: 300, completedModules: 0 });
      // 100 people, rounded to a multiple of three.
      expect(regularity.ministry?.n).to.be.oneOf([99, 102]);
      await site.part.close();
      expect(await rows(site, join(place.folder, 'reports.duckdb'))).to.equal(9_000);
      expect(await rows(site, join(place.folder, 'anew.duckdb'))).to.equal(9_000);
    } finally {
      await site.reopen();
      await site.leave();
      await place.remove();
    }
  });

  async function rows({ store, directory }: Awaited<ReturnType<typeof openSiteAt>>, file: string): Promise<unknown> {
    const fail = (error: unknown) => {
      throw error;
    };
    const projection = await Projection.open({ store, directory, file, memory: 2 ** 26, rules: RULES, onError: fail });
    await projection.drain();
    const [row] = await projection.snapshot(({ query }) => query('SELECT count(*)::INTEGER AS rows FROM events'));
    await projection.close();
    return row?.rows;
  }
});
