/** `livret reports check`: finds nothing where nothing is wrong, and names what is. */
import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect } from 'chai';
import { put, remove } from '../../../lrs/index.ts';
import { agentKey } from '../../../lrs/xapi/index.ts';
import type { Statement } from '../../../lrs/xapi/types.ts';
import type { CheckResult } from '../../../reporting/check/types.ts';
import { METRICS } from '../../../reporting/metrics/index.ts';
import { putSums, sumsIn } from '../../../reporting/privacy/atom-parts.ts';
import { MEMBERS, PUBLICATIONS, SUMS, type SumsRecord } from '../../../reporting/privacy/records.ts';
import { onEachEngine } from '../../engines/index.ts';
import { did, names, openSite, type Site, VOIDED } from '../site.ts';
import { taleOf } from '../tale/statements.ts';

const NOW = Date.UTC(2026, 10, 26, 12);
const QUARTER = '2026-Q3';

/** Of so many people of the tale, whom the publications need. */
const PEOPLE = 26;

function story(): Statement[] {
  const statements = taleOf(NOW);
  const names = [...new Set(statements.map(({ actor }) => actor.account?.name ?? ''))].slice(0, PEOPLE);
  return statements.filter(({ actor }) => names.includes(actor.account?.name ?? ''));
}

onEachEngine('reports check', function (engine) {
  this.timeout(60_000);
  let site: Site;
  const check = (args = {}): Promise<CheckResult> => site.run<CheckResult>('reports.check', args);
  const ofThing = ({ differences }: CheckResult, name: string) => differences.filter(({ what }) => what === name);

  before(async () => {
    site = await openSite(engine);
    const statements = story();
    const keys = [...new Set(statements.map(({ actor }) => agentKey(actor) ?? ''))];
    for (const [index, key] of keys.entries()) {
      const roles: ['agent'] = ['agent'];
      const direction = index % 2 === 0 ? 'DRH' : 'DSIC';
      await site.directory.upsert({ identifiers: [key], membership: { direction, service: 'S1', roles } });
      // Some leave before the end of the quarter.
      const to = Date.UTC(2026, 8, 10);
      if (index % 7 === 1)
        await site.directory.upsert({ identifiers: [key], membership: { direction, service: 'S1', to, roles } });
      // Some move in the middle of the quarter.
      const from = Date.UTC(2026, 7, 15);
      if (index % 5 === 0) {
        await site.directory.upsert({ identifiers: [key], membership: { direction: 'DAC', from, roles } });
      }
    }
    await site.commit(statements);
    for (const { name } of METRICS) await site.report(name, QUARTER);
  });
  after(() => site.close());

  it('finds no difference in a whole story, and has compared all of it', async () => {
    const { total, checked, outdated, people, moving, statements } = await check();
    expect({ total, outdated, people, moving }).to.deep.equal({ total: 0, outdated: [], people: PEOPLE, moving: 0 });
    expect(statements).to.equal(story().length);
    const compared = new Map(checked.map((thing) => [thing.what, thing.compared]));
    for (const table of ['sessions', 'active_hours', 'attempts', 'enrolments']) {
      expect(compared.get(`table ${table}`), table).to.be.greaterThan(PEOPLE);
    }
    // Nobody of the tale has six active days of a parcours that is completed in a quarter.
    for (const { name } of METRICS.filter((metric) => metric.name !== 'change')) {
      expect(compared.get(name), name).to.be.greaterThan(0);
    }
    expect(compared.get('published regularity')).to.be.greaterThan(0);
  });

  it('looks at one report and one period where it is told to, and refuses others', async () => {
    const { checked, periods } = await check({ report: 'sessions', period: QUARTER });
    expect(periods).to.deep.equal([QUARTER]);
    expect(checked.map(({ what }) => what).filter((what) => !what.startsWith('table'))).to.deep.equal([
      'published sessions',
      'sessions',
    ]);
    const error = await check({ report: 'none' }).catch(({ code }: { code: string }) => code);
    expect(error).to.equal('report.unknown');
  });

  it('names what is wrong in the read model: whose, where and both values', async () => {
    await spoil(`
      UPDATE sessions SET worked = worked + 60000 WHERE rowid = (SELECT min(rowid) FROM sessions);
      DELETE FROM active_hours WHERE rowid = (SELECT min(rowid) FROM active_hours);
      UPDATE enrolments SET direction = 'Ailleurs'
        WHERE rowid = (SELECT min(rowid) FROM enrolments WHERE entered_at >= '2026-07-02' AND direction = 'DRH');
      INSERT INTO attempts (person, parcours, module, first_at, worked, events, calls)
        SELECT min(person), 'p', 'm', '2026-08-01', 0, 0, 0 FROM sessions;
      DELETE FROM events WHERE kind = 'slotPlanned' AND position = (SELECT min(position) FROM events WHERE kind = 'slotPlanned');
    `);
    const result = await check();
    const ids: string[] = [];
    for await (const person of site.directory.all()) ids.push(person.id);

    const [session] = ofThing(result, 'table sessions');
    expect(session?.where).to.match(/^2026-\d\d-\d\dT.*: worked$/);
    expect(session?.person).to.be.oneOf(ids);
    expect(Number(session?.read) - Number(session?.recounted)).to.equal(60_000);
    expect(ofThing(result, 'table sessions')).to.have.length(1);
    const [time] = ofThing(result, 'time-on-task');
    expect(time?.where).to.equal('meanMinutes, minutes');
    expect(result.asOf).to.match(/^\d{4}-.*Z$/);
    const [hour] = ofThing(result, 'table active_hours');
    expect([hour?.read, hour?.recounted]).to.deep.equal([null, 'a row']);
    const [attempt] = ofThing(result, 'table attempts');
    expect([attempt?.where, attempt?.read, attempt?.recounted]).to.deep.equal(['p m null', 'a row', null]);
    const [enrolment] = ofThing(result, 'table enrolments');
    expect([enrolment?.read, enrolment?.recounted]).to.deep.equal(['Ailleurs', 'DRH']);
    expect(ofThing(result, 'completion')[0]).to.include({ person: enrolment?.person });
    expect(result.checked.find(({ what }) => what === 'slots')?.differences).to.be.greaterThan(0);
    expect(JSON.stringify(result)).not.to.match(/account:|mbox:/);

    await site.run('reports.rebuild');
    expect((await check()).total).to.equal(0);
  });

  it('tells at most twenty of each thing, and how many there are', async () => {
    await spoil('UPDATE sessions SET events = events + 1');
    const result = await check({ report: 'scores' });
    expect(ofThing(result, 'table sessions')).to.have.length(20);
    expect(result.checked.find(({ what }) => what === 'table sessions')?.differences).to.be.greaterThan(20);
    await site.run('reports.rebuild');
  });

  it('names what is wrong in a published record', async () => {
    const [atom] = await site.store.collection(SUMS).find({ index: 'publication', equals: ['sessions', QUARTER] });
    const [part] = await site.store.collection(MEMBERS).find({ index: 'publication', equals: ['regularity', QUARTER] });
    if (!atom || !part) throw new Error('nothing published');
    const [own, ...rest] = sumsIn([atom]);
    const mean = own?.sums.parts.meanSessions;
    if (!own || !Array.isArray(mean)) throw new Error(`no such figure: ${Object.keys(own?.sums.parts ?? {})}`);
    const [sum = 0, squares = 0] = mean;
    const { units, shown, parts } = own.sums;
    const sums = { units, shown: shown + 1, parts: { ...parts, meanSessions: [sum + 1, squares] } };
    const [spoilt] = putSums(atom.value, QUARTER, [{ ...own, sums }, ...rest], 0);
    const rows: [string][] = JSON.parse(part.value.rows);
    const [first, ...others] = rows;
    const twice = JSON.stringify([first, first, ...others]);
    await site.store.commit({
      changes: [put(SUMS, atom.id, spoilt?.value as SumsRecord), put(MEMBERS, part.id, { ...part.value, rows: twice })],
    });
    const result = await check({ period: QUARTER });
    const found = ofThing(result, 'published sessions');
    const told = found.find(({ where }) => where.endsWith('meanSessions: sum'));
    expect([told?.period, told?.read, told?.recounted]).to.deep.equal([QUARTER, sum + 1, sum]);
    expect(found.some(({ where }) => where.endsWith('shown units'))).to.equal(true);
    expect(found.some(({ where }) => where.startsWith('by direction, cell'))).to.equal(true);
    expect(found.some(({ where }) => where === `totals, through ${QUARTER}`)).to.equal(true);
    expect(ofThing(result, 'published regularity').some(({ where }) => where.includes('member'))).to.equal(true);
    await site.store.commit({
      changes: [put(SUMS, atom.id, atom.value), put(MEMBERS, part.id, { ...part.value, rows: '[[' })],
    });
    const [damaged] = ofThing(await check({ period: QUARTER }), 'published regularity');
    expect([damaged?.where, damaged?.read]).to.deep.equal(['record', 'not readable']);
    await site.store.commit({ changes: [put(MEMBERS, part.id, part.value)] });
    expect((await check({ period: QUARTER })).total).to.equal(0);
  });

  it('is not misled by what is stored while it runs', async () => {
    const [victim] = story().filter(({ timestamp = '' }) => timestamp.startsWith('2026-08'));
    if (!victim?.id) throw new Error('no statement');
    const { feed } = site.store.statements;
    let stored = false;
    site.store.statements.feed = async (after, limit) => {
      // The read model has been brought up to date by now: the check begins anew.
      if (after === 0 && !stored) {
        stored = true;
        await site.commit([
          { ...structuredClone(victim), id: randomUUID() },
          did('someone', '2026-08-03T09:00:00Z', {
            verb: { id: VOIDED },
            object: { objectType: 'StatementRef', id: victim.id ?? '' },
          }),
        ]);
      }
      return feed.call(site.store.statements, after, limit);
    };
    try {
      const { total, moving, statements } = await check();
      expect({ total, moving, stored }).to.deep.equal({ total: 0, moving: 1, stored: true });
      expect(statements).to.equal(story().length);
    } finally {
      site.store.statements.feed = feed;
    }
    const after = await check();
    expect({ total: after.total, moving: after.moving }).to.deep.equal({ total: 0, moving: 0 });
  });

  it('ends when the reports are closed, and leaves nothing behind', async () => {
    const refused = check().catch(({ code }: { code: string }) => code);
    const { feed } = site.store.statements;
    await new Promise<void>((resolve) => {
      site.store.statements.feed = (after, limit) => {
        if (after === 0) resolve();
        return feed.call(site.store.statements, after, limit);
      };
    });
    site.store.statements.feed = feed;
    await site.reopen();
    expect(await refused).to.equal('store.unavailable');
    expect((await readdir(site.folder)).filter((name) => name.startsWith('reports-check'))).to.deep.equal([]);
  });

  it('says which published figures would come out otherwise today, which is no difference', async () => {
    await site.people('DRH', ['late']);
    await site.commit([did('late', '2026-08-04T09:00:00Z'), did('late', '2026-08-05T10:00:00Z')]);
    const { total, outdated } = await check({ period: QUARTER });
    expect(total).to.equal(0);
    expect(outdated.find(({ report }) => report === 'regularity')).to.include({
      period: QUARTER,
      added: 1,
      removed: 0,
    });
    expect(outdated.find(({ report }) => report === 'completion')).to.include({ added: 1, removed: 0 });
  });

  it('tells what is published of a metric that there is no more, and goes on', async () => {
    const [known] = await site.store.collection(PUBLICATIONS).find({ index: 'metric', equals: ['sessions'] });
    if (!known) throw new Error('nothing published');
    const id = `bygone:${QUARTER}`;
    await site.store.commit({ changes: [put(PUBLICATIONS, id, { ...known.value, metric: 'bygone' })] });
    const result = await check({ period: QUARTER });
    await site.store.commit({ changes: [remove(PUBLICATIONS, id)] });
    expect(result.differences.map(({ what, where }) => [what, where])).to.deep.equal([['published bygone', 'record']]);
    expect(result.checked.some(({ what }) => what === 'published sessions')).to.equal(true);
  });

  it('takes no unit of a cohort for a new one that is published with another period', async () => {
    const early = names('early', 20);
    const [first, second] = ['https://courses.test/first', 'https://courses.test/second'];
    await site.people('DRH', early);
    await site.commit(early.map((name) => did(name, '2025-02-04T09:00:00Z', { course: first })));
    await site.commit(early.map((name) => did(name, '2025-05-06T09:00:00Z', { course: second })));
    for (const period of ['2025-Q1', '2025-Q2']) await site.report('completion', period);
    const late = { course: second };
    await site.commit([
      did('early-0000', '2025-02-05T09:00:00Z', late),
      did('early-0000', '2025-05-07T09:00:00Z', late),
    ]);
    const { outdated } = await check({ report: 'completion', period: '2025-Q1' });
    expect(outdated.filter(({ added }) => added > 0)).to.deep.equal([]);
    const { outdated: inSecond } = await check({ report: 'completion', period: '2025-Q2' });
    expect(inSecond[0]).to.include({ period: '2025-Q2', added: 0, removed: 1 });
  });

  /** Changes the read model's file behind the back of the reports. */
  async function spoil(sql: string): Promise<void> {
    await site.reopen(async () => {
      const instance = await DuckDBInstance.create(join(site.folder, 'reports.duckdb'));
      const connection = await instance.connect();
      await connection.run(sql);
      connection.closeSync();
      instance.closeSync();
    });
  }
});
