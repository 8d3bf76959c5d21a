/** A process that serves a site's reports to itself, and prints how long their questions take of each page. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { createDirectory } from '../../../lrs/directory/index.ts';
import { createAccess, respondError } from '../../../lrs/index.ts';
import { createReporting } from '../../../reporting/index.ts';
import { SETTINGS } from '../../reporting/site.ts';
import { givenOptions } from '../prepared.ts';
import type { Asked } from './pages.ts';
import { takeSpent, watchProjections, watchStore } from './questions.ts';
import { ask, type Readers } from './readers.ts';
import { withStore } from './site.ts';

const { folder, pages, readers, rounds } = givenOptions<{
  folder: string;
  pages: Asked[];
  readers: Readers;
  rounds: number;
}>();

const times = await withStore(folder, async (opened) => {
  watchProjections();
  const store = watchStore(opened);
  const directory = createDirectory(store);
  // The name of a session's cookie has the port in it.
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const site = { siteUrl: base, requestsPerMinute: 0, failedLoginsPerMinute: 0 };
  const access = await createAccess({ store, directory, settings: site });
  const onError = (error: unknown) => {
    throw error;
  };
  const settings = { ...SETTINGS, reportsMemory: 512 * 2 ** 20 };
  const reporting = await createReporting({ store, directory, access, dataFolder: folder, settings, onError });
  await reporting.drain();
  const app = express()
    .use(access.people.recognise)
    .use(reporting.routes)
    .use(respondError(() => {}));
  server.on('request', app);
  const found: Record<string, number[]> = {};
  // Round by round, so that what disturbs the machine for a while disturbs every page.
  for (let round = 0; round <= rounds; round++) {
    for (const page of pages) {
      takeSpent();
      await ask(base, readers, page);
      found[page.name] = [...(found[page.name] ?? []), takeSpent()];
    }
  }
  server.closeAllConnections();
  server.close();
  await reporting.close?.();
  return found;
});
process.stdout.write(`${JSON.stringify(times)}\n`);
