/** `livret targets set | list | remove` */
import { call } from '../call.ts';
import { count, print, printJson, printTable } from '../console.ts';

interface Target {
  id: string;
  figure: string;
  people: number;
  by: string;
  direction?: string;
}

export async function setTarget(
  figure: string,
  people: string,
  { by, direction }: { by: string; direction?: string },
): Promise<void> {
  const { id } = (await call('targets.set', { figure, people, by, direction })) as { id: string };
  print(`Set: ${id}`);
}

export async function listTargets({ json }: { json?: boolean }): Promise<void> {
  const targets = (await call('targets.list')) as unknown as Target[];
  if (json) return printJson(targets);
  if (targets.length === 0) return print('There are no targets.');
  printTable(
    ['ID', 'FIGURE', 'PEOPLE', 'BY', 'DIRECTION'],
    targets.map(({ id, figure, people, by, direction }) => [id, figure, count(people), by, direction ?? '(all)']),
  );
}

export async function removeTarget(id: string): Promise<void> {
  await call('targets.remove', { id });
  print('Removed.');
}
