/** A process that opens a read model, short of descriptors where it is told how many it has left, and prints what it is told. */
import { closeSync, openSync } from 'node:fs';
import { openDatabase } from '../../../reporting/projection/database.ts';

const [file = '', left] = process.argv.slice(2);
const held: number[] = [];
try {
  while (left !== undefined) held.push(openSync('/dev/null', 'r'));
} catch {
  for (const each of held.slice(0, Number(left))) closeSync(each);
}
const told: unknown[] = [];
const refused: unknown = await openDatabase(file, 2 ** 26, {}, (...words) => told.push(words)).then(
  (database) => database.close(),
  (error) => error,
);
for (const each of held.slice(Number(left))) closeSync(each);
process.stdout.write(JSON.stringify({ refused, told }));
