/** The tree of directions, what became of one of them, how many people there are by the ministry's own count, targets, who sees all. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { directionId } from '../../lrs/directory/index.ts';
import { agentKey } from '../../lrs/index.ts';
import { agentsOf, directionOn } from './agents.ts';
import type { Doors } from './doors.ts';
import { MERGED, PREFECTURES, UNITS } from './ministry.ts';
import { ANALYST, HOME_PAGE } from './people.ts';
import { addDays, mergeDay, quarterDay, type Story } from './story.ts';

export async function arrange({ run, directory }: Doors, story: Story, folder: string): Promise<void> {
  const tree = await directory.tree();
  for (const { name, region } of UNITS) {
    if (region === undefined || tree.direction(name) === undefined) continue;
    await putBelow(directory, region, PREFECTURES);
    await putBelow(directory, name, region);
  }
  const { name, into } = MERGED;
  if (tree.direction(name) && tree.direction(into))
    await run('directions.succeed', { from: [name, into], to: [into], day: mergeDay(story) });
  const headcounts = headcountsFile(story);
  await writeFile(join(folder, 'headcounts.csv'), headcounts);
  await run('headcounts.import', {}, once(headcounts));
  for (const target of targetsOf(story)) await run('targets.set', target);
  await letSeeAll(directory, ANALYST);
}

/** A provider's roles are of the direction that somebody is in: what the demo tells of the others would be hidden. */
async function letSeeAll(directory: Doors['directory'], rio: string): Promise<void> {
  const account = { objectType: 'Agent' as const, account: { homePage: HOME_PAGE, name: rio } };
  const person = await directory.personByAgentKey(agentKey(account) ?? '');
  if (person) await directory.grant(person.id, { role: 'analyst' }, { by: 'console', at: Date.now() });
}

/** Makes those of the two that there are not yet. */
async function putBelow(directory: Doors['directory'], name: string, above: string): Promise<void> {
  const tree = await directory.tree();
  for (const each of [above, name])
    if (tree.direction(each) === undefined) await directory.addUnit({ kind: 'direction', name: each });
  await directory.setParent(directionId(name), directionId(above));
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

/** For so many that the directory knows there is one more whom it does not know. */
const UNKNOWN_EVERY = 12;

/** The file that `livret headcounts import` is given: each direction on the day before the story, and each year after. */
export function headcountsFile(story: Story): string {
  const days = [addDays(story.start, -1), quarterDay(story, 4), quarterDay(story, 7)];
  const lines = days.flatMap((day) => {
    const people = new Map<string, number>();
    for (const agent of agentsOf(story)) {
      const { from } = agent.stays[0];
      const { to = day } = agent.stays.at(-1) ?? {};
      const direction = directionOn(agent)(day);
      if (from <= day && day <= to) people.set(direction, (people.get(direction) ?? 0) + 1);
    }
    return [...people].map(([direction, known]) => `${direction};${day};${known + Math.ceil(known / UNKNOWN_EVERY)}\n`);
  });
  return `direction;date;effectif\n${lines.join('')}`;
}

const shareOf = (direction: string): number => UNITS.find(({ name }) => name === direction)?.share ?? 0;

/** By the end of the quarter under way: most have begun a parcours, and many have done one; of the DRH two thirds. */
function targetsOf(story: Story): { figure: string; people: number; by: string; direction?: string }[] {
  const by = addDays(quarterDay(story, 9), -1);
  const part = (share: number): number => Math.max(1, Math.round(story.agents * share));
  return [
    { figure: 'newPeople', people: part(0.9), by },
    { figure: 'newGraduates', people: part(0.6), by },
    { figure: 'newGraduates', people: part(shareOf('DRH') * 0.66), by, direction: 'DRH' },
  ];
}
