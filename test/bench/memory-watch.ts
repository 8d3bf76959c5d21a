/** What a server takes of memory while it is asked, and the processes that it starts for a while. */
import { readdirSync } from 'node:fs';
import { memoryOf, procFile, statOf, type Target } from './servers.ts';

/** ms between two looks: a query in SQL takes no longer than some of them. */
const EVERY = 20;

export interface MemoryWatch {
  /** MB beside mapped files, at most: of the server, and of its processes together. */
  most: { own: number; processes: number };
  /** Looks at its processes as well while that goes on: to find them takes time, which then is not to be measured. */
  withProcesses<T>(work: () => Promise<T>): Promise<T>;
  stop(): void;
}

export function watchMemory(server: Target): MemoryWatch {
  const most = { own: 0, processes: 0 };
  let wanted = false;
  const timer = setInterval(() => {
    const { pid } = server.process;
    most.own = Math.max(most.own, memoryOf(pid).own);
    if (!wanted) return;
    const processes = below(pid).reduce((sum, each) => sum + memoryOf(each).own, 0);
    most.processes = Math.max(most.processes, processes);
  }, EVERY);
  return {
    most,
    async withProcesses(work) {
      wanted = true;
      try {
        return await work();
      } finally {
        wanted = false;
      }
    },
    stop: () => clearInterval(timer),
  };
}

/** The processes that one has started, and those that they have. Not every kernel lists them by their parent. */
function below(pid: number | undefined): number[] {
  const all = readdirSync('/proc').map(Number).filter(Number.isInteger);
  const parents = all.map((each) => [each, Number(statOf(each)[1])] as const);
  const found = [pid];
  for (const each of found) found.push(...parents.filter(([, parent]) => parent === each).map(([child]) => child));
  // What has only just been forked is not a program of its own yet: it has the pages of the server, and these count once.
  const forked = procFile(pid, 'cmdline');
  return found.flatMap((each) => (each === undefined || procFile(each, 'cmdline') === forked ? [] : [each]));
}
