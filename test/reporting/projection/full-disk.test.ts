import { EventEmitter, once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect } from 'chai';
import express from 'express';
import { respondError } from '../../../lrs/index.ts';
import type { Answer } from '../../../reporting/index.ts';
import { Projection, type Snapshot } from '../../../reporting/projection/projection.ts';
import { onEachEngine, type Place } from '../../engines/index.ts';
import { mountSmallDisk, onSmallDisks, type SmallDisk } from '../../faults/small-disk.ts';
import { did, names, openSiteAt, RULES, removable, type Site } from '../site.ts';
import { bringCheckpointNear, fillButForLog, openElsewhere } from './checkpoint.ts';

const UNAVAILABLE = { code: 'store.unavailable', status: 503, retryAfter: 1 };

/** ms within which the reports go on by themselves once there is room: the next look at the store, and some. */
const MENDED_WITHIN = 8_000;

const refusalOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

const isFatal = (error: unknown): boolean => error instanceof Error && /FATAL/.test(`${error} ${error.cause}`);

onEachEngine('the read model, its checkpoint having met a full disk', (engine) => {
  onSmallDisks(engine.name, function () {
    this.timeout(60_000);
    let place: Place;
    let disk: SmallDisk;
    let file: string;
    let site: Site;
    beforeEach(async () => {
      place = await engine.place();
      disk = await mountSmallDisk(64 * 2 ** 20);
      file = join(disk.folder, 'reports.duckdb');
      site = removable(await openSiteAt(place, {}, disk.folder), place);
      await site.people('DRH', names('ada', 20));
      await site.commit(names('ada', 20).map((name) => did(name, '2021-08-02T09:00:00Z')));
    });
    afterEach(async () => {
      await site.close();
      await disk.remove();
    });

    const more = (): Promise<void> =>
      site.commit(
        names('ada', 20).flatMap((name) =>
          Array.from({ length: 25 }, (_, n) =>
            did(name, '2021-11-02T09:00:00Z', { course: `https://c.test/${n % 5}` }),
          ),
        ),
      );
    const enrolments = async (): Promise<unknown> => (await site.report('completion', '2021-Q4')).ministry;

    async function meetFullDisk(): Promise<void> {
      await site.part.drain();
      await site.reopen(() => bringCheckpointNear(file));
      await storeUntilFatal();
    }

    async function storeUntilFatal(): Promise<void> {
      await fillButForLog(disk);
      await more();
      for (const deadline = Date.now() + 10_000; !site.errors.some(isFatal); await wait(10)) {
        if (Date.now() > deadline) throw new Error(`No fatal error, but ${site.errors}`);
      }
    }

    /** The reports over HTTP. */
    async function serve() {
      const app = express()
        .use(site.part.routes)
        .use(respondError(() => {}));
      const server = app.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { key, secret } = await site.access.keys.add({ label: 'reader', scopes: ['reports/read'] });
      const authorization = `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`;
      const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      return {
        get: (path: string) => fetch(`${base}${path}`, { headers: { authorization } }),
        stop() {
          server.close();
          server.closeAllConnections();
        },
      };
    }

    it('is told of to who asks for new figures; once there is room it goes on by itself, and has everything once', async () => {
      await site.report('completion', '2021-Q3');
      await meetFullDisk();
      const { get, stop } = await serve();
      await site.commit([did('ada-0000', '2022-02-02T09:00:00Z')]);
      expect(await refusalOf(enrolments())).to.include(UNAVAILABLE);
      // What is published is not in the read model.
      for (const path of ['/reports', '/api/reports/completion?period=2021-Q3']) {
        expect((await get(path)).status, path).to.equal(200);
      }
      // Whoever stores meanwhile does not make it try again each time.
      const before = site.errors.length;
      let stored = 0;
      for (const until = Date.now() + 6_000; Date.now() < until; await wait(350)) {
        stored = Date.now();
        await site.commit([did('ada-0000', '2022-02-02T09:00:00Z')]);
      }
      expect(site.errors.length - before).to.be.within(1, 2);
      for (const error of site.errors) expect(error).to.include(UNAVAILABLE);

      await disk.free();
      const freed = Date.now();
      for (;;) {
        const { freshness } = (await (await get('/api/reports/completion?period=2021-Q3')).json()) as Answer;
        if (Date.parse(freshness) >= stored) break;
        expect(Date.now() - freed).to.be.lessThan(MENDED_WITHIN);
        await wait(50);
      }
      expect(await enrolments()).to.include({ enrolments: 100 });
      expect((await get('/reports')).status).to.equal(200);
      expect((await get('/reports?period=2021-Q4')).status).to.equal(200);
      stop();
      expect(openElsewhere(file)).to.match(/could not set lock/i);
    });

    it('reads the store anew where the file cannot be read afterwards', async () => {
      await meetFullDisk();
      await disk.free();
      await writeFile(file, 'not a database'.repeat(5_000));
      expect(await enrolments()).to.include({ enrolments: 100 });
    });

    it('lets go of a file that there is no room to empty', async () => {
      const { store, directory } = site;
      const other = join(disk.folder, 'other.duckdb');
      (await DuckDBInstance.create(other)).closeSync();
      await disk.fill();
      const onError = () => {};
      const opened = Projection.open({ store, directory, file: other, memory: 2 ** 26, rules: RULES, onError });
      expect(await refusalOf(opened)).to.include(UNAVAILABLE);
      expect(openElsewhere(other)).to.equal('');
    });

    it('is told of to who was reading, and waits for them before it opens the file anew', async () => {
      const { store, directory, errors } = site;
      await site.part.drain();
      await site.part.close();
      await bringCheckpointNear(file);
      const onError = (error: unknown) => void errors.push(error);
      const projection = await Projection.open({ store, directory, file, memory: 2 ** 26, rules: RULES, onError });
      const count = ({ query }: Snapshot) => query('SELECT count(*)::INTEGER AS rows FROM events');
      const reading = new EventEmitter();
      const begun = once(reading, 'begun');
      const reader = refusalOf(
        // Had it asked anything already, DuckDB would put the checkpoint off until it has ended.
        projection.snapshot(async (snapshot) => {
          reading.emit('begun');
          await once(reading, 'released');
          await count(snapshot);
        }),
      );
      await begun;
      await storeUntilFatal();
      await disk.free();
      const mended = projection.drain();
      expect(await refusalOf(projection.snapshot(count))).to.include(UNAVAILABLE);
      reading.emit('released');
      expect(await reader).to.include(UNAVAILABLE);
      await mended;
      expect(await projection.snapshot(count)).to.deep.equal([{ rows: 520 }]);
      expect(openElsewhere(file)).to.match(/could not set lock/i);
      await projection.close();
      await site.reopen();
    });
  });
});
