import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect } from 'chai';
import type { CheckResult } from '../../../reporting/check/types.ts';
import { Projection } from '../../../reporting/projection/projection.ts';
import { onEachEngine, type Place } from '../../engines/index.ts';
import { openSiteAt, RULES } from '../site.ts';
import { contentsOf } from './contents.ts';

onEachEngine('the read model of a process that was killed', function (engine) {
  this.timeout(120_000);

  /** Starts the process and kills it once it says so. */
  async function killAt(line: RegExp, { engine: address, folder }: Place): Promise<void> {
    const script = join(import.meta.dirname, 'doomed.ts');
    const child = spawn(process.execPath, ['--import', 'tsx', script, address, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const gone = once(child, 'exit');
    for await (const text of createInterface(child.stdout)) if (line.test(text)) child.kill('SIGKILL');
    expect((await gone)[1]).to.equal('SIGKILL');
  }

  for (const [when, line] of [
    ['while it read the store', /^page 12$/],
    ['while it worked out the tables of people', /^people [1-9]\d?$/],
  ] as const) {
    it(`goes on where it was ${when}, and comes to the same as one built anew`, async () => {
      const place = await engine.place();
      await killAt(line, place);
      const site = await openSiteAt(place);
      try {
        const [completion, regularity] = [
          await site.report('completion', '2021-Q4'),
          await site.report('regularity', '2021-Q4'),
        ];
        expect(completion.ministry).to.deep.include({ enrolments: 300, completedModules: 0 });
        // 100 people, rounded to a multiple of three.
        expect(regularity.ministry?.n).to.be.oneOf([99, 102]);
        const { statements, total } = await site.run<CheckResult>('reports.check', { report: 'sessions' });
        expect({ statements, total }).to.deep.equal({ statements: 9_000, total: 0 });
        await site.part.close();
        const resumed = await contents(site, join(place.folder, 'reports.duckdb'));
        expect(resumed.events).to.have.length(9_000);
        expect(resumed.sessions).to.have.length(9_000);
        expect(resumed).to.deep.equal(await contents(site, join(place.folder, 'anew.duckdb')));
      } finally {
        await site.reopen();
        await site.leave();
        await place.remove();
      }
    });
  }

  async function contents({ store, directory }: Awaited<ReturnType<typeof openSiteAt>>, file: string) {
    const onError = (error: unknown) => {
      throw error;
    };
    const projection = await Projection.open({ store, directory, file, memory: 2 ** 26, rules: RULES, onError });
    await projection.drain();
    const found = await contentsOf(projection);
    await projection.close();
    return found;
  }
});
