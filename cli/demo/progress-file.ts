/** What has been brought in, kept beside the data: a demo that was broken off goes on, and one that is whole starts at once. */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LivretError } from '../../lrs/index.ts';
import type { Story } from './story.ts';

export interface Brought {
  story: Story;
  people: boolean;
  /** Statements before that instant (ms) are there. */
  through: number;
  /** Those up to another instant, of so many agents. */
  underWay?: { to: number; agents: number };
  /** What is not told is not there: folders are older than that. */
  packages?: boolean;
  /** The tree, headcounts and targets. */
  arranged: boolean;
  /** Names of the quarters whose reports are published. */
  published: string[];
}

const FILE = 'demo.json';

/** As the folder has it, or the beginning. Rejects `config.invalid` where it holds another ministry than the one that is asked for. */
export async function readBrought(folder: string, story: Story, asked: Partial<Story>): Promise<Brought> {
  const beginning = { story, people: false, through: 0, arranged: false, published: [] };
  const text = await readFile(join(folder, FILE), 'utf8').catch(() => undefined);
  if (text === undefined) return beginning;
  const found = JSON.parse(text) as Brought;
  const { agents = found.story.agents, seed = found.story.seed } = asked;
  if (agents === found.story.agents && seed === found.story.seed) return found;
  const detail = `${folder} has a ministry of ${found.story.agents} agents, seed ${found.story.seed}: name another folder with --data.`;
  throw new LivretError('config.invalid', { detail });
}

export async function writeBrought(folder: string, brought: Brought): Promise<void> {
  const file = join(folder, FILE);
  await writeFile(`${file}.new`, JSON.stringify(brought));
  await rename(`${file}.new`, file);
}
