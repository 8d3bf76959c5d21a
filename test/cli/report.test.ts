import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { METRICS } from '../../reporting/metrics/index.ts';
import type { Place } from '../engines/index.ts';
import { sqlite } from '../engines/sqlite.ts';
import { learn } from '../reporting/api/story.ts';
import { openSiteAt } from '../reporting/site.ts';
import { livret } from './livret.ts';

describe('the command line, about reports', function () {
  this.timeout(120_000);
  let place: Place;
  before(async () => {
    place = await sqlite.place();
    const site = await openSiteAt(place);
    await learn(site);
    await site.leave();
  });
  after(() => place.remove());

  const run = (...args: string[]) => livret(args, place);

  it('prints a table that fits, and says what it rests on', async () => {
    const { stdout, stderr } = await run('report', 'completion', '--period', '2021-Q4');
    expect(stderr).to.equal('');
    const lines = stdout.split('\n');
    expect(lines[0]).to.equal('Completion, 2021-Q4');
    const headings = lines.filter((line) => line.startsWith('DIRECTION'));
    expect(headings.join(' ')).to.include('enrolments').and.include('waivedModules');
    expect(headings.length).to.be.greaterThan(1);
    for (const line of lines.filter((each) => /^(DIRECTION|CAB and DAC|\(all\))/.test(each)))
      expect(line.length).to.be.at.most(120);
    expect(stdout).to.include('Each row stands for at least 5 people.');
  });

  it('asks the reports which there are, and what each can be asked', async () => {
    const { stdout } = await run('report', '--list');
    expect(stdout).to.match(/^NAME +TITLE +BY +PUBLISHED\ncompletion +Completion +direction parcours .* 2021-Q4\n/);
    const { code, stderr } = await run('report', 'happiness', '--period', '2021-Q4');
    expect(code).to.equal(1);
    for (const name of ['completion', 'claims'])
      expect((await run('report', name)).stderr).to.match(
        /Of which period\? Say it with --period, for example --period 20\d\d-Q\d\.\n$/,
      );
    expect(stderr).to.match(/^There is no such report\. There are: completion, /);
  });

  it('publishes all reports of some periods in one go, and each once', async () => {
    const first = await run('reports', 'publish', '--period', '2021-Q4', '--from', '2021-Q3', '--to', '2021-Q3');
    expect(first.stderr).to.equal('');
    const lines = first.stdout.trimEnd().split('\n');
    // Completion was asked for above.
    expect(lines).to.include('2021-Q4  completion                  was published already');
    expect(lines).to.include('2021-Q3  time-on-task                published');
    expect(lines.map((line) => line.slice(0, 7)).toSorted()).to.deep.equal(lines.map((line) => line.slice(0, 7)));
    expect(lines).to.have.length(2 * METRICS.length + 1);
    const published = lines.filter((line) => line.endsWith('  published')).length;
    expect(published).to.be.greaterThan(METRICS.length);
    expect(lines.at(-1)).to.equal(`${published} published`);
    const again = await run(
      'reports',
      'publish',
      'time-on-task',
      'hours',
      '--period',
      '2021-Q4',
      '--period',
      '2021-Q3',
    );
    expect(again.stdout.match(/was published already/g)).to.have.length(4);
    expect(again.stdout).to.match(/\n0 published\n$/);
    expect((await run('reports', 'publish')).stderr).to.match(/^.*Of which period\? Say it with --period/);
    expect((await run('reports', 'publish', 'happiness', '--period', '2021-Q4')).stderr).to.match(
      /There are: completion/,
    );
    expect((await run('reports', 'publish', '--from', '2999-Q1', '--to', '2999-Q2')).code).to.equal(1);
  });

  it('writes a file, and never over another one', async () => {
    const file = join(place.folder, 'time.csv');
    const args = [
      'report',
      'time-on-task',
      '--period',
      '2021-Q4',
      '--compare',
      '2021-Q3',
      '--format',
      'csv',
      '--out',
      file,
    ];
    const { code, stdout } = await run(...args);
    expect([code, stdout]).to.deep.equal([
      0,
      `${(await readFile(file)).length.toLocaleString('en-US')} bytes in ${file}\n`,
    ]);
    expect((await readFile(file)).toString()).to.match(/^\uFEFFPériode;.*;Comparaison;/);
    expect((await run(...args)).stderr).to.include('is there already');
  });

  it('judges the claims, and adds up people beside a target', async () => {
    expect((await run('report', 'claims', '--republish')).stderr).to.include('republish the reports');
    const claims = await run('report', 'claims', '--period', '2021-Q4');
    expect(claims.stderr).to.equal('');
    expect(claims.stdout)
      .to.include('The claims of 2006, 2021-Q4, whole ministry')
      .and.match(
        /Share of slots kept \(share\)\n {4}0\.\d\d \(95%: 0\.\d\d to 0\.\d\d\), n = \d+: supports\. More than half\./,
      );
    expect((await run('targets', 'set', 'newPeople', '70', '--by', '2021-12-31')).stdout).to.equal(
      'Set: newPeople:2021-12-31\n',
    );
    const { stdout } = await run('report', 'cumulative', '--from', '2021-Q3', '--to', '2021-Q4');
    expect(stdout).to.include('Target: 70 newPeople by 2021-12-31: 77 (110.0%), with those of 2021-Q3.');
  });
});
