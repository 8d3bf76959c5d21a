/** How long each page takes: its questions in a process that times them, and the whole from the built server. */

import { median } from '../figures.ts';
import { watchMemory } from '../memory-watch.ts';
import { cpuOf, run, startLivret, stop, untilQuiet } from '../servers.ts';
import { withDatabase } from './find.ts';
import { LARGEST } from './ministry.ts';
import { type Asked, pagesOf } from './pages.ts';
import { ask, logIn, type Readers } from './readers.ts';
import { withStore } from './site.ts';

export interface PageFigures {
  name: string;
  /** Median ms of the questions; undefined where they are asked elsewhere. */
  questions?: number;
  /** ms over HTTP: the first time after the start, and the median of the others. */
  first: number;
  whole: number;
  kilobytes: number;
  /** ms of the server's processor time a request, the first one apart. */
  processor: number;
}

export interface PagesMeasured {
  pages: PageFigures[];
  /** Most memory beside mapped files while pages are asked for, MB: of the server, and of the processes of queries in SQL. */
  memory: { own: number; processes: number };
  /** Pages that this program has not got. */
  missing: string[];
}

/** `period` and `before` are published in that site. */
export async function measurePages(
  folder: string,
  { period, before, rounds }: { period: string; before: string; rounds: number },
): Promise<PagesMeasured> {
  const readers = await withStore(folder, async (store) => logIn(store, await busiest(folder)));
  const pages = pagesOf(period, before, await busiestOf(folder, LARGEST));
  const served = await overHttp(folder, pages, readers, rounds);
  const there = pages.filter(({ name }) => !served.missing.includes(name));
  const questions = await run<Record<string, number[]>>('reports/ask-site.ts', {
    folder,
    pages: there.filter(({ elsewhere }) => !elsewhere),
    readers,
    rounds,
  });
  return {
    ...served,
    pages: there.map(({ name, elsewhere }) => {
      const { took = [], bytes = 0, processor = 0 } = served.answers.get(name) ?? {};
      const [first = Number.NaN, ...others] = took;
      return {
        name,
        // The first one fills what is kept in memory.
        ...(!elsewhere && { questions: median((questions[name] ?? []).slice(1)) }),
        ...{ first, whole: median(others), kilobytes: bytes / 1024, processor: (processor * 1000) / rounds },
      };
    }),
  };
}

/** Number of the person with most events. */
const busiest = (folder: string): Promise<number> =>
  withDatabase(folder, async (query) => {
    const [row] = await query(`
      SELECT split_part(key, '-', 2)::INTEGER AS person FROM events JOIN agent_numbers USING (agent)
      WHERE key LIKE '%|agent-%' GROUP BY ALL ORDER BY count(*) DESC LIMIT 1
    `);
    return Number(row?.person);
  });

/** Id of the person with most events among those who belong to a direction at the end. */
const busiestOf = (folder: string, direction: string): Promise<string> =>
  withDatabase(folder, async (query) => {
    const [row] = await query(
      `SELECT person FROM events JOIN agents USING (agent)
       WHERE person IN (SELECT person FROM memberships WHERE direction = $direction GROUP BY ALL HAVING max(ends) > $now)
       GROUP BY ALL ORDER BY count(*) DESC, person LIMIT 1`,
      { direction, now: BigInt(Date.now()) },
    );
    return String(row?.person);
  });

/** How often a query in SQL is asked for to see what its process takes. */
const LOOKS = 5;

async function overHttp(folder: string, pages: readonly Asked[], readers: Readers, rounds: number) {
  // Without the jobs: what is published stays as it is.
  const server = await startLivret({ LIVRET_STORE: 'sqlite', LIVRET_DATA: folder, LIVRET_ROLES: 'web,reports' });
  const base = `http://127.0.0.1:${server.port}`;
  const answers = new Map<string, { took: number[]; bytes: number; processor: number }>();
  const missing: string[] = [];
  const memory = watchMemory(server);
  try {
    await untilQuiet(server);
    for (let round = 0; round <= rounds; round++) {
      for (const page of pages) {
        if (missing.includes(page.name)) continue;
        try {
          const before = cpuOf(server);
          const answer = () => ask(base, readers, page);
          const { took, bytes } = await (round === 0 && page.elsewhere ? memory.withProcesses(answer) : answer());
          const used = round > 0 ? cpuOf(server) - before : 0;
          const known = answers.get(page.name);
          const processor = (known?.processor ?? 0) + used;
          answers.set(page.name, { took: [...(known?.took ?? []), took], bytes, processor });
        } catch (error) {
          if (round > 0 || !String(error).includes(': 404 ')) throw error;
          missing.push(page.name);
        }
      }
    }
    // Now that the server has got all that it keeps.
    const elsewhere = pages.filter((page) => page.elsewhere && !missing.includes(page.name));
    for (let look = 0; look < LOOKS; look++)
      for (const page of elsewhere) await memory.withProcesses(() => ask(base, readers, page));
  } finally {
    memory.stop();
    await stop(server);
  }
  return { answers, missing, memory: memory.most };
}
