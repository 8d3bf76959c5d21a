/** `livret people import FILE` */
import type { Progress } from '../../lrs/index.ts';
import type { Json } from '../../web/index.ts';
import { call, openFile } from '../call.ts';
import { count, print } from '../console.ts';
import { ProgressLine } from '../progress-line.ts';

interface Place {
  direction: string;
  service?: string;
  site?: string;
}

/** What people.import gives. */
interface Findings {
  new: number;
  changed: number;
  unchanged: number;
  refused: number;
  columns: { header: string; column: string }[];
  first: (Place & { line: number; identifier: string; familyName?: string; givenName?: string; roles: string[] })[];
  newDirections: { count: number; names: string[] };
  moves: { count: number; examples: { line: number; from: Place; to: Place }[] };
  left?: { found: number; of: number; refused?: 'unread' | 'tooMany' };
}

interface Refused {
  kind: 'refused';
  line: number;
  problems: { column: string | null; problem: string }[];
}

interface Options {
  dryRun?: boolean;
  complete?: boolean;
  force?: boolean;
}

/** Gives 1 where a line was refused, or leavers were not closed. */
export async function importPeople(path: string, { dryRun, complete, force }: Options): Promise<number> {
  const { input, totalBytes } = await openFile(path);
  const progress = new ProgressLine();
  const emit = async (line: Json): Promise<void> => {
    const told = line as unknown as ({ kind: 'progress' } & Progress) | Refused;
    if (told.kind === 'progress') progress.show(told);
    else {
      progress.clear();
      process.stderr.write(`line ${told.line}: ${told.problems.map(describe).join('; ')}\n`);
    }
  };
  const args = { dryRun, complete, force, totalBytes };
  const found = (await call('people.import', args, { input, emit })) as unknown as Findings;
  progress.clear();
  if (dryRun) showPreview(found);
  const { changed, unchanged, refused } = found;
  print(
    `${count(found.new)} new, ${count(changed)} changed, ${count(unchanged)} unchanged, ${count(refused)} refused` +
      (dryRun ? ' (nothing was changed: dry run)' : ''),
  );
  if (found.left) showLeft(found.left, dryRun === true);
  return refused > 0 || found.left?.refused !== undefined ? 1 : 0;
}

const describe = ({ column, problem }: Refused['problems'][number]): string =>
  column === null ? problem : `${column} ${problem}`;

const placeOf = ({ direction, service, site }: Place): string => [direction, service, site].filter(Boolean).join(' / ');

/** Names of new directions that are printed. */
const SHOWN = 20;

function showPreview({ columns, first, newDirections, moves }: Findings): void {
  print(
    `columns: ${columns.map(({ header, column }) => (header === column ? column : `${header} = ${column}`)).join(', ')}`,
  );
  for (const { line, identifier, familyName, givenName, roles, ...place } of first) {
    const name = [familyName, givenName].filter(Boolean).join(' ') || '(no name)';
    print(`line ${line}: ${name}, ${identifier}, ${placeOf(place)}, ${roles.join(' + ')}`);
  }
  const { names } = newDirections;
  const more = newDirections.count > SHOWN ? ', ...' : '';
  if (names.length > 0) print(`${count(newDirections.count)} new directions: ${names.slice(0, SHOWN).join(', ')}${more}`);
  if (moves.count > 0) print(`${count(moves.count)} people move, such as`);
  for (const { line, from, to } of moves.examples) print(`  line ${line}: ${placeOf(from)} -> ${placeOf(to)}`);
}

function showLeft({ found, of, refused }: NonNullable<Findings['left']>, dryRun: boolean): void {
  const who = `${count(found)} of ${count(of)} people are not in the file`;
  if (refused === 'unread') print(`${who}: nobody was closed, since of some lines nobody can tell whose they are`);
  else if (refused === 'tooMany') print(`${who}: nobody was closed, since so many hardly left; --force closes them`);
  else print(`${who}${dryRun ? ' and would be closed' : ', and were closed'}`);
}
