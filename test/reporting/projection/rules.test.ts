/** Settings that the maintained tables depend on. */
import { join } from 'node:path';
import { expect } from 'chai';
import { calendarsOf } from '../../../reporting/calendar/index.ts';
import { Projection } from '../../../reporting/projection/projection.ts';
import type { Rules } from '../../../reporting/projection/rules.ts';
import { sqlite } from '../../engines/sqlite.ts';
import { did, openSite, RULES, SETTINGS, type Site } from '../site.ts';
import { contentsOf } from './contents.ts';

const PLACES = [{ direction: 'Préfecture de La Réunion', timeZone: 'Indian/Reunion' }];
const OTHER: Rules = { sessionGap: 10, calendars: calendarsOf(SETTINGS, { closed: [], places: PLACES }) };

describe('the maintained tables, when settings have changed', function () {
  this.timeout(60_000);
  let site: Site;
  before(async () => {
    site = await openSite(sqlite);
    await site.people('DRH', ['ada']);
    await site.people('Préfecture de La Réunion', ['zoe']);
    // Within 15 minutes, and in La Réunion on the next day.
    const times = ['2021-11-02T21:00:00Z', '2021-11-02T21:15:00Z'];
    await site.commit(['ada', 'zoe'].flatMap((name) => times.map((time) => did(name, time))));
  });
  after(() => site.close());

  async function open(name: string, rules: Rules) {
    const { store, directory, folder } = site;
    const asked: number[] = [];
    const feed: typeof store.statements.feed = (after, limit) => {
      asked.push(after);
      return store.statements.feed(after, limit);
    };
    const statements = new Proxy(store.statements, {
      get: (target, key) => (key === 'feed' ? feed : Reflect.get(target, key).bind(target)),
    });
    const watched = new Proxy(store, {
      get(target, key) {
        const value = key === 'statements' ? statements : Reflect.get(target, key);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    const onError = (error: unknown) => {
      throw error;
    };
    const file = join(folder, `${name}.duckdb`);
    const projection = await Projection.open({
      ...{ store: watched, directory, file, rules },
      memory: 2 ** 26,
      onError,
    });
    await projection.drain();
    const contents = await contentsOf(projection);
    await projection.close();
    return { contents, asked };
  }

  it('are worked out anew at the start, and the store is not read again', async () => {
    const before = await open('kept', RULES);
    expect(before.asked).to.include(0);
    expect(before.contents.sessions).to.have.length(2);
    const { contents, asked } = await open('kept', OTHER);
    expect(contents).to.deep.equal((await open('anew', OTHER)).contents);
    expect(contents.sessions).to.have.length(4);
    expect(contents.active_hours?.join()).to.include('"day":"2021-11-03","hour":1');
    expect(Math.min(...asked)).to.be.greaterThan(0);
  });
});
