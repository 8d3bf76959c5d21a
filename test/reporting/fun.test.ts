/** The reports over real data that nobody here wrote, against a recount that shares no code with them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import type { Statement } from '../../lrs/xapi/types.ts';
import type { Answer, AnswerCell } from '../../reporting/index.ts';
import { onEachEngine } from '../engines/index.ts';
import { openSite, type Site } from './site.ts';

const FOLDER = join(import.meta.dirname, '../../../shared/data');
const STATEMENTS = join(FOLDER, 'fun-video-statements.jsonl.gz');
const PEOPLE = join(FOLDER, 'fun-people.csv');

const EIGHT = ['CAB', 'DAC', 'DEPAFI', 'DICOM', 'DLPAJ', 'DMAT', 'DRH', 'DSIC'];

interface Line {
  person: string;
  verb: string;
  object: string;
  course: string;
  time: number;
}

const lineOf = (text: string): Line => {
  const { actor, verb, object, context, timestamp } = JSON.parse(text) as Statement;
  const [course] = [context?.contextActivities?.parent].flat();
  const id = 'id' in object ? object.id : '';
  return {
    person: actor.account?.name ?? '',
    verb: verb.id,
    object: id,
    course: course?.id ?? '',
    time: Date.parse(timestamp ?? ''),
  };
};

const paris = new Intl.DateTimeFormat('fr-FR', {
  timeZone: 'Europe/Paris',
  dateStyle: 'short',
  timeStyle: 'short',
  hourCycle: 'h23',
});

/** '29/11/2021 23:09' → day and hour. */
const civil = (time: number): [day: string, hour: string] => {
  const [day = '', clock = ''] = paris.format(time).split(' ');
  return [day, clock.slice(0, 2)];
};

/** (log2 24 − H(D)) · max D from the definition; undefined with fewer than two active days. */
function pdh(lines: readonly Line[]): number | undefined {
  const slots = lines.map(({ time }) => civil(time));
  if (new Set(slots.map(([day]) => day)).size < 2) return undefined;
  const perHour = new Map<string, Set<string>>();
  for (const [day, hour] of slots) perHour.set(hour, (perHour.get(hour) ?? new Set()).add(day));
  const days = [...perHour.values()].map((set) => set.size);
  const total = days.reduce((a, b) => a + b);
  const entropy = -days.reduce((h, d) => h + (d / total) * Math.log2(d / total), 0);
  return (Math.log2(24) - entropy) * Math.max(...days);
}

onEachEngine('reports over the FUN statements', function (engine) {
  this.timeout(120_000);
  let site: Site;
  let lines: Line[];
  let direction: Map<string, string>;
  let answers: { completion: Answer; regularity: Answer };

  before(async function () {
    if (!existsSync(STATEMENTS) || !existsSync(PEOPLE)) {
      console.warn(`SKIPPED: the reports over real data, for ${FOLDER} is not there.`);
      this.skip();
    }
    const texts = gunzipSync(readFileSync(STATEMENTS)).toString().trim().split('\n');
    lines = texts.map(lineOf);
    const rows = readFileSync(PEOPLE, 'utf8').trim().split('\n').slice(1);
    direction = new Map(rows.map((row) => [row.split(';')[0] ?? '', row.split(';')[5] ?? '']));
    site = await openSite(engine);
    await site.commit(texts.map((text) => JSON.parse(text)));
    const records = [...direction].map(([name, where]) => ({
      identifiers: [`account:http://fun-mooc.fr|${name}`] as [string],
      membership: { direction: where, roles: ['agent' as const] },
    }));
    for (let from = 0; from < records.length; from += 400)
      await site.directory.upsertAll(records.slice(from, from + 400));
    answers = {
      completion: await site.report('completion', '2021-Q4'),
      regularity: await site.report('regularity', '2021-Q4'),
    };
  });
  after(() => site?.close());

  const linesOf = (directions: readonly string[]): Line[] =>
    lines.filter(({ person }) => directions.includes(direction.get(person) ?? ''));

  it('tells every direction, the smallest one only together with another', () => {
    const labels = ['CAB et DAC', 'DEPAFI', 'DICOM', 'DLPAJ', 'DMAT', 'DRH', 'DSIC'];
    for (const answer of Object.values(answers)) {
      expect(answer.state).to.equal('published');
      expect(answer.cells.map((cell) => cell.direction)).to.deep.equal(labels);
      expect(answer.cells.flatMap((cell) => cell.directions).sort()).to.deep.equal(EIGHT);
    }
  });

  it('counts completion as a recount of the file does', () => {
    const recount = (directions: readonly string[]) => {
      const enrolments = new Map<string, Set<string>>();
      for (const { person, course, verb, object } of linesOf(directions)) {
        const units = enrolments.get(`${person} ${course}`) ?? new Set();
        if (verb.endsWith('/verbs/completed')) units.add(object);
        enrolments.set(`${person} ${course}`, units);
      }
      const units = [...enrolments.values()].map((set) => set.size);
      return {
        enrolments: units.length,
        enrolmentsWithCompletedUnit: units.filter((count) => count > 0).length,
        completedUnits: units.reduce((a, b) => a + b, 0),
      };
    };
    for (const cell of answers.completion.cells) expect(cell).to.deep.include(recount(cell.directions));
    expect(answers.completion.ministry).to.deep.include(recount(EIGHT));
    expect(recount(EIGHT).completedUnits).to.be.greaterThan(500);
  });

  it('counts regularity as a recount of the file does, to 1e-9', () => {
    const recount = (directions: readonly string[]) => {
      const people = new Map<string, Line[]>();
      for (const line of linesOf(directions)) people.set(line.person, [...(people.get(line.person) ?? []), line]);
      const values = [...people.values()].flatMap((own) => pdh(own) ?? []).sort((a, b) => a - b);
      const half = values.length / 2;
      const median = half % 1 === 0 ? ((values[half - 1] ?? 0) + (values[half] ?? 0)) / 2 : (values[half - 0.5] ?? 0);
      return { n: values.length, mean: values.reduce((a, b) => a + b, 0) / values.length, median };
    };
    const { cells, ministry } = answers.regularity;
    const compared = [...cells, { ...ministry, direction: 'all', directions: EIGHT }] as AnswerCell[];
    for (const cell of compared) {
      const { n, mean, median } = recount(cell.directions);
      expect(cell.n, cell.direction).to.equal(n);
      expect(cell.mean).to.be.closeTo(mean, 1e-9);
      if (n >= 44) expect(cell.median).to.be.closeTo(median, 1e-9);
      else expect([cell.median, cell.withheld]).to.deep.equal([null, ['median']]);
    }
  });

  it('gives the same after a rebuild, which publishes nothing anew', async () => {
    await site.run('reports.rebuild');
    for (const name of ['completion', 'regularity'] as const) {
      const { freshness: _now, ...again } = await site.report(name, '2021-Q4');
      const { freshness: _then, ...first } = answers[name];
      expect(again).to.deep.equal(first);
    }
  });
});
