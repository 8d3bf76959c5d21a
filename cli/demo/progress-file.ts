/** What has been brought in, kept beside the data: a demo that was broken off goes on, and one that is whole starts at once. */
import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LivretError } from '../../lrs/index.ts';
import type { Story } from './story.ts';

/** Another one where what an earlier version brought in is not what this one would go on from. */
const FORM = 2;

export interface Brought {
  form: number;
  story: Story;
  people: boolean;
  /** Statements before that instant (ms) are there. */
  through: number;
  /** Those up to another instant, of so many agents. */
  underWay?: { to: number; agents: number };
  packages: boolean;
  /** The tree, headcounts and targets. */
  arranged: boolean;
  /** Names of the quarters whose reports are published. */
  published: string[];
}

const FILE = 'demo.json';

const refused = (detail: string): LivretError =>
  new LivretError('config.invalid', { detail: `${detail}: name another folder with --data.` });

/**
 * As the folder has it, or the beginning. `data`: its folder of data. Rejects `config.invalid` where it holds another ministry
 * than the one that is asked for, or one of another version.
 */
export async function readBrought(folder: string, data: string, story: Story, asked: Partial<Story>): Promise<Brought> {
  const text = await readFile(join(folder, FILE), 'utf8').catch(() => undefined);
  // Whatever is brought in is noted before.
  if (text === undefined && !existsSync(data)) {
    return { form: FORM, story, people: false, packages: false, through: 0, arranged: false, published: [] };
  }
  const found = foundIn(text ?? '');
  if (found?.form !== FORM) throw refused(`${folder} has a demonstration of another version of Livret`);
  const { agents = found.story.agents, seed = found.story.seed } = asked;
  if (agents === found.story.agents && seed === found.story.seed) return found;
  throw refused(`${folder} has a ministry of ${found.story.agents} agents, seed ${found.story.seed}`);
}

function foundIn(text: string): Brought | undefined {
  try {
    return JSON.parse(text) as Brought;
  } catch {
    return undefined;
  }
}

export async function writeBrought(folder: string, brought: Brought): Promise<void> {
  const file = join(folder, FILE);
  await writeFile(`${file}.new`, JSON.stringify(brought));
  await rename(`${file}.new`, file);
}
