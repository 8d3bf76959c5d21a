/** What the bench prints: absolute figures, ratios, and for each target whether it was reached. */
import type { BenchEngine } from './engines.ts';
import type { Figures } from './figures.ts';
import type { ReadResult } from './reads.ts';

export interface Measured {
  engine: BenchEngine;
  /** See writeName; feed, memory and mapped besides. */
  figures: Figures;
  /** By the size of the store. */
  reads: Record<'small' | 'big', Record<string, ReadResult>>;
}

export interface Report {
  machine: string;
  rounds: number;
  seconds: number;
  sizes: { small: number; big: number };
  bare: Figures;
  measured: readonly Measured[];
}

export const writeName = (batch: number, connections: number): string => `${batch} by ${connections}`;

const LEAST_OF_BARE = 0.3;
const MOST_P99 = 25;
const MOST_GROWTH = 2;
const MOST_READ = 10;
const MOST_MEMORY = 400;
const LEAST_FEED = 20_000;
/** Milliseconds below which a read is as good as another: twice nearly nothing is nearly nothing. */
const AS_GOOD_AS_NOTHING = 2;

export const count = (value: number): string => (Number.isNaN(value) ? '-' : Math.round(value).toLocaleString('en'));
export const line = (name: string, ...columns: string[]): void =>
  console.log(`${name.padEnd(50)}${columns.map((column) => column.padStart(12)).join('')}`);
export const verdict = (reached: boolean, target: string): string => `  ${reached ? 'PASS' : 'FAIL'} (${target})`;

export function printReport({ machine, rounds, seconds, sizes, bare, measured }: Report): void {
  console.log(machine);
  console.log(`Medians of ${rounds} rounds of ${seconds} s, load generator on the same machine; every answer durable.`);
  console.log('\n(a) Bare Express 5, statements a second');
  for (const name of ['1 by 1', '1 by 16', '50 by 1', '50 by 16']) line(nameOfWrite(name), count(bare.of(name)));
  for (const each of measured) {
    printWrites(each, bare, sizes.big);
    printReads(each, sizes);
    printRest(each);
  }
}

function nameOfWrite(name: string): string {
  const [batch, , connections] = name.split(' ');
  const many = connections === '1' ? '1 connection' : `${connections} connections`;
  return `${batch === '1' ? 'single POST' : `batches of ${batch}`}, ${many}`;
}

function printWrites({ engine, figures }: Measured, bare: Figures, big: number): void {
  console.log(`\nLivret on ${engine.name}, statements a second`);
  line('', 'empty', 'p99 ms', count(big), 'p99 ms');
  for (const name of ['1 by 1', '1 by 16', '50 by 1', '50 by 16']) {
    const columns = ['empty', 'big'].flatMap((size) => [
      count(figures.of(`${size} ${name}`)),
      figures.of(`${size} ${name} p99`).toFixed(1),
    ]);
    line(nameOfWrite(name), ...columns);
  }
  for (const batch of [1, 50]) {
    const how = batch === 1 ? 'groups of 16' : 'batches of 50';
    line(
      `${engine.alone}, ${how}`,
      count(figures.of(`empty alone ${batch}`)),
      '',
      count(figures.of(`big alone ${batch}`)),
    );
  }
  for (const [size, words] of [
    ['empty', 'empty'],
    ['big', count(big)],
  ] as const) {
    const single = figures.of(`${size} 1 by 16`);
    const ratio = (name: string, value: number, least: number): void =>
      line(`  ${name}, ${words}`, value.toFixed(2), verdict(value >= least, `at least ${least}`));
    ratio(`single POST ÷ ${engine.alone}`, single / figures.of(`${size} alone 1`), engine.least.single);
    ratio(
      `batches ÷ ${engine.alone}`,
      figures.of(`${size} 50 by 16`) / figures.of(`${size} alone 50`),
      engine.least.batch,
    );
    if (engine.name !== 'SQLite') continue;
    ratio('single POST ÷ (a) bare Express', single / bare.of('1 by 16'), LEAST_OF_BARE);
    const p99 = figures.of(`${size} 1 by 16 p99`);
    line(`  single POST, p99 ms, ${words}`, p99.toFixed(1), verdict(p99 < MOST_P99, `under ${MOST_P99}`));
  }
}

function printReads({ engine, reads }: Measured, sizes: { small: number; big: number }): void {
  console.log(`\nReads on ${engine.name}, limit 100, one at a time, median ms (statements found)`);
  line('', count(sizes.small), count(sizes.big));
  for (const [name, { time, found }] of Object.entries(reads.big)) {
    const small = reads.small[name];
    const reached = time <= MOST_READ && (time <= MOST_GROWTH * (small?.time ?? 0) || time <= AS_GOOD_AS_NOTHING);
    line(
      name,
      `${small?.time.toFixed(2)} (${small?.found})`,
      `${time.toFixed(2)} (${found})`,
      verdict(reached, `at most ${MOST_GROWTH} ×, ${MOST_READ} ms`),
    );
  }
}

function printRest({ engine, figures }: Measured): void {
  console.log(`\nLivret on ${engine.name}, the rest`);
  const feed = figures.of('feed');
  line('feed, statements a second', count(feed), verdict(feed >= LEAST_FEED, `at least ${count(LEAST_FEED)}`));
  line('import of a file, statements a second', count(figures.of('import')));
  const memory = figures.most('memory');
  line('most memory, MB', count(memory), verdict(memory < MOST_MEMORY, `under ${MOST_MEMORY}`));
  line('most mapped files beside it, MB', count(figures.most('mapped')));
}
