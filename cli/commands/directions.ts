/** `livret directions succeed | history | forget` */
import { call } from '../call.ts';
import { print, printJson, printTable } from '../console.ts';

interface Recorded {
  id: string;
  day: string;
  from: string[];
  to: string[];
}

interface Before {
  direction: string;
  kind: 'same' | 'succeeded' | 'over' | 'split';
  directions: string[];
}

interface SucceedOptions {
  from: string[];
  to: string[];
  on: string;
  json?: boolean;
}

/** Records what became of directions, and says what that means for comparisons: a slip shows here. */
export async function succeed({ from, to, on: day, json }: SucceedOptions): Promise<void> {
  const answer = (await call('directions.succeed', { from, to, day })) as unknown as Recorded & {
    added: string[];
    before: Before[];
  };
  if (json) return printJson(answer);
  const { before, added, ...recorded } = answer;
  print(`${recorded.id}  ${told(recorded)}`);
  for (const name of added) {
    print(
      `${name} was no direction before, and is one now. If that is a slip: livret directions forget ${recorded.id}`,
    );
  }
  for (const { direction, kind, directions } of before) {
    const what = kind === 'split' ? 'nothing: a figure is not split' : directions.join(' + ');
    print(`before ${day}, ${direction} is compared with ${what}`);
  }
}

export async function showHistory({ json }: { json?: boolean }): Promise<void> {
  const recorded = (await call('directions.history')) as unknown as Recorded[];
  if (json) return printJson(recorded);
  if (recorded.length === 0) return print('No direction is known to have become another one.');
  printTable(
    ['ID', 'DAY', 'FROM', 'TO'],
    recorded.map(({ id, day, from, to }) => [id, day, from.join(' + '), to.join(' + ')]),
  );
}

export async function forget(id: string): Promise<void> {
  const recorded = (await call('directions.forget', { id })) as unknown as Recorded;
  print(`Forgotten: ${told(recorded)}`);
}

const told = ({ day, from, to }: Recorded): string => `${day}: ${from.join(' + ')} -> ${to.join(' + ')}`;
