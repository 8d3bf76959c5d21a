import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { serverFolder, startWatched } from './watched.ts';

const HOLDER = fileURLToPath(new URL('./holding-process.ts', import.meta.url));

/** Whether a process runs; one that has ended but was not yet waited for does not. */
const runs = async (pid: string): Promise<boolean> => {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return status !== '' && !/\) Z /.test(status);
};

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 5_000; !(await holds()) && Date.now() < deadline; ) await wait(50);
}

describe('a server of the tests', () => {
  for (const signal of ['SIGKILL', 'SIGINT'] as const) {
    it(`ends with all that it started, and leaves no files, when the tests are ended by ${signal}`, async () => {
      const holder = spawn(process.execPath, ['--import', 'tsx', HOLDER], { stdio: ['ignore', 'pipe', 'inherit'] });
      const [line] = await once(holder.stdout, 'data');
      const folder = String(line).trim();
      await until(async () => existsSync(join(folder, 'pids')));
      const pids = (await readFile(join(folder, 'pids'), 'utf8')).trim().split(' ');
      const running = async (): Promise<boolean[]> => Promise.all(pids.map(runs));
      expect([pids.length, await running()]).to.deep.equal([2, [true, true]]);
      holder.kill(signal);
      await until(async () => !existsSync(folder));
      expect([await running(), existsSync(folder)]).to.deep.equal([[false, false], false]);
    });
  }

  it('that does not start says why', async () => {
    const folder = await serverFolder('wrong');
    const starting = startWatched(['sh', '-c', 'echo no room; exit 3'], { folder, isReady: async () => false });
    const error = await starting.catch((reason: unknown) => reason);
    expect(String(error)).to.match(/did not start:\nno room/);
    expect(existsSync(folder)).to.equal(false);
  });
});
