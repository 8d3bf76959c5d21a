import { expect } from 'chai';
import { JobLog } from '../../cli/status/job-log.ts';
import { onEachEngine } from '../engines/index.ts';
import { openHouseSite } from '../house/open-house.ts';

onEachEngine('the page of the system’s state', (engine) => {
  it('tells an administrator of store, feed, versions and jobs, without secrets', async () => {
    const site = await openHouseSite(engine);
    const administrator = await site.logIn('Root', 'DSIC', ['administrator']);
    const { status, text } = await site.get('/status?lang=en', administrator);
    expect(status).to.equal(200);
    for (const said of [site.house.store.engine, process.version, 'Feed complete up to', 'Upkeep of the store']) {
      expect(text).to.contain(said);
    }
    expect(text).not.to.contain('mongodb://');
    await site.close();
  });
});

describe('the log of jobs', () => {
  it('keeps the last run, also a failed one, and counts no turn in which another process did the work', async () => {
    const log = new JobLog();
    await log.job('a', async () => false);
    expect(log.last('a')).to.equal(undefined);
    await log.job('a', async () => true);
    expect(log.last('a')).to.include({ failed: false });
    await log.job('a', () => Promise.reject(new Error('no'))).catch(() => {});
    expect(log.last('a')).to.include({ failed: true });
    await log.job('a', async () => false);
    expect(log.last('a')).to.include({ failed: true });
  });
});
