/** What the bench of reports prints: at 1,000,000 events beside 20,000,000, and for each target whether it was reached. */
import { count, line, verdict } from '../report.ts';
import type { ReportsMeasured, SiteMeasured } from './bench.ts';

const MOST_QUESTIONS = 200;
const MOST_WHOLE = 300;
/** MB */
const MOST_MEMORY = 1024;
/** What somebody does is on their page within 2 s, 200 ms of which are waited for more. */
const MOST_ONE = 1_800;

const ms = (value: number | undefined): string => (value === undefined ? '-' : value.toFixed(value < 10 ? 1 : 0));
const most = (value: number, limit: number, unit: string): string =>
  verdict(value <= limit, `at most ${count(limit)} ${unit}`);

export function printReports({ rounds, period, small, big, question }: ReportsMeasured): void {
  const sizes = [small, big].map(({ people, filled }) => `${count(people)} people, ${count(filled.events)} events`);
  console.log(
    `\nReports, ${sizes.join(' and ')}; medians of ${rounds}, ms; load ${small.load.toFixed(1)} and ${big.load.toFixed(1)}`,
  );
  printPages(small, big);
  for (const name of new Set([...small.missing, ...big.missing])) line(name, 'not there', verdict(false, 'a page'));
  printRest(small, big, period);
  printQuestion(question);
}

function printPages(small: SiteMeasured, big: SiteMeasured): void {
  line('', 'small', 'big', 'growth', 'first', 'processor');
  for (const page of big.pages) {
    const before = small.pages.find(({ name }) => name === page.name);
    const { name, questions, whole, first, processor } = page;
    const grown = before ? (whole / before.whole).toFixed(1) : '-';
    if (questions !== undefined) {
      line(
        `${name}: questions`,
        ms(before?.questions),
        ms(questions),
        '',
        '',
        '',
        most(questions, MOST_QUESTIONS, 'ms'),
      );
    }
    line(
      `${name}: whole`,
      ms(before?.whole),
      ms(whole),
      grown,
      ms(first),
      ms(processor),
      most(whole, MOST_WHOLE, 'ms'),
    );
  }
}

function printRest(small: SiteMeasured, big: SiteMeasured, period: string): void {
  const both = (name: string, of: (site: SiteMeasured) => number, ...more: string[]): void =>
    line(name, ...[small, big].map((site) => ms(of(site))), (of(big) / of(small)).toFixed(1), ...more);
  console.log('\nReports, the rest');
  line('', 'small', 'big', 'growth');
  both('most memory while pages are asked for, MB', ({ memory }) => memory.own);
  both('  of the processes of queries in SQL, MB', ({ memory }) => memory.processes);
  // A query may run while any page is asked for.
  const together = ({ memory }: SiteMeasured): number => memory.own + memory.processes;
  both('  together, MB', together, most(together(big), MOST_MEMORY, 'MB'));
  both(`publishing ${period}, all reports, s`, ({ published }) => secondsOf(published.took, period));
  both('  of processor time, s', ({ published }) => processorOf(published.took, period));
  both('  the slowest of them, s', ({ published }) => Math.max(...published.took.map(({ seconds }) => seconds)));
  const publishing = most(big.published.memory, MOST_MEMORY, 'MB');
  both('  most memory, MB', ({ published }) => published.memory, publishing);
  both('catching up, statements a second', ({ caughtUp }) => caughtUp.rate);
  both('  µs of processor time a statement', ({ caughtUp }) => caughtUp.processor);
  both('  most memory, MB', ({ caughtUp }) => caughtUp.memory, most(big.caughtUp.memory, MOST_MEMORY, 'MB'));
  both('one more statement in all tables, ms', ({ caughtUp }) => caughtUp.one, most(big.caughtUp.one, MOST_ONE, 'ms'));
  both('all tables of people made anew, s', ({ filled }) => filled.refreshing);
  both('the read model on disk, MB', ({ filled }) => filled.size);
}

const secondsOf = (took: SiteMeasured['published']['took'], wanted: string): number =>
  took.reduce((sum, { period, seconds }) => (period === wanted ? sum + seconds : sum), 0);

const processorOf = (took: SiteMeasured['published']['took'], wanted: string): number =>
  took.reduce((sum, { period, processor }) => (period === wanted ? sum + processor : sum), 0);

function printQuestion({ statements, published, model, sqlite, mongodb, fed }: ReportsMeasured['question']): void {
  console.log(
    `\nEnrolled, started, completed by direction in a quarter, of ${count(statements)} statements: one answer`,
  );
  line('', 'ms', '÷ read model');
  const row = (name: string, value: number): void => line(name, ms(value), (value / model).toFixed(1));
  row('published cells', published);
  row('read model', model);
  row('statements in SQLite', sqlite);
  if (mongodb === undefined) line('documents in MongoDB', 'not there');
  else row('documents in MongoDB, by its pipeline', mongodb);
  line('feed into an empty read model, statements a second', count(fed));
}
