/** What an import found, as the console tells it. */
import { type Place, placeText } from '../../lrs/directory/index.ts';
import { count, print } from '../console.ts';

/** What people.import gives. */
export interface Findings {
  new: number;
  changed: number;
  unchanged: number;
  refused: number;
  columns: { header: string; column: string }[];
  first: (Place & { line: number; identifier: string; familyName?: string; givenName?: string; roles: string[] })[];
  newDirections: { count: number; names: string[] };
  moves: { count: number; examples: { line: number; from: Place; to: Place }[] };
  left?: {
    found: number;
    providers: { provider: string; found: number; of: number; refused?: 'unread' | 'tooMany' }[];
    refused?: 'unread' | 'tooMany';
  };
}

/** Names of new directions that are printed. */
const SHOWN = 20;

export function showPreview({ columns, first, newDirections, moves }: Findings): void {
  print(
    `columns: ${columns.map(({ header, column }) => (header === column ? column : `${header} = ${column}`)).join(', ')}`,
  );
  for (const { line, identifier, familyName, givenName, roles, ...place } of first) {
    const name = [familyName, givenName].filter(Boolean).join(' ') || '(no name)';
    print(`line ${line}: ${name}, ${identifier}, ${placeText(place)}, ${roles.join(' + ')}`);
  }
  const { names } = newDirections;
  const more = newDirections.count > SHOWN ? ', ...' : '';
  if (names.length > 0)
    print(`${count(newDirections.count)} new directions: ${names.slice(0, SHOWN).join(', ')}${more}`);
  if (moves.count > 0) print(`${count(moves.count)} people move, such as`);
  for (const { line, from, to } of moves.examples) print(`  line ${line}: ${placeText(from)} -> ${placeText(to)}`);
}

/** Providers that are printed. */
const PROVIDERS = 20;

export function showLeft({ providers }: NonNullable<Findings['left']>, dryRun: boolean): void {
  if (providers.length === 0) print('everybody of its providers is in the file');
  for (const { provider, found, of, refused } of providers.slice(0, PROVIDERS)) {
    const who = `${provider}: ${count(found)} of ${count(of)} people are not in the file`;
    if (refused === 'unread') print(`${who}: nobody was closed, since of some lines nobody can tell whose they are`);
    else if (refused === 'tooMany') print(`${who}: nobody was closed, since so many hardly left; --force closes them`);
    else print(`${who}${dryRun ? ' and would be closed' : ', and were closed'}`);
  }
  if (providers.length > PROVIDERS) print(`... and of ${count(providers.length - PROVIDERS)} more providers`);
}
