/** The reports over real data that nobody here wrote, against a recount that shares no code with them. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import type { Statement } from '../../lrs/xapi/types.ts';
import { RECOUNTS } from '../../reporting/check/recount/index.ts';
import type { RecountEvent } from '../../reporting/check/recount/types.ts';
import type { Answer } from '../../reporting/index.ts';
import { metricOf } from '../../reporting/metrics/index.ts';
import { onEachEngine } from '../engines/index.ts';
import { FUN, onRealData } from '../real-data.ts';
import { rowsOf } from './page-tables.ts';
import { serve } from './served.ts';
import { openSite, SETTINGS, type Site } from './site.ts';

/** Of the quarter. */
const END = Date.parse('2022-01-01T00:00:00+01:00');

const START = Date.parse('2021-09-30T22:00:00Z');
const BEHAVIOUR = ['regularity', 'weekly-regularity', 'sessions', 'time-on-task', 'module-time', 'hours'];

/** Monday to Friday, 08:00 to 19:00, as by default. */
const WORKING = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: 8 * 60, to: 19 * 60 }));
/** Those of the quarter. */
const HOLIDAYS = ['2021-11-01', '2021-11-11', '2021-12-25'];

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

onRealData('reports over the FUN statements', () =>
  onEachEngine('reports over the FUN statements', function (engine) {
    this.timeout(120_000);
    let site: Site;
    let lines: Line[];
    let direction: Map<string, string>;
    let answers: { completion: Answer; regularity: Answer };

    before(async () => {
      const texts = gunzipSync(readFileSync(FUN.statements)).toString().trim().split('\n');
      lines = texts.map(lineOf);
      const rows = readFileSync(FUN.people, 'utf8').trim().split('\n').slice(1);
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
        expect(answer.cells.map(({ label }) => label)).to.deep.equal(labels);
        expect(answer.cells.flatMap((cell) => cell.directions).sort()).to.deep.equal(EIGHT);
      }
    });

    it('counts completion as a recount of the file does', () => {
      const recount = (directions: readonly string[]) => {
        const enrolments = new Map<string, Set<string>>();
        for (const { person, course, verb, object, time } of linesOf(directions)) {
          const units = enrolments.get(`${person} ${course}`) ?? new Set();
          if (verb.endsWith('/verbs/completed') && time < END) units.add(object);
          enrolments.set(`${person} ${course}`, units);
        }
        const units = [...enrolments.values()].map((set) => set.size);
        return {
          enrolments: units.length,
          inProgress: units.filter((count) => count > 0).length,
          completedModules: units.reduce((a, b) => a + b, 0),
        };
      };
      for (const cell of answers.completion.cells) expect(cell).to.deep.include(recount(cell.directions));
      expect(answers.completion.ministry).to.deep.include(recount(EIGHT));
      expect(recount(EIGHT).completedModules).to.be.greaterThan(500);
    });

    it('counts regularity as a recount of the file does, to 1e-9', () => {
      const recount = (directions: readonly string[]) => {
        const people = new Map<string, Line[]>();
        for (const line of linesOf(directions)) people.set(line.person, [...(people.get(line.person) ?? []), line]);
        const values = [...people.values()].flatMap((own) => pdh(own) ?? []).sort((a, b) => a - b);
        const at = (share: number) => {
          const [place, rest] = [Math.floor((values.length - 1) * share), ((values.length - 1) * share) % 1];
          const [low = 0, high = 0] = [values[place], values[Math.ceil((values.length - 1) * share)]];
          return low + rest * (high - low);
        };
        const mean = values.reduce((a, b) => a + b, 0) / values.length;
        const square = values.reduce((a, b) => a + (b - mean) ** 2, 0) / (values.length - 1);
        return {
          n: values.length,
          mean,
          error: Math.sqrt(square / values.length),
          quartiles: [0.25, 0.5, 0.75].map(at),
        };
      };
      const { cells, ministry } = answers.regularity;
      for (const cell of [...cells, ...(ministry ? [ministry] : [])]) {
        const { n, mean, error, quartiles } = recount(cell.directions);
        // Rounded by chance to a multiple of three.
        expect(Number(cell.n) % 3, cell.label).to.equal(0);
        expect(cell.n).to.be.within(n - 2 * cell.directions.length, n + 2 * cell.directions.length);
        expect(cell.mean).to.be.closeTo(mean, 1e-9);
        // Student's factor is 2.2 for 12 people, and nears 1.96.
        expect(Number(cell.meanMargin) / error).to.be.within(1.95, 2.23);
        const given = [cell.pdhQ1, cell.pdhMedian, cell.pdhQ3];
        if (n < 44)
          expect([given, cell.withheld]).to.deep.equal([
            [null, null, null],
            ['pdhQ1', 'pdhMedian', 'pdhQ3'],
          ]);
        else for (const [place, value] of quartiles.entries()) expect(given[place]).to.be.closeTo(value, 0.25 + 1e-9);
      }
    });

    it('counts all that is behaviour as the recount does, to 1e-9', async () => {
      const calendar = { zone: 'Europe/Paris', daily: WORKING, closed: new Set(HOLIDAYS) };
      const nothing = {
        registration: null,
        completion: null,
        scaled: null,
        slot: null,
        slotFrom: null,
        slotTo: null,
        place: null,
      };
      const people = new Map<string, { events: RecountEvent[]; memberships: [] }>();
      for (const { person, verb, object, course, time } of lines.toSorted((a, b) => a.time - b.time)) {
        const kind = verb.endsWith('/verbs/completed') ? 'completed' : 'other';
        const event = { instant: time, active: true, kind, parcours: course, module: object, calendar, ...nothing };
        const known = people.get(person) ?? { events: [], memberships: [] };
        people.set(person, known);
        known.events.push(event);
      }
      const period = { start: START, end: END, firstDay: '2021-10-01', lastDay: '2021-12-31' };
      for (const name of BEHAVIOUR) {
        const answer = await site.report(name, '2021-Q4');
        const values = RECOUNTS[name]?.(people, period, SETTINGS) ?? new Map<string, number[]>();
        const means = metricOf(name).figures.filter((figure) => figure.kind === 'mean');
        for (const cell of [...answer.cells, ...(answer.ministry ? [answer.ministry] : [])]) {
          const own = [...values].filter(([person]) => cell.directions.includes(direction.get(person) ?? ''));
          expect(own.length, `${name}, ${cell.label}`).to.be.greaterThan(10);
          for (const { name: figure, of, cap } of means) {
            const sum = own.reduce((total, [, each]) => total + Math.min(each[of] ?? Number.NaN, cap), 0);
            expect(cell[figure], `${name}, ${figure} of ${cell.label}`).to.be.closeTo(sum / own.length, 1e-9);
          }
        }
        expect(answer.cells.length, name).to.be.greaterThan(5);
      }
    });

    it('shows on the pages how these 1,452 people manage their time, as it is published', async () => {
      for (const name of ['sessions', 'time-on-task', 'weekly-regularity', 'hours']) await site.report(name, '2021-Q4');
      const http = await serve(site);
      try {
        const reader = { ...(await http.key('reports/read')), accept: 'text/html', 'accept-language': 'en' };
        const { text: rhythm } = await http.get('/reports/scheduling?period=2021-Q4', reader);
        const columns = [
          ['sessions', 'meanSessions', 2],
          ['time-on-task', 'meanMinutes', 2],
          ['regularity', 'mean', 2],
          ['weekly-regularity', 'ws1', 2],
        ] as const;
        for (const [report, figure, column] of columns) {
          const { cells, ministry } = await site.report(report, '2021-Q4');
          const [, ...rows] = rowsOf(rhythm, `${report}-table`);
          for (const [index, cell] of [...cells, ministry].entries()) {
            const shown = Number.parseFloat(rows[index]?.[column] ?? '');
            expect(shown / Number(cell?.[figure]), `${report}, ${cell?.label}`).to.be.within(0.98, 1.02);
          }
        }
        const { ministry } = await site.report('hours', '2021-Q4');
        const { text: week } = await http.get('/reports/scheduling?topic=hours&period=2021-Q4', reader);
        const nine = rowsOf(week, 'week-table').find(([hour]) => hour === '21:00') ?? [];
        const active = ministry?.active as number[];
        expect(nine.slice(1).map(Number)).to.deep.equal([0, 1, 2, 3, 4, 5, 6].map((day) => active[day * 24 + 21]));
      } finally {
        await http.stop();
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
  }),
);
