/** Fills the ministry through the doors of real use, step by step, each noted when it is done. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { importPeople } from '../commands/people.ts';
import { count, print } from '../console.ts';
import { ProgressLine } from '../progress-line.ts';
import { agentsOf, type DemoAgent, peopleLines } from './agents.ts';
import { arrange } from './arrange.ts';
import { throughDoors } from './doors.ts';
import { importPackages } from './packages.ts';
import { type Brought, writeBrought } from './progress-file.ts';
import { publishReports } from './publish.ts';
import { statementLines } from './statement-lines.ts';
import { closedQuarters, startOfToday } from './story.ts';

export interface BringIn {
  /** Of the demonstration. */
  folder: string;
  brought: Brought;
  /** ms since 1970. */
  now: number;
}

/** Goes on from what is there already; nothing is there twice. */
export async function bringIn({ folder, brought, now }: BringIn): Promise<void> {
  const keep = (): Promise<void> => writeBrought(folder, brought);
  // Before anything is there, so that it is known whose it is.
  await keep();
  if (!brought.people) {
    print('Agents / People');
    const file = join(folder, 'people.csv');
    await writeFile(file, [...peopleLines(brought.story)].join(''));
    if ((await importPeople(file, {})) !== 0) throw new Error('people.csv was refused: a mistake of ours.');
    brought.people = true;
    await keep();
  }
  if (!brought.packages) {
    await importPackages();
    brought.packages = true;
    await keep();
  }
  await bringStatements(brought, startOfToday(now), keep);
  const quarters = closedQuarters(brought.story, now).filter((name) => !brought.published.includes(name));
  if (brought.arranged && quarters.length === 0) return;
  await throughDoors('report', async (doors) => {
    if (!brought.arranged) await arrange(doors, brought.story, folder);
    brought.arranged = true;
    await publishReports(doors, quarters, async (quarter) => {
      brought.published.push(quarter);
      await keep();
    });
  });
}

/** Agents whose statements are brought in between two notes of how far it is. */
const BLOCK = 100;

/** In blocks of agents: what a killed process had begun of a block is there already when it is brought in again. */
async function bringStatements(brought: Brought, now: number, keep: () => Promise<void>): Promise<void> {
  if (brought.underWay === undefined && brought.through >= now) return;
  print('Traces / Statements');
  await throughDoors('statements.import', async ({ run }) => {
    for (let to = brought.underWay?.to ?? now; brought.through < now; to = now) {
      const stretch = { from: brought.through, to };
      const counts = { read: 0, stored: 0, same: 0 };
      const progress = new ProgressLine();
      const begun = performance.now();
      const { story } = brought;
      const before = brought.underWay?.agents ?? 0;
      let done = before;
      for (const block of blocksOf(agentsOf(story), BLOCK, before)) {
        const got = (await run('statements.import', {}, statementLines(story, block, stretch))) as typeof counts;
        counts.read += got.read;
        counts.stored += got.stored;
        counts.same += got.same;
        done += block.length;
        brought.underWay = { to, agents: done };
        await keep();
        const seconds = (performance.now() - begun) / 1000;
        // Those who can log in are there in the smallest ministry too.
        const left = Math.max(0, story.agents - done);
        const share = done / (done + left);
        const secondsLeft = Math.ceil((seconds * left) / (done - before));
        progress.show({ lines: counts.read, perSecond: Math.round(counts.read / seconds), share, secondsLeft });
      }
      progress.clear();
      print(`${count(counts.stored)} stored${counts.same > 0 ? `, ${count(counts.same)} already there` : ''}`);
      brought.through = to;
      delete brought.underWay;
      await keep();
    }
  });
}

/** Without the first ones, which are done. */
function* blocksOf(agents: Iterable<DemoAgent>, size: number, skip: number): Generator<DemoAgent[]> {
  let block: DemoAgent[] = [];
  let number = 0;
  for (const agent of agents) {
    if (number++ < skip) continue;
    block.push(agent);
    if (block.length < size) continue;
    yield block;
    block = [];
  }
  if (block.length > 0) yield block;
}
