import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access } from 'node:fs/promises';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { onOwnMongo } from './index.ts';

const HOLDER = fileURLToPath(new URL('./holding-process.ts', import.meta.url));

const listens = (host: string): Promise<boolean> =>
  new Promise((resolve) => {
    const [address, port] = host.split(':');
    const socket = connect(Number(port), address, () => resolve(true));
    socket.on('error', () => resolve(false)).on('connect', () => socket.destroy());
  });

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

onOwnMongo('a MongoDB of the tests', (mongod) => {
  for (const signal of ['SIGKILL', 'SIGINT'] as const) {
    it(`ends, and leaves no files, when the tests are ended by ${signal}`, async () => {
      const holder = spawn(process.execPath, ['--import', 'tsx', HOLDER, mongod], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const [line] = await once(holder.stdout, 'data');
      const { host, folder } = JSON.parse(String(line)) as { host: string; folder: string };
      expect([await listens(host), await exists(folder)]).to.deep.equal([true, true]);
      holder.kill(signal);
      for (const deadline = Date.now() + 5_000; (await exists(folder)) && Date.now() < deadline; ) await wait(50);
      expect([await listens(host), await exists(folder)]).to.deep.equal([false, false]);
    });
  }
});
